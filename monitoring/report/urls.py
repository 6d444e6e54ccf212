from django.urls import path

from monitoring.report import views

urlpatterns = [
    path("regio/jaarverslag/", views.reports, name="reports"),
    path("regio/jaarverslag/<int:pk>/", views.report, name="report"),
    path("regio/jaarverslag/<int:pk>/vaststellen/", views.finalise, name="report_finalise"),
    path("regio/jaarverslag/opdracht/<slug:code>/", views.build, name="report_build"),
    path("regio/jaarverslag/opdracht/<slug:code>/stop/", views.cancel, name="report_cancel"),
    path("regio/jaarverslag/opdracht/<slug:code>/opnieuw/", views.retry, name="report_retry"),
    path(
        "regio/jaarverslag/opdracht/<slug:code>/<slug:kind>", views.build_file, name="report_file"
    ),
    path("jaarverslagen/", views.insurer_reports, name="insurer_reports"),
    path("jaarverslagen/<int:pk>/<slug:kind>", views.insurer_file, name="insurer_file"),
]
