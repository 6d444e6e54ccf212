"""Pages of the comparison that belong to no practice."""

from django.urls import path

from highusers.effect import views

urlpatterns = [
    path("regio/effect/", views.region_effect, name="region_effect"),
    path("regio/effect/opnieuw/", views.region_effect_anew, name="region_effect_anew"),
    path("uitleg/effect/", views.effect_explained, name="effect_explained"),
]
