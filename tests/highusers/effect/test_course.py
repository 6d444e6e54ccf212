"""The course of one patient: points in time, the plan's start, and what was to be expected."""

from datetime import date, timedelta
from xml.etree import ElementTree

import numpy as np
import pytest
from django.utils import translation

from bench.effect_trials import synthetic
from highusers.effect import services
from highusers.effect.course import course_of
from highusers.models import HighUser, PatientTotal, RegionEffect
from practices.isolation import practice_scope
from tests import factories
from tests.charts.geometry import SVG
from tests.highusers.effect import oracle, story

pytestmark = pytest.mark.django_db
DRAFTED = date(2024, 2, 1)


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


def practice_with(rows, planned=(1,), drafted_on=DRAFTED):
    practice = factories.practice()
    story.years(practice, rows)
    for number in planned:
        story.plan(practice, number, drafted_on)
    return practice


def course(practice, number=1):
    with practice_scope(practice):
        return course_of(practice=practice, high_user=HighUser.objects.get(number=number))


def others(number=20, seed=2):
    rows = synthetic(np.random.default_rng(seed), number).tolist()
    return {10 + place: row for place, row in enumerate(rows)}


def upright(chart):
    """Where the dashed upright line of the plan stands, and the points of the first line."""
    tree = ElementTree.fromstring(chart.svg)
    lines = [line.attrib for line in tree.iter(f"{SVG}line")]
    marks = [float(one["x1"]) for one in lines if one["x1"] == one["x2"]]
    points = next(tree.iter(f"{SVG}polyline")).attrib["points"].split()
    return marks, [float(point.split(",")[0]) for point in points]


def test_a_point_per_extract_and_the_practices_own_course_beside_it():
    rows = others() | {1: (35, 60, 41)}
    found = course(practice_with(rows))
    (chart,) = found.charts
    expected = (
        60
        * sum(r[2] for k, r in rows.items() if k > 1)
        / sum(r[1] for k, r in rows.items() if k > 1)
    )
    assert chart.headers == ("Twelve months until", "Contacts", "Expected without a plan")
    assert chart.rows == (
        ("31 dec 2022", "35", "not known"),
        ("31 dec 2023", "60", "60"),
        ("31 dec 2024", "41", f"{expected:.0f}"),
    )
    assert found.expectation.startswith("Expected without a plan: what the other high users")
    assert chart.conclusion == (
        f"41 contacts in the year after the choice; without a plan about {expected:.0f} were to be "
        "expected."
    )


def test_the_start_of_the_plan_stands_where_it_lies_in_time():
    (chart,) = course(practice_with(others() | {1: (35, 60, 41)})).charts
    (mark,), (first, second, third) = upright(chart)
    share = (DRAFTED - story.end(1)) / (story.end(2) - story.end(1))
    assert mark == pytest.approx(second + (third - second) * share, abs=0.2)
    assert first < second


def test_the_region_tells_what_to_expect_where_it_has_been_computed():
    lists = np.split(synthetic(np.random.default_rng(9), 200), 4)
    told = []
    for rows in lists:
        practice_with(story.listed(rows), planned=())
        told.append([tuple(row) for row in rows.tolist()])
    practice = practice_with(others(number=20) | {1: (35, 60, 41)})
    services.compute_region_effect(effect_id=RegionEffect.objects.create().pk)
    own = [tuple(row) for row in others(number=20).values()]
    expected = oracle.expected_of(
        [*(((), one) for one in told), (((35, 60, 41),), own)], two_years=True
    )
    found = course(practice)
    assert found.charts[0].rows[2][2] == f"{expected:.0f}"
    assert "of this region" in found.expectation


def test_a_plan_that_runs_has_a_place_for_the_year_that_comes():
    rows = {number: row[:2] for number, row in (others() | {1: (35, 60, 41)}).items()}
    practice = practice_with(rows)
    story_rows = practice_with(others(number=40, seed=8), planned=())
    assert story_rows != practice
    services.compute_region_effect(effect_id=RegionEffect.objects.create().pk)
    (chart,) = course(practice).charts
    assert [row[0] for row in chart.rows] == ["31 dec 2022", "31 dec 2023", "31 dec 2024"]
    assert chart.rows[2][1] == "not known"
    assert float(chart.rows[2][2]) > 0
    assert "are to be expected in the next extract" in chart.conclusion


def test_without_anybody_to_learn_from_the_sentence_stands_alone():
    found = course(practice_with({1: (35, 60, 41), 2: (30, 40, 30)}))
    (chart,) = found.charts
    assert chart.headers == ("Twelve months until", "Contacts")
    assert "cannot be told yet" in found.expectation


def test_without_a_plan_there_is_no_mark_and_no_expectation():
    found = course(practice_with({1: (35, 60, 41)}, planned=()))
    assert upright(found.charts[0])[0] == []
    assert found.expectation == ""


def test_who_is_missing_from_an_extract_leaves_a_gap():
    (chart,) = course(practice_with(others() | {1: (35, None, 41)}, planned=())).charts
    assert chart.rows[1] == ("31 dec 2023", "not known")


