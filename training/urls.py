"""The addresses of sessions, by subject."""

from django.urls import include, path

urlpatterns = [
    path("", include("training.attendance.urls")),
    path("", include("training.scripts.urls")),
    path("", include("training.afterwards.urls")),
    path("", include("training.claims.urls")),
    path("", include("training.coaching.urls")),
    path("", include("training.costs.urls")),
    path("", include("training.efforts.urls")),
    path("", include("training.enrolment.urls")),
    path("", include("training.mail.urls")),
    path("", include("training.menu.urls")),
    path("", include("training.overviews.urls")),
    path("", include("training.sessions.urls")),
]
