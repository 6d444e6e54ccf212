from django.urls import path

from monitoring.practice_plans import views

urlpatterns = [path("regio/praktijkplannen/", views.overview, name="region_practice_plans")]
