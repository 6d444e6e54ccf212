from django.urls import include, path

from monitoring.report import views

urlpatterns = [
    path("regio/jaarverslag/", views.reports, name="reports"),
    path("regio/jaarverslag/verslag/<int:pk>/", views.report, name="report"),
    path("regio/jaarverslag/verslag/<int:pk>/vaststellen/", views.finalise, name="report_finalise"),
    path("regio/jaarverslag/verslag/<int:pk>/opnieuw/", views.count_anew, name="report_anew"),
    path("regio/jaarverslag/verslag/<int:pk>/correctie/", views.correct, name="report_correct"),
    path(
        "regio/jaarverslag/verslag/<int:pk>/correctie/weg/",
        views.drop_correction,
        name="report_drop",
    ),
    path(
        "regio/jaarverslag/verslag/<int:pk>/publiceren/",
        views.publish_report,
        name="report_publish",
    ),
    path(
        "regio/jaarverslag/verslag/<int:pk>/<slug:kind>",
        views.stored_file,
        name="report_stored_file",
    ),
    path("regio/jaarverslag/opdracht/<slug:code>/", views.build, name="report_build"),
    path("regio/jaarverslag/opdracht/<slug:code>/stop/", views.cancel, name="report_cancel"),
    path("regio/jaarverslag/opdracht/<slug:code>/opnieuw/", views.retry, name="report_retry"),
    path(
        "regio/jaarverslag/opdracht/<slug:code>/<slug:kind>", views.build_file, name="report_file"
    ),
    path("", include("monitoring.report.blocks.urls")),
    path("", include("monitoring.report.quotes.urls")),
    path("", include("monitoring.report.publishing.urls")),
    path("", include("monitoring.report.minutes.urls")),
    path("", include("monitoring.report.practice.urls")),
]
