from django.urls import path

from training.claims import judging, views

urlpatterns = [
    path("mijn-scholing/elders/nieuw/", views.own_claim_new, name="own_claim_new"),
    path("mijn-scholing/elders/<int:pk>/", views.own_claim, name="own_claim"),
    path(
        "mijn-scholing/elders/<int:pk>/wijzigen/", views.own_claim_change, name="own_claim_change"
    ),
    path("mijn-scholing/elders/<int:pk>/bewijs/", views.own_claim_proof, name="own_claim_proof"),
    path("praktijk/<slug:slug>/scholing/elders/nieuw/", views.claim_new, name="claim_new"),
    path("praktijk/<slug:slug>/scholing/elders/<int:pk>/", views.claim, name="claim"),
    path(
        "praktijk/<slug:slug>/scholing/elders/<int:pk>/wijzigen/",
        views.claim_change,
        name="claim_change",
    ),
    path(
        "praktijk/<slug:slug>/scholing/elders/<int:pk>/bewijs/",
        views.claim_proof,
        name="claim_proof",
    ),
    path("regio/scholing/elders/", judging.claims, name="claims"),
    path("regio/scholing/elders/<int:pk>/", judging.claim_judge, name="claim_judge"),
    path("regio/scholing/elders/<int:pk>/bewijs/", judging.claim_file, name="claim_file"),
]
