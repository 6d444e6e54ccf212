"""Pages of high users, below the address of a practice."""

from django.urls import path

from highusers.plans import views as plans
from highusers.uploads import views as uploads

UPLOAD = "veelgebruikers/uitdraai/<slug:code>/"

urlpatterns = [
    path("veelgebruikers/", plans.high_users, name="high_users"),
    path("veelgebruikers/uitdraai/bestand/", uploads.new, name="extract_new"),
    path("veelgebruikers/uitdraai/hulp/", uploads.explain, name="extract_help"),
    path(f"{UPLOAD}kolommen/", uploads.columns, name="extract_columns"),
    path(f"{UPLOAD}controle/", uploads.check, name="extract_check"),
    path(f"{UPLOAD}controle/rijen.xlsx", uploads.errors, name="extract_errors"),
    path(f"{UPLOAD}bevestigen/", uploads.confirm, name="extract_confirm"),
    path(f"{UPLOAD}opnieuw/", uploads.again, name="extract_again"),
    path(f"{UPLOAD}weg/", uploads.cancel, name="extract_cancel"),
    path("veelgebruikers/uitdraaien/<int:pk>/ongedaan/", uploads.undo, name="extract_undo"),
    path("plannen/<slug:code>/", plans.plan, name="patient_plan"),
    path("plannen/<slug:code>/nummer/", plans.number, name="patient_number"),
]
