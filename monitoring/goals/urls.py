from django.urls import path

from monitoring.goals import views

urlpatterns = [
    path("regio/doelen/", views.goals, name="goals"),
    path("regio/doelen/overzicht.xlsx", views.goals_xlsx, name="goals_xlsx"),
]
