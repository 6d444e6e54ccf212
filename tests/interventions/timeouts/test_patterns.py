"""Counts for the practice, and what of them leaves it: the figures against plain loops over the
same rows, the hiding against somebody who subtracts."""

import random
from collections import Counter
from datetime import date, timedelta

import pytest
from django.utils import timezone

from interventions.models import TimeOut
from interventions.timeouts.blocks import pattern_blocks, region_blocks, visit_blocks
from interventions.timeouts.facts import (
    not_sent_of,
    pattern_outside,
    practice_pattern,
    region_pattern,
)
from interventions.timeouts.periods import four_quarters, last_year
from interventions.timeouts.states import Kind, Outcome, Specialism, Step
from mtvp.documents.html import page_html
from mtvp.documents.model import Mark
from practices.states import RegionRoleName, StaffRole
from tests import factories

pytestmark = pytest.mark.django_db
TODAY = date(2026, 5, 20)
IN_PERIOD = date(2025, 9, 1)


def make(practice, people, number, **fields):
    """`number` time-outs, handed out to the people in turn."""
    made = [
        TimeOut(
            **{
                "practice": practice,
                "person": people[place % len(people)],
                "held_on": IN_PERIOD,
                "kind": Kind.REFERRAL,
                "specialism": Specialism.CARDIOLOGY,
                "step": Step.COLLEAGUE,
                "outcome": Outcome.NOT_SENT,
            }
            | fields
        )
        for place in range(number)
    ]
    return TimeOut.objects.bulk_create(made)


def team(number=3):
    practice = factories.practice()
    return practice, [factories.employment(practice=practice).person for _one in range(number)]


def test_the_four_quarters_that_are_over():
    period = four_quarters(TODAY)
    assert (period.first, period.last) == (date(2025, 4, 1), date(2026, 3, 31))
    period = four_quarters(date(2026, 1, 1))
    assert (period.first, period.last) == (date(2025, 1, 1), date(2025, 12, 31))
    period = last_year(date(2026, 5, 20))
    assert (period.first, period.last) == (date(2025, 5, 21), date(2026, 5, 20))


def test_the_practice_sees_every_count_of_the_last_twelve_months():
    practice, people = team(2)
    make(practice, people, 3)
    make(practice, people, 2, outcome=Outcome.SENT, kind=Kind.DIAGNOSTICS, specialism="imaging")
    make(practice, people, 1, outcome=Outcome.OPEN)
    make(practice, people, 4, held_on=TODAY - timedelta(days=366))
    make(factories.practice(), people, 5)
    found = practice_pattern(practice, TODAY, fewest=1)
    assert found is not None
    assert (found.total, not_sent_of(found)) == (6, (3, 5))
    assert found.outcomes == {"not_sent": 3, "sent": 2, "open": 1}
    assert found.kinds == {"referral": 4, "diagnostics": 2}
    assert found.specialisms["cardiology"] == 4
    assert found.specialisms["imaging"] == 2
    assert sum(count for count in found.specialisms.values()) == 6
    assert "(60%)" in page_html(pattern_blocks(found))


def test_a_count_of_fewer_than_three_people_is_for_them_only():
    practice, people = team(3)
    make(practice, people[:2], 40)
    assert practice_pattern(practice, TODAY, fewest=3) is None
    assert pattern_outside(practice, TODAY) is None
    make(practice, people[2:], 1)
    assert practice_pattern(practice, TODAY, fewest=3) is not None
    assert pattern_outside(practice, TODAY) is not None


def test_outside_the_practice_no_figure_is_below_ten_and_none_can_be_subtracted():
    chance = random.Random(7)
    practice, people = team(4)
    for _one in range(120):
        make(
            practice,
            [chance.choice(people)],
            1,
            specialism=chance.choice(["cardiology"] * 6 + Specialism.values),
            step=chance.choice(Step.values),
            outcome=chance.choice(Outcome.values),
        )
    found = pattern_outside(practice, TODAY)
    decided = list(TimeOut.objects.exclude(outcome=Outcome.OPEN))
    assert found is not None
    assert found.total == len(decided)
    for group, shown in (
        ("specialism", found.specialisms),
        ("step", found.steps),
        ("kind", found.kinds),
    ):
        truth = Counter(getattr(one, group) for one in decided)
        left = len(decided)
        hidden = 0
        for value, figure in shown.items():
            if isinstance(figure, Mark):
                hidden += 1
                continue
            assert figure == truth[value] >= 10
            left -= figure
        assert hidden != 1
        assert hidden == 0 or left >= 10, f"what is left of {group} would be a small figure"


