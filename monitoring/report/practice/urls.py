from django.urls import path

from monitoring.report.practice import views

urlpatterns = [
    path("praktijk/<slug:slug>/verslag/", views.practice_reports, name="practice_reports"),
    path("praktijk/<slug:slug>/verslag/<int:year>/", views.practice_report, name="practice_report"),
    path(
        "praktijk/<slug:slug>/verslag/<int:year>/pdf",
        views.practice_report_pdf,
        name="practice_report_pdf",
    ),
]
