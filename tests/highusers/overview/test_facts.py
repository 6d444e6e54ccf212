"""The figures of the region against loops over the same rows, sharing no code with them."""

import random
from collections import Counter
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from highusers.models import Evaluation, Extract, HighUser, Judgement, PatientPlan
from highusers.overview.facts import TeamCounts, practice_years, team_counts
from practices.isolation import practice_scope
from practices.models import Panel, Practice
from tests import factories
from tests.highusers.overview import region

pytestmark = pytest.mark.django_db
SEED = 20260401
AIMS = ("own_control", "health", "collaboration", "insight")


def twelve_months(one: Extract) -> bool:
    first, last = one.period_start, one.period_end
    after = date.fromordinal(last.toordinal() + 1)
    return (after.year - 1, after.month, after.day) == (first.year, first.month, first.day)


def expected_years() -> dict[tuple[int, int], tuple[int, int | None, int | None]]:
    """By year and practice: high users, registered patients, contacts."""
    latest: dict[tuple[int, int], Extract] = {}
    for one in Extract.objects.order_by("period_end"):
        began = one.practice.start_on or one.practice.cohort.start_on
        if twelve_months(one) and began.year <= one.period_end.year:
            latest[one.period_end.year, one.practice_id] = one
    found = {}
    for key, one in latest.items():
        quarter = f"{one.period_end.year}Q{(one.period_end.month + 2) // 3}"
        on_panel = [
            panel.patients
            for panel in Panel.objects.all()
            if panel.practice_id == one.practice_id and panel.quarter == quarter
        ]
        list_only = one.patients == one.high_users
        registered = sum(on_panel) or (None if list_only else one.patients)
        found[key] = (one.high_users, registered, None if list_only else one.contacts)
    return found


def test_each_practice_and_year_as_a_loop_over_the_rows_counts_it():
    chance = random.Random(SEED)
    cohorts = [factories.cohort(start_on=date(2021 + n, 7, 1)) for n in range(3)]
    for number in range(30):
        one = region.practice(
            chance.choice(["Noord", "Zuid", ""]),
            cohort=chance.choice(cohorts),
            start_on=chance.choice([None, date(2023, 1, 1)]),
        )
        for year in range(2021, 2026):
            if chance.random() < 0.7:
                high = chance.randint(0, 60)
                everybody = high if number % 7 == 0 else chance.randint(500, 3000)
                region.extract(one, year, patients=everybody, high_users=high)
            if chance.random() < 0.2:
                region.extract(one, year, period_start=date(year - 1, 5, 1))
            if chance.random() < 0.2:
                end = date(year, 9, 30)
                start = date(year - 1, 10, 1)
                region.extract(one, year, period_start=start, period_end=end, high_users=41)
            for insurer in ("CZ", "VGZ"):
                if chance.random() < 0.5:
                    region.panel(one, f"{year}Q1", chance.randint(200, 1500), insurer)
    expected = expected_years()
    found = {
        (row.year, row.practice): (row.high_users, row.registered, row.contacts)
        for row in practice_years()
    }
    assert len(expected) > 60
    assert found == expected


def test_a_practice_stands_with_its_place_and_cohort():
    cohort = factories.cohort(number=77, name="Lichting 77")
    one = region.practice("Noord", city="Tilburg", cohort=cohort, name="De Linde")
    other = region.practice("", city="Goirle", cohort=cohort)
    region.extract(one, 2025)
    region.extract(other, 2025)
    rows = {row.practice: row for row in practice_years()}
    assert (rows[one.pk].name, rows[one.pk].place) == ("De Linde", "Tilburg Noord")
    assert (rows[one.pk].cohort, rows[one.pk].cohort_name) == (77, "Lichting 77")
    assert rows[other.pk].place == "Goirle"


@pytest.mark.parametrize(
    ("definition", "by_type", "contacts", "expected"),
    [
        ("MTVP 2023", {"consultation/practice": 50, "telephone/remote": 30}, 80, 50),
        ("MTVP 2023", {"visit/home": 5, "consultation_by_length/unknown": 7}, 12, 12),
        ("MTVP 2023", {"e_consultation/remote": 5, "unknown/unknown": 7}, 12, 7),
        ("Regioprestatie", {"consultation/practice": 9, "e_consultation/remote": 4}, 9, 9),
        ("MTVP 2023", {"e_consultation/remote": 5}, 80, None),
        ("MTVP 2023", None, 80, None),
    ],
)
def test_consultations_and_visits_are_known_where_the_kinds_add_up(
    definition, by_type, contacts, expected
):
    one = region.practice()
    region.extract(one, 2025, definition=definition, by_type=by_type, contacts=contacts)
    (row,) = practice_years()
    assert (row.contacts, row.visits) == (contacts, expected)


