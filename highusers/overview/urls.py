from django.urls import path

from highusers.overview import views

urlpatterns = [
    path("regio/veelgebruikers/", views.region_high_users, name="region_high_users"),
    path(
        "regio/veelgebruikers/overzicht.xlsx",
        views.region_high_users_xlsx,
        name="region_high_users_xlsx",
    ),
    path(
        "regio/veelgebruikers/overzicht.csv",
        views.region_high_users_csv,
        name="region_high_users_csv",
    ),
]
