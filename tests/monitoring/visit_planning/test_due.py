"""What the collected mail tells consultants and coordinators about visits."""

from datetime import timedelta

import pytest

from monitoring.models import Visit
from monitoring.visit_planning.due import KINDS, told_to_consultants, told_to_coordinators
from practices.programme_year import year_end
from practices.states import RegionRoleName
from tests import factories
from tests.monitoring.visit_planning import making

pytestmark = pytest.mark.django_db


def test_due_visits_are_told_once_a_week_to_who_can_plan_them():
    today = making.in_days(0)
    consultant = making.consultant()
    coordinator = factories.region_user(RegionRoleName.COORDINATOR)
    haast = making.practice(consultant, name="Haast", begun=324)
    making.practice(consultant, name="Tijd genoeg", begun=100)
    making.invited(making.practice(consultant, name="Gepland", begun=340), consultant)
    visited = making.practice(consultant, name="Bezocht", begun=340)
    Visit.objects.create(practice=visited, held_on=today, time_out_discussed=True)
    factories.practice(
        name="Reeshof", cohort=factories.cohort(start_on=today - timedelta(days=363))
    )

    (item,) = told_to_consultants(today)
    left = (year_end(haast.start, 1) - today).days
    assert item.user == consultant.pk
    assert item.values["praktijken"] == f"- Haast: nog {left} dagen"
    year, week, _day = today.isocalendar()
    assert item.about == f"{year}-W{week:02}"

    (item,) = told_to_coordinators(today)
    assert item.user == coordinator.pk
    lines = item.values["praktijken"].split("\n")
    assert [line.split(":")[0] for line in lines] == ["- Sanne de Wit", "- Zonder consulent"]
    assert all("1 praktijk, nog" in line for line in lines)
    assert [[kind.concerns(user) for user in (consultant, coordinator)] for kind in KINDS] == [
        [True, False],
        [False, True],
    ]


def test_nothing_is_told_when_no_visit_is_due():
    factories.region_user(RegionRoleName.COORDINATOR)
    making.practice(making.consultant(), begun=10)
    assert not [*told_to_consultants(making.in_days(0)), *told_to_coordinators(making.in_days(0))]
