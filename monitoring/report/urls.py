from django.urls import path, re_path

from monitoring.report import views

FILE = r"(?P<kind>pdf|xlsx|json)"

urlpatterns = [
    path("regio/jaarverslag/", views.reports, name="reports"),
    path("regio/jaarverslag/<int:pk>/", views.report, name="report"),
    path("regio/jaarverslag/<int:pk>/vaststellen/", views.finalise, name="report_finalise"),
    path("regio/jaarverslag/opdracht/<slug:code>/", views.build, name="report_build"),
    path("regio/jaarverslag/opdracht/<slug:code>/stop/", views.cancel, name="report_cancel"),
    path("regio/jaarverslag/opdracht/<slug:code>/opnieuw/", views.retry, name="report_retry"),
    re_path(
        rf"^regio/jaarverslag/opdracht/(?P<code>[-\w]+)/{FILE}$",
        views.build_file,
        name="report_file",
    ),
    path("jaarverslagen/", views.insurer_reports, name="insurer_reports"),
    re_path(rf"^jaarverslagen/(?P<pk>\d{{1,9}})/{FILE}$", views.insurer_file, name="insurer_file"),
]
