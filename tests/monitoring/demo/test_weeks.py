"""Weeks in the demo: a design beside how it is now, one shared; a second time adds none."""

import pytest
from django.utils import timezone

from interventions.models import ConsultationSchedule, DayTemplate, SharedTemplate
from interventions.schedules.sharing import published
from monitoring.demo.weeks import lay_out_weeks
from practices.states import RegionRoleName
from tests import factories

pytestmark = pytest.mark.django_db


def test_weeks_are_laid_out_once():
    assert lay_out_weeks() == 0
    factories.region_user(RegionRoleName.COORDINATOR)
    assert lay_out_weeks() == 0
    practice = factories.practice()
    ConsultationSchedule.objects.create(
        practice=practice, pattern="20", in_use_from=timezone.localdate()
    )
    assert lay_out_weeks() == 2
    assert list(DayTemplate.objects.filter(is_now=True).values_list("practice", flat=True)) == [
        practice.pk
    ]
    assert list(published()) == [SharedTemplate.objects.get()]
    assert lay_out_weeks() == 0
