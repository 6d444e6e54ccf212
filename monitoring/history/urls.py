from django.urls import path

from monitoring.history import views

urlpatterns = [
    path("regio/verloop/", views.status_course, name="status_course"),
    path("regio/verloop/overzicht.xlsx", views.status_course_xlsx, name="status_course_xlsx"),
    path("praktijk/<slug:slug>/verloop/", views.practice_statuses, name="practice_course"),
]
