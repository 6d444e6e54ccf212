from django.urls import path

from monitoring.visit_planning import home_views, practice_views, sheet_views, views

AT_PRACTICE = "praktijk/<slug:slug>/bezoeken"
APPOINTMENT = f"{AT_PRACTICE}/afspraak/<slug:code>"

urlpatterns = [
    path("vandaag/", home_views.today, name="today"),
    path("bezoeken/", views.own_planning, name="visit_planning"),
    path("bezoeken/contacten/", views.own_contacts, name="visit_contacts"),
    path("bezoeken/week/<slug:day>.pdf", sheet_views.week_sheets_pdf, name="week_sheets_pdf"),
    path("regio/bezoeken/", views.region_planning, name="region_visits"),
    path("regio/bezoeken/bezoeken.xlsx", views.region_planning_xlsx, name="region_visits_xlsx"),
    path("regio/aandacht/", home_views.region_needs, name="region_needs"),
    path(f"{AT_PRACTICE}/uitnodigen/", views.invite, name="visit_invite"),
    path(f"{AT_PRACTICE}/gespreksblad/", sheet_views.visit_sheet, name="visit_sheet"),
    path(f"{AT_PRACTICE}/gespreksblad.pdf", sheet_views.visit_sheet_pdf, name="visit_sheet_pdf"),
    path(f"{APPOINTMENT}/", practice_views.visit_date, name="visit_date"),
    path(f"{APPOINTMENT}/komt-uit/", practice_views.suits, name="visit_date_suits"),
    path(f"{APPOINTMENT}/andere-datum/", practice_views.another, name="visit_date_another"),
    path(f"{APPOINTMENT}/wijzigen/", views.move, name="visit_move"),
    path(f"{APPOINTMENT}/annuleren/", views.cancel, name="visit_cancel"),
    path(f"{APPOINTMENT}/mail-opnieuw/", views.send_again, name="visit_mail_again"),
]
