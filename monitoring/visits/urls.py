from django.urls import path

from monitoring.visits import practice_views as of_practice
from monitoring.visits import views

BEHIND = "praktijk/<slug:slug>/bezoeken/"

urlpatterns = [
    path("bezoek/<slug:code>/", views.visit, name="visit"),
    path("bezoek/<slug:code>/bewaren/", views.sync, name="visit_sync"),
    path("bezoek/<slug:code>/kijken/", views.look, name="visit_look"),
    path("bezoek/<slug:code>/teruglezen/", views.read_back, name="visit_read_back"),
    path("bezoek/<slug:code>/aanpassen/", views.amend, name="visit_amend"),
    path("bezoek/<slug:code>/weg/", views.drop, name="visit_drop"),
    path(BEHIND, of_practice.visits, name="practice_visits"),
    path(f"{BEHIND}beginnen/", of_practice.begin, name="visit_begin"),
    path(f"{BEHIND}afspraken/<int:pk>/", of_practice.agreement, name="visit_agreement"),
    path(f"{BEHIND}<slug:code>/", of_practice.report, name="visit_report"),
    path(f"{BEHIND}<slug:code>/verslag.pdf", of_practice.pdf, name="visit_report_pdf"),
    path(f"{BEHIND}<slug:code>/bevestigen/", of_practice.confirm, name="visit_confirm"),
    path(f"{BEHIND}<slug:code>/reactie/", of_practice.comment, name="visit_comment"),
]
