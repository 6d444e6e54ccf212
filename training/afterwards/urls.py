from django.urls import path, re_path

from training.afterwards import views

urlpatterns = [
    path("mijn-scholing/", views.own_training, name="own_training"),
    path("agenda/<int:pk>/certificaat.pdf", views.own_certificate, name="own_certificate"),
    path("agenda/<int:pk>/evaluatie/", views.evaluate, name="evaluate_session"),
    path("agenda/<int:pk>/evaluaties/", views.evaluation_results, name="session_evaluations"),
    path("agenda/<int:pk>/certificaten/", views.papers, name="session_papers"),
    path(
        "agenda/<int:pk>/certificaten/<int:person>.pdf",
        views.certificate,
        name="session_certificate",
    ),
    re_path(
        r"^agenda/(?P<pk>[0-9]{1,9})/accreditatie\.(?P<kind>xlsx|csv)$",
        views.accreditation,
        name="session_accreditation",
    ),
    path("praktijk/<slug:slug>/gedeeld/", views.shared_in_team, name="team_sharing"),
    path("praktijk/<slug:slug>/gedeeld/nieuw/", views.share_in_team, name="share_in_team"),
]
