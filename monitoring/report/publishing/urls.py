from django.urls import path

from monitoring.report.publishing import views

urlpatterns = [
    path("jaarverslagen/", views.insurer_reports, name="insurer_reports"),
    path("jaarverslagen/<int:pk>/", views.insurer_report, name="insurer_report"),
    path("jaarverslagen/<int:pk>/<slug:kind>", views.insurer_file, name="insurer_file"),
]
