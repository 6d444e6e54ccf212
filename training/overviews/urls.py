from django.urls import path, re_path

from training.overviews import views

urlpatterns = [
    path("regio/scholing/bezetting/", views.fill, name="training_fill"),
    re_path(
        r"^regio/scholing/bezetting\.(?P<kind>xlsx|csv)$",
        views.fill_file,
        name="training_fill_file",
    ),
    path("regio/scholing/presentielijsten/", views.lists, name="attendance_lists"),
    re_path(
        r"^regio/scholing/presentielijsten\.(?P<kind>xlsx|csv)$",
        views.lists_file,
        name="attendance_lists_file",
    ),
]
