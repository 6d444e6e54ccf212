from django.urls import path

from practices.joining import views

urlpatterns = [
    path("aanmelden/", views.apply, name="apply"),
    path("aanmelden/bevestigen/<str:token>/", views.confirm, name="confirm_application"),
    path("regio/deelname/", views.pipeline, name="pipeline"),
    path("regio/deelname/aanmelding/<int:pk>/", views.application, name="application"),
    path("regio/deelname/lijst/", views.participants_of_quarter, name="participants"),
    path("regio/deelname/<slug:slug>/", views.joining, name="joining"),
    path("regio/deelname/<slug:slug>/stap/", views.note_step, name="note_step"),
    path("regio/deelname/<slug:slug>/lichting/", views.move_to_cohort, name="move_to_cohort"),
    path("regio/deelname/<slug:slug>/weer-mee/", views.go_on, name="practice_go_on"),
    path("regio/deelname/<slug:slug>/herinnering/", views.remind, name="joining_remind"),
]
