from django.urls import path, re_path

from training.efforts import views

urlpatterns = [
    path("praktijk/<slug:slug>/scholing/", views.practice_training, name="practice_training"),
    re_path(
        r"^praktijk/(?P<slug>[-a-zA-Z0-9_]+)/scholing\.(?P<kind>xlsx|csv)$",
        views.practice_training_file,
        name="practice_training_file",
    ),
    path("regio/scholing/overzicht/", views.region_training, name="region_training"),
    re_path(
        r"^regio/scholing/overzicht\.(?P<kind>xlsx|csv)$",
        views.region_training_file,
        name="region_training_file",
    ),
]
