"""Pages of what a practice does about the interventions, below its address."""

from django.urls import include, path

from interventions.schedules import views as schedules

urlpatterns = [
    path("", include("interventions.timeouts.urls")),
    path("consultduur/rooster/", schedules.schedules, name="schedules"),
    path("consultduur/rooster/<int:pk>/", schedules.schedule, name="schedule"),
    path("consultduur/rooster/<int:pk>/uit-gebruik/", schedules.end, name="schedule_end"),
]
