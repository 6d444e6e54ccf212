from django.urls import path

from training.attendance import views

urlpatterns = [
    path("agenda/<int:pk>/presentie/", views.attendance, name="session_attendance"),
    path("agenda/<int:pk>/presentie/bewaren/", views.sync, name="session_attendance_sync"),
    path("agenda/<int:pk>/presentie/erbij/", views.add, name="session_attendance_add"),
    path("agenda/<int:pk>/presentie/verloop/", views.history, name="session_attendance_history"),
    path("agenda/<int:pk>/presentie/lijst.pdf", views.list_pdf, name="session_attendance_pdf"),
    path(
        "agenda/<int:pk>/presentie/naam/<int:walk_in>/",
        views.settle,
        name="session_walk_in",
    ),
]
