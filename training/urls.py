"""The addresses of sessions, by subject."""

from django.urls import include, path

urlpatterns = [
    path("", include("training.attendance.urls")),
    path("", include("training.scripts.urls")),
    path("", include("training.afterwards.urls")),
    path("", include("training.costs.urls")),
    path("", include("training.enrolment.urls")),
    path("", include("training.sessions.urls")),
]
