from django.urls import path

from monitoring.help import views

urlpatterns = [
    path("hulp/", views.help_pages, name="help"),
    path("hulp/<slug:subject>/", views.guide, name="guide"),
    path("privacy/", views.privacy, name="privacy"),
    path("toegankelijkheid/", views.accessibility, name="accessibility"),
]
