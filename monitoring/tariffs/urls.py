from django.urls import path

from monitoring.tariffs import views

urlpatterns = [
    path("regio/tarieven/", views.tariffs, name="tariffs"),
    path("regio/tarieven/<int:pk>/intrekken/", views.withdraw, name="tariff_withdraw"),
]
