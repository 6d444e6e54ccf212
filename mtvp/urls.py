"""Every path of the product: Dutch, because users read, share and print them."""

from django.contrib import admin
from django.urls import include, path

from mtvp.celery import app as celery_app  # noqa: F401  (tasks are sent from the web process too)
from practices.views import account_address_stays

urlpatterns = [
    path("", include("practices.urls")),
    path("", include("monitoring.urls")),
    path("", include("training.urls")),
    path("praktijk/<slug:slug>/", include("interventions.urls")),
    path("", include("interventions.schedules.region_urls")),
    path("", include("highusers.effect.urls")),
    path("", include("highusers.overview.urls")),
    path("", include("highusers.profiles.urls")),
    path("praktijk/<slug:slug>/", include("highusers.urls")),
    path("accounts/email/", account_address_stays, name="account_email"),
    path("accounts/", include("allauth.urls")),
    path("beheer/", admin.site.urls),
]

handler429 = "practices.errors.too_many_requests"
handler500 = "practices.errors.server_error"
