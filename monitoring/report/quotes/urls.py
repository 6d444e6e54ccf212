from django.urls import path

from monitoring.report.quotes import views

urlpatterns = [
    path("regio/jaarverslag/<int:year>/citaten/", views.quotes, name="report_quotes"),
    path("regio/jaarverslag/<int:year>/citaten/kies/", views.pick, name="report_quote_pick"),
    path("regio/jaarverslag/citaat/<int:pk>/weg/", views.drop, name="report_quote_drop"),
    path("praktijk/<slug:slug>/citaten/", views.practice_quotes, name="practice_quotes"),
    path("praktijk/<slug:slug>/citaten/<int:pk>/", views.answer, name="practice_quote_answer"),
]
