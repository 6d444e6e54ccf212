from django.urls import path

from training.enrolment import views

OF_PRACTICE = "praktijk/<slug:slug>/agenda/<int:pk>/"

urlpatterns = [
    path("agenda/afmelden/<str:token>/", views.decline, name="decline"),
    path(OF_PRACTICE, views.practice_session, name="practice_session"),
    path(f"{OF_PRACTICE}inschrijven/", views.enrol_oneself, name="enrol_oneself"),
    path(f"{OF_PRACTICE}collegas/", views.enrol_colleagues, name="enrol_colleagues"),
    path(
        f"{OF_PRACTICE}mijn-inschrijving/<int:enrolment>/afmelden/",
        views.cancel_own,
        name="cancel_own",
    ),
    path(
        f"{OF_PRACTICE}inschrijving/<int:enrolment>/afmelden/",
        views.cancel_colleague,
        name="cancel_colleague",
    ),
]
