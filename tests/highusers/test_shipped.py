"""Six empty places for the region's profiles, and nothing invented."""

import pytest

from highusers import shipped
from highusers.models import PatientProfile

pytestmark = pytest.mark.django_db


def test_six_profiles_come_empty() -> None:
    rows = PatientProfile.objects.values_list("number", "name", "description")
    assert list(rows) == [(number, "", "") for number in range(1, 7)]
    assert "PrimaCura" in str(PatientProfile.objects.get(number=1))


def test_what_the_region_filled_in_stays_and_what_is_missing_comes_back() -> None:
    profiles = PatientProfile.objects.using("owner")
    profiles.filter(number=2).update(name="Ingevuld")
    profiles.filter(number=3).delete()
    shipped.load(using="owner")
    assert list(profiles.values_list("name", flat=True)) == ["", "Ingevuld", "", "", "", ""]
