"""What the collected mail tells consultants and coordinators about visits."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import translation

from monitoring.models import Visit
from monitoring.visit_planning.due import KINDS, told_to_consultants, told_to_coordinators
from monitoring.visit_planning.needs import needs
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


def test_at_the_turn_of_the_programme_year_a_visit_that_was_not_held_is_told_still():
    consultant = making.consultant()
    factories.region_user(RegionRoleName.COORDINATOR)
    going = making.practice(consultant, name="De Linde", begun=300)
    visited = making.practice(consultant, begun=300)
    Visit.objects.create(practice=visited, held_on=making.in_days(0), time_out_discussed=True)
    last = year_end(going.start, 1)

    def told(day):
        items = [*told_to_consultants(day), *told_to_coordinators(day)]
        return [item.values["praktijken"] for item in items]

    assert told(last) == [
        "- De Linde: vandaag is de laatste dag",
        "- Sanne de Wit: 1 praktijk, vandaag is de laatste dag voor de eerste",
    ]
    assert told(last + timedelta(days=1)) == [
        "- De Linde: jaar 1 ging voorbij zonder bezoek",
        "- Sanne de Wit: 1 praktijk na afloop van het programmajaar",
    ]
    (needy,) = needs([going], last + timedelta(days=1))
    with translation.override("en"):
        said = {one.url: one.text for one in needy.lines}
    way = reverse("visit_invite", args=[going.slug])
    assert said[way] == "Programme year 1 went by without a visit, and nothing is planned."
    Visit.objects.create(practice=going, held_on=last + timedelta(days=3))
    assert told(last + timedelta(days=4)) == []


def test_nothing_is_told_when_no_visit_is_due():
    factories.region_user(RegionRoleName.COORDINATOR)
    making.practice(making.consultant(), begun=10)
    assert not [*told_to_consultants(making.in_days(0)), *told_to_coordinators(making.in_days(0))]
