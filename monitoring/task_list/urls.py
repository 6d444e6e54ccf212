from django.urls import path

from monitoring.task_list import views

urlpatterns = [
    path("praktijk/<slug:slug>/taken/", views.task_list, name="task_list"),
]
