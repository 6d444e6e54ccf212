"""Pages of what a practice does about the interventions, below its address."""

from django.urls import include, path

urlpatterns = [
    path("", include("interventions.timeouts.urls")),
    path("", include("interventions.practice_plan.urls")),
    path("", include("interventions.schedules.urls")),
]
