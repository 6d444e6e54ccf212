from django.urls import path

from training.scripts import views

urlpatterns = [
    path("agenda/<int:pk>/draaiboek/", views.script, name="session_script"),
    path(
        "agenda/<int:pk>/draaiboek/<int:number>/",
        views.script_version,
        name="session_script_version",
    ),
    path("agenda/<int:pk>/onderwerp/", views.topic, name="session_topic"),
    path("agenda/<int:pk>/onderwerp/<int:case>/terug/", views.withdraw_case, name="withdraw_case"),
    path("agenda/<int:pk>/leerpunten/", views.learning, name="session_learning"),
    path("agenda/<int:pk>/leerpunten/delen/", views.share, name="share_learning"),
    path("leerpunten/", views.shared_learning, name="shared_learning"),
]
