"""A page of the region; the others of high users lie below a practice."""

from django.urls import path

from highusers.profiles.views import patient_profiles

urlpatterns = [path("regio/profielen/", patient_profiles, name="patient_profiles")]