def test_outside_the_practice_only_quarters_that_are_over_count():
    practice, people = team(3)
    make(practice, people, 30)
    before = pattern_outside(practice, TODAY)
    make(practice, people, 30, held_on=TODAY - timedelta(days=1))
    assert pattern_outside(practice, TODAY) == before


def test_of_the_region_a_figure_needs_three_practices():
    practices = [team(3) for _one in range(3)]
    for practice, people in practices:
        make(practice, people, 12)
        make(practice, people, 12, specialism="urology", outcome=Outcome.SENT)
    make(*practices[0], 40, specialism="neurology")
    found = region_pattern(TODAY)
    assert found is not None
    assert (found.practices, found.total) == (3, 112)
    assert found.specialisms["neurology"] is Mark.HIDDEN, "all of one practice"
    hidden = [name for name, figure in found.specialisms.items() if isinstance(figure, Mark)]
    assert len(hidden) > 1, "alone, it is what is left"
    assert not_sent_of(found) == (76, 112)


def test_of_two_practices_nothing_is_shown():
    for _one in range(2):
        make(*team(3), 60)
    assert region_pattern(TODAY) is None


def test_the_number_of_queries_does_not_depend_on_the_number_of_practices(
    django_assert_num_queries,
):
    for _one in range(4):
        make(*team(3), 12)
    with django_assert_num_queries(1):
        region_pattern(TODAY)


def test_the_visit_gets_counts_or_the_reason_why_not_and_questions(client):
    practice, people = team(3)
    nothing = page_html(visit_blocks(practice, TODAY))
    assert "<li>" in nothing
    assert "<svg" not in nothing
    make(practice, people, 30, learned="Terugzien helpt")
    make(practice, people, 20, specialism="urology", outcome=Outcome.SENT)
    make(practice, people, 12, specialism="neurology")
    material = page_html(visit_blocks(practice, TODAY))
    assert "<svg" in material
    assert "<li>" in material
    assert "Terugzien" not in material
    assert all(person.name not in material for person in people)


@pytest.fixture
def three_of_linde():
    consultant = factories.region_user(RegionRoleName.CONSULTANT)
    practice = factories.practice(slug="linde", consultant=consultant)
    people = [factories.employment(practice=practice).person for _one in range(3)]
    last = four_quarters(timezone.localdate()).last
    make(practice, people, 7, held_on=last, learned="Terugzien helpt")
    return practice


@pytest.mark.parametrize(
    ("role", "sees"), [(StaffRole.POH, True), (StaffRole.MANAGER, True), ("consultant", False)]
)
def test_seven_time_outs_are_shown_in_the_practice_and_not_outside(
    client, three_of_linde, role, sees
):
    client.cookies["mtvp_language"] = "en"
    inside = role != "consultant"
    user = factories.staff_user(three_of_linde, role) if inside else three_of_linde.consultant
    client.force_login(user)
    text = client.get("/praktijk/linde/time-out/patroon/").text
    assert ("7 time-outs" in text) is sees
    assert "Terugzien" not in text


def test_the_page_of_the_region_names_no_practice(client):
    client.force_login(factories.region_user(RegionRoleName.COORDINATOR))
    assert "empty-state" in client.get("/regio/time-out/").text
    last = four_quarters(timezone.localdate()).last
    practices = [team(3) for _one in range(3)]
    for practice, people in practices:
        make(practice, people, 20, held_on=last)
    text = client.get("/regio/time-out/").text
    assert "60" in text
    assert all(practice.name not in text for practice, _people in practices)
    assert region_blocks(region_pattern(timezone.localdate()))
