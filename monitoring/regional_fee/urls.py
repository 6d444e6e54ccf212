from django.urls import path

from monitoring.regional_fee import views

urlpatterns = [
    path("regio/regioprestatie/", views.regional_fee, name="regional_fee"),
    path("regio/regioprestatie/overzicht.xlsx", views.regional_fee_xlsx, name="regional_fee_xlsx"),
    path("regio/regioprestatie/lijst/", views.fee_list, name="regional_fee_list"),
    path("regio/regioprestatie/lijst/<int:pk>/eraf/", views.take_off, name="regional_fee_take_off"),
    path("regio/vergoeding/", views.programme_fee, name="programme_fee"),
    path("regio/vergoeding/overzicht.xlsx", views.programme_fee_xlsx, name="programme_fee_xlsx"),
]