def expected_team(practices: list[Practice]) -> TeamCounts:
    said: Counter[tuple[int | None, str]] = Counter()
    with_plan: Counter[int | None] = Counter()
    states: Counter[str] = Counter()
    steps = Counter(marked=0, evaluated=0, on_all_aims=0)
    for one in practices:
        with practice_scope(one):
            for patient in HighUser.objects.filter(practice=one):
                judgement = None
                for row in Judgement.objects.order_by("period_end"):
                    says = row.influenceable or row.profile
                    if row.high_user_id == patient.pk and says:
                        judgement = row
                plans = [
                    row
                    for row in PatientPlan.objects.order_by("drafted_on")
                    if row.high_user_id == patient.pk
                ]
                if judgement is None and not plans:
                    continue
                last = plans[-1] if plans else None
                known = (judgement and judgement.profile) or (last and last.profile)
                number = known.number if known else None
                word = judgement.influenceable if judgement else ""
                opinion = word or (last.influenceable if last else "")
                if opinion:
                    said[number, opinion] += 1
                if last:
                    with_plan[number] += 1
                    states[last.state] += 1
                marked = [plan for plan in plans if plan.hotspotter]
                held = [row for row in Evaluation.objects.all() if row.plan in marked]
                steps["marked"] += bool(marked)
                steps["evaluated"] += bool(held)
                steps["on_all_aims"] += any(all(getattr(row, a) for a in AIMS) for row in held)
    return TeamCounts({}, said, with_plan, states, steps)


def test_what_teams_said_and_did_as_loops_over_the_rows_count_it():
    chance = random.Random(SEED)
    practices = [region.practice() for _number in range(3)]
    profiles = [region.profile(number) for number in range(1, 7)] + [None]
    for one in practices:
        for patient in region.patients(one, 25):
            for year in (2024, 2025):
                if chance.random() < 0.5:
                    region.judged(
                        patient,
                        period_end=date(year, 3, 31),
                        influenceable=chance.choice(["yes", "doubt", "no", ""]),
                        profile=chance.choice(profiles),
                    )
                if chance.random() < 0.4:
                    plan = region.planned(
                        patient,
                        drafted_on=date(year, 5, 1),
                        state=chance.choice(["drawn_up", "running", "closed"]),
                        profile=chance.choice(profiles),
                        influenceable=chance.choice(["yes", "no", ""]),
                        hotspotter=chance.random() < 0.5,
                    )
                    if chance.random() < 0.7:
                        region.evaluated(
                            plan, **{a: chance.choice(["better", "same", ""]) for a in AIMS[:1]}
                        )
                    if chance.random() < 0.5:
                        aims = dict.fromkeys(AIMS, "better")
                        region.evaluated(plan, held_on=date(year, 12, 1), **aims)
    found, expected = team_counts(), expected_team(practices)
    assert sorted(found.profiles) == [1, 2, 3, 4, 5, 6]
    assert found.said == dict(expected.said)
    assert found.planned == dict(expected.planned)
    assert found.states == dict(expected.states)
    assert found.hotspotters == dict(expected.hotspotters)
    assert found.hotspotters["on_all_aims"] < found.hotspotters["evaluated"]


def test_the_counts_come_without_a_scope_and_no_row_does():
    one = region.practice()
    region.planned(region.patients(one, 1)[0])
    assert PatientPlan.objects.count() == 0
    assert team_counts().states == {"drawn_up": 1}


@pytest.mark.parametrize("practices", [1, 3])
def test_the_number_of_queries_does_not_depend_on_the_number_of_practices(practices):
    for _number in range(practices):
        one = region.practice()
        region.extract(one, 2025)
        region.panel(one, "2025Q1", 2100)
        region.planned(region.patients(one, 1)[0])
    with CaptureQueriesContext(
        connection,
    ) as years:
        practice_years()
    with CaptureQueriesContext(connection) as team:
        team_counts()
    assert (len(years), len(team)) == (1, 2)
