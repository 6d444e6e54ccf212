from django.urls import path

from practices import views

urlpatterns = [
    path("taal/", views.language, name="language"),
]