def test_extracts_of_other_lengths_are_left_out():
    practice = practice_with({1: (35, 60, 41)})
    story.extract(practice, 3, {1: 70}, period_start=date(2025, 1, 1), period_end=date(2025, 6, 30))
    assert len(course(practice).charts[0].rows) == 3


def set_rows(practice, **fields):
    with practice_scope(practice):
        PatientTotal.objects.filter(patient_key=story.key(1)).update(**fields)


def test_kinds_have_a_figure_of_their_own():
    practice = practice_with({1: (35, 60, 41)})
    set_rows(
        practice, by_type={"consultation/practice": 20, "telephone/remote": 15, "visit/home": 3}
    )
    total, kinds = course(practice).charts
    assert kinds.headers == (
        "Twelve months until",
        "At the practice",
        "At home",
        "Telephone or online",
    )
    assert kinds.rows[0] == ("31 dec 2022", "20", "3", "15")
    assert len(upright(kinds)[0]) == 1
    assert total.title != kinds.title


def test_kinds_of_unknown_channel_only_are_no_figure():
    practice = practice_with({1: (35, 60, 41)})
    set_rows(practice, by_type={"consultation_by_length/unknown": 20})
    assert len(course(practice).charts) == 1


def test_months_where_every_extract_has_them():
    rows = others() | {1: (35, 60, 41)}
    practice = practice_with(rows)
    with practice_scope(practice):
        for total in PatientTotal.objects.filter(patient_key=story.key(1)).select_related(
            "extract"
        ):
            year = total.extract.period_end.year
            total.by_month = {f"{year}-01": total.contacts - 1, f"{year}-12": 1}
            total.save()
    (chart,) = course(practice).charts
    assert len(chart.rows) == 36
    assert chart.rows[0][:2] == ("jan 2022", "34")
    assert chart.rows[1][:2] == ("feb 2022", "0")
    level = [row[2] for row in chart.rows]
    assert level[:24] == ["not known"] * 24
    assert len(set(level[24:])) == 1
    (mark,), points = upright(chart)
    assert points[24] < mark < points[26]


def test_the_expected_course_has_its_place_before_the_year_after_the_choice_is_over():
    """Chosen on the last extract: the months to come hold what is expected, and no contacts."""
    practice = practice_with(others() | {1: (35, 60, 41)}, drafted_on=date(2025, 2, 1))
    with practice_scope(practice):
        for total in PatientTotal.objects.filter(patient_key=story.key(1)).select_related(
            "extract"
        ):
            total.by_month = {f"{total.extract.period_end.year}-01": total.contacts}
            total.save()
    (chart,) = course(practice).charts
    assert [row[0] for row in (chart.rows[0], chart.rows[35], chart.rows[-1])] == [
        "jan 2022", "dec 2024", "dec 2025",
    ]  # fmt: skip
    assert {row[1] for row in chart.rows[36:]} == {"not known"}
    assert [row[2] == "not known" for row in chart.rows] == [True] * 36 + [False] * 12
    (mark,), points = upright(chart)
    assert points[36 - 1] < mark


def test_months_of_one_extract_only_leave_it_at_points_per_extract():
    practice = practice_with(others() | {1: (35, 60, 41)})
    with practice_scope(practice):
        total = PatientTotal.objects.get(patient_key=story.key(1), extract__period_end=story.end(1))
        total.by_month = {"2023-01": 60}
        total.save()
    assert len(course(practice).charts[0].rows) == 3


def test_a_patient_in_no_extract_of_twelve_months():
    practice = factories.practice()
    with practice_scope(practice):
        HighUser.objects.create(practice=practice, patient_key=story.key(1), number=1)
    found = course(practice)
    assert (found.charts, found.expectation) == (
        (),
        "No extract of twelve months holds contacts of this patient.",
    )


def test_no_means_before_and_after_are_drawn():
    """Besides axes and the mark, every line is a run through the patient's own points or the
    expected ones: nothing level over a stretch before or after."""
    (chart,) = course(practice_with(others() | {1: (35, 60, 41)})).charts
    runs = list(ElementTree.fromstring(chart.svg).iter(f"{SVG}polyline"))
    assert len(runs) == 2
    assert [len(run.attrib["points"].split()) for run in runs] == [3, 2]


@pytest.mark.parametrize("number", [20, 80])
def test_queries_do_not_grow_with_patients(number, django_assert_max_num_queries):
    practice = practice_with(others(number=number) | {1: (35, 60, 41)})
    with practice_scope(practice):
        patient = HighUser.objects.get(number=1)
        with django_assert_max_num_queries(12):
            course_of(practice=practice, high_user=patient)


def test_a_plan_after_the_last_extract_stands_at_the_end():
    practice = practice_with({1: (35, 60, 41)}, drafted_on=story.end(2) + timedelta(days=40))
    (chart,) = course(practice).charts
    (mark,), points = upright(chart)
    assert mark > points[-1]
