"""Specialisms on few patients cannot be worked out from the whole, on no page and in no report."""

import random
from decimal import Decimal

import pytest
from django.test import Client
from django.utils import timezone

from monitoring.goals.facts import national_goals
from monitoring.indicators import on_few_patients
from monitoring.mirror.page import Viewer, indicator_page
from monitoring.models import IndicatorDefinition, IndicatorValue
from monitoring.report.build import build_report
from monitoring.specialisms import hidden_values
from practices.models import Practice
from practices.states import RegionRoleName
from tests import factories
from tests.pages import words

pytestmark = pytest.mark.django_db

YEAR = timezone.localdate().year - 1
PATIENTS = 90_000
COMPLETE = {"": 200, "Cardiologie": 120, "Dermatologie": 60, "Geriatrie": 13, "Reumatologie": 7}
"""Nothing is left over of the whole: 200 minus what shows would be 7."""


def referred(
    counts: dict[str, int],
    *,
    year: int = YEAR,
    practice: Practice | None = None,
    patients: int = PATIENTS,
) -> None:
    definition = IndicatorDefinition.objects.get(code="referrals")
    IndicatorValue.objects.bulk_create(
        IndicatorValue(
            definition=definition,
            detail=detail,
            practice=practice,
            year=year,
            numerator=count,
            denominator=patients,
        )
        for detail, count in counts.items()
    )


def told_by_goals(year: int) -> dict[str, Decimal]:
    """What the page of the goals tells of referrals, as numbers of them."""
    return {
        course.detail: round(one.value * PATIENTS)
        for course in national_goals(YEAR + 1)
        for one in course.years
        if course.definition.code == "referrals" and one.year == year and one.value is not None
    }


def found_by_subtracting(counts: dict[str, int], told: dict[str, Decimal]) -> list[int]:
    """The values a reader knows of what is hidden to lie within fewer than ten of each other: all
    that is hidden together is the whole minus what shows."""
    hidden = {detail for detail in counts if detail not in told}
    if "" in hidden or not hidden:
        return []
    left = told[""] - sum(count for detail, count in told.items() if detail)
    return [counts[detail] for detail in hidden] if left < 10 else []


def complete_or_nearly(seed: int) -> dict[str, int]:
    chance = random.Random(seed)
    parts = [chance.choice([0, 3, 7, 9, 10, 14, 60, 400]) for _ in range(chance.randint(2, 6))]
    left_over = chance.choice([0, 0, 0, 2, 30])
    counts = {f"Specialisme {place}": count for place, count in enumerate(parts)}
    return {"": sum(parts) + left_over, **counts}


def test_nobody_works_out_a_hidden_specialism_from_the_whole() -> None:
    attacked = 0
    for seed in range(0, 60, 6):
        IndicatorValue.objects.all().delete()
        tried = {YEAR - place: complete_or_nearly(seed + place) for place in range(5)}
        for year, counts in tried.items():
            referred(counts, year=year)
        for year, counts in tried.items():
            assert found_by_subtracting(counts, told_by_goals(year)) == [], counts
            only_small = {name: Decimal(n) for name, n in counts.items() if n == 0 or n >= 10}
            attacked += bool(found_by_subtracting(counts, only_small))
    assert attacked > 5, "hiding the small ones alone is found out"


def test_goals_mirror_and_report_hide_the_same(client: Client) -> None:
    referred(COMPLETE)
    shown = {"": 200, "Cardiologie": 120, "Dermatologie": 60}
    assert told_by_goals(YEAR) == shown

    definition = IndicatorDefinition.objects.get(code="referrals")
    for detail in COMPLETE:
        page = indicator_page(definition, Viewer(None), {"specialisme": detail})
        assert bool(page.course) == (detail in shown), detail

    report = build_report(year=YEAR, insurer=factories.insurer("VGZ"), appendix=False)
    told = {one.detail: one.years[-1].value for one in report.indicators}
    assert {detail for detail, value in told.items() if value is not None} == set(shown)
    assert {path for path in report.suppressed if path.startswith("indicators.")} == {
        f"indicators.referrals:{detail}.{YEAR}.value" for detail in ("Geriatrie", "Reumatologie")
    }

    client.force_login(factories.region_user(RegionRoleName.COORDINATOR))
    client.cookies["mtvp_language"] = "en"
    page = words(client.get("/regio/doelen/"))
    assert f"Geriatrie {YEAR} not shown (privacy)" in page
    assert f"Dermatologie {YEAR} 0.001" in page


def test_a_consultant_does_not_find_it_for_a_practice_and_the_practice_sees_its_own() -> None:
    practice = factories.practice()
    referred(COMPLETE, practice=practice, patients=2_000)
    definition = IndicatorDefinition.objects.get(code="referrals")
    for within, seen in ((False, False), (True, True)):
        viewer = Viewer(practice.pk, within=within)
        page = indicator_page(definition, viewer, {"specialisme": "Geriatrie"})
        assert bool(page.course) == seen


def test_where_much_is_left_over_only_the_small_one_goes() -> None:
    referred(COMPLETE | {"": 5_000})
    assert set(told_by_goals(YEAR)) == set(COMPLETE) - {"Reumatologie"}


def test_specialisms_that_count_more_than_the_whole_tell_nothing() -> None:
    referred(COMPLETE | {"": 150})
    values = IndicatorValue.objects.select_related("definition")
    small = values.get(detail="Reumatologie")
    assert hidden_values(values) == {small.pk}


def test_of_a_share_the_others_are_people_too() -> None:
    assert on_few_patients("fixed_gp", Decimal(995), Decimal(1_000))
    assert not on_few_patients("fixed_gp", Decimal(990), Decimal(1_000))
    assert not on_few_patients("fixed_gp", Decimal(1_000), Decimal(1_000))
