from django.urls import path, re_path

from monitoring.forecast import views

urlpatterns = [
    path("regio/scholing/", views.overview, name="training_forecast"),
    re_path(
        r"^regio/scholing/(?P<kind>triage|conversation|intervision)/(?P<day>\d{4}-\d\d-\d\d)/$",
        views.needs,
        name="training_needs",
    ),
]
