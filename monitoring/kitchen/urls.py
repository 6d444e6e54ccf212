from django.urls import path

from monitoring.kitchen import region_views, speed_date_views, views

_OWN = "praktijk/<slug:slug>/keuken/"
_SESSION = "agenda/<int:pk>/kennismaken/"

urlpatterns = [
    path(_OWN, views.kitchens, name="practice_kitchens"),
    path(f"{_OWN}aanbieden/", views.offer_new, name="kitchen_offer_new"),
    path(f"{_OWN}aanbod/<int:pk>/", views.offer, name="kitchen_offer"),
    path(f"{_OWN}aanbod/<int:pk>/weg/", views.offer_withdraw, name="kitchen_offer_withdraw"),
    path(f"{_OWN}vragen/<int:pk>/", views.ask, name="kitchen_ask"),
    path(f"{_OWN}afspraak/<int:pk>/", views.answer, name="kitchen_answer"),
    path("regio/keuken/", region_views.overview, name="region_kitchens"),
    path("regio/keuken.xlsx", region_views.xlsx, name="region_kitchens_xlsx"),
    path(_SESSION, speed_date_views.wishes, name="speed_date_wishes"),
    path(f"{_SESSION}tafels/", speed_date_views.dates, name="speed_dates"),
    path(f"{_SESSION}tafels.pdf", speed_date_views.paper, name="speed_dates_pdf"),
]
