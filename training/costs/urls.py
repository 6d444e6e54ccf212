from django.urls import path, re_path

from training.costs import views

urlpatterns = [
    path("regio/scholingskosten/", views.of_region, name="training_costs"),
    re_path(
        r"^regio/scholingskosten\.(?P<kind>xlsx|csv)$",
        views.region_file,
        name="training_costs_file",
    ),
    path(
        "praktijk/<slug:slug>/scholingskosten/", views.of_practice, name="practice_training_costs"
    ),
]
