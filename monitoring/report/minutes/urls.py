from django.urls import path

from monitoring.report.minutes import views

urlpatterns = [
    path("regio/jaarverslag/<int:year>/overleg/", views.minutes, name="report_minutes"),
    path("regio/jaarverslag/<int:year>/overleg/pdf", views.minutes_pdf, name="report_minutes_pdf"),
    path("regio/jaarverslag/<int:year>/overleg/afspraak/", views.agree, name="report_agree"),
    path("regio/jaarverslag/<int:year>/overleg/akkoord/", views.close, name="report_minutes_close"),
    path("regio/jaarverslag/afspraak/<int:pk>/weg/", views.take_back, name="report_agreement_drop"),
    path("regio/jaarverslag/afspraak/<int:pk>/", views.settle, name="report_agreement_settle"),
]
