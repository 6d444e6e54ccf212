"""Who is compared with whom in one practice, and when there is nothing to compare."""

from datetime import date

import numpy as np
import pytest

from bench.effect_trials import synthetic
from highusers.effect.figures import Basis, figures_of
from highusers.effect.groups import Tally
from highusers.effect.permutation import Estimate
from highusers.effect.reasons import Reason
from highusers.effect.services import keep_years
from highusers.models import Extract, PatientTotal
from highusers.retention import delete_totals
from practices.isolation import practice_scope
from tests import factories
from tests.highusers.effect import oracle, story

pytestmark = pytest.mark.django_db
IN_YEAR_2 = date(2024, 2, 1)


def read(practice, **kwargs):
    with practice_scope(practice):
        return figures_of(practice, **kwargs)


def chosen_year(practice):
    """The figures of the middle one of three years."""
    return next(one for one in read(practice) if one.year.period_end == story.end(1))


def patients(*, number=40, seed=1):
    return story.listed(synthetic(np.random.default_rng(seed), number))


def a_practice(contacts, planned=(1, 2, 3, 4, 5), **fields):
    practice = factories.practice()
    story.years(practice, contacts, **fields)
    for one in planned:
        story.plan(practice, one, IN_YEAR_2)
    return practice


def test_planned_patients_beside_the_other_high_users_of_the_same_extract():
    contacts = patients()
    found = chosen_year(a_practice(contacts))
    planned = [tuple(contacts[one]) for one in range(1, 6)]
    others = [tuple(contacts[one]) for one in range(6, 41)]
    assert found.tally == Tally(planned=5, compared=35)
    assert [(row.u, row.v0, row.v1) for row in found.planned] == planned
    assert isinstance(found.outcome, Estimate)
    assert found.outcome.ratio == pytest.approx(oracle.practice_ratio(planned, others), rel=1e-9)
    assert found.sums[Basis.ONE_YEAR].patients == 35
    assert found.sums[Basis.TWO_YEARS].products[0] == sum(v1 for _u, _v0, v1 in others)


def test_who_takes_no_part():
    contacts = patients()
    practice = a_practice(contacts)
    story.judged(practice, 6, 1, "no")
    story.judged(practice, 7, 1, "doubt")
    story.judged(practice, 8, 0, "no")
    # Drawn up before the extract ended, in the year after on another extract, and after it all.
    story.plan(practice, 9, date(2023, 6, 1))
    story.plan(practice, 10, IN_YEAR_2, period_end=date(2024, 1, 15))
    story.plan(practice, 11, date(2025, 1, 1))
    # Chosen on this extract, and judged after all; chosen, though a plan of before went on.
    story.judged(practice, 1, 1, "no")
    story.plan(practice, 2, date(2023, 3, 1), period_end=story.end(0))
    found = chosen_year(practice)
    assert found.tally == Tally(
        planned=4, compared=32, not_influenceable=1, planned_earlier=2, planned_meanwhile=1
    )
    assert [row.v0 for row in found.planned] == [contacts[one][1] for one in (1, 3, 4, 5)]


def test_who_is_not_in_the_later_extract_dropped_out():
    contacts = patients()
    for one in (2, 20, 21, 22):
        contacts[one][2] = None
    found = chosen_year(a_practice(contacts))
    assert found.tally == Tally(planned=4, compared=32, planned_gone=1, compared_gone=3)


def test_who_is_not_in_the_extract_before_is_left_out_of_the_fit_on_two_years():
    contacts = patients()
    for one in (1, 30, 31):
        contacts[one][0] = None
    found = chosen_year(a_practice(contacts))
    assert found.sums[Basis.ONE_YEAR].patients == 35
    assert found.sums[Basis.TWO_YEARS].patients == 33
    assert len(found.planned_by(Basis.ONE_YEAR)) == 5
    assert len(found.planned_by(Basis.TWO_YEARS)) == 4


def test_a_plan_without_an_extract_goes_by_the_latest_that_was_over():
    practice = a_practice(patients(), planned=())
    for number, day in ((1, date(2023, 12, 30)), (2, story.end(1)), (3, story.end(2))):
        story.plan(practice, number, day)
    found = {one.year.period_end.year: one.tally.planned for one in read(practice)}
    assert found[2023] == 1
    told = chosen_year(practice)
    assert told.tally.planned_earlier == 1


def one_extract_other(practice, year, **fields):
    Extract.objects.filter(practice=practice, period_end=story.end(year)).update(**fields)


def test_an_extract_of_high_users_only_shows_nothing():
    contacts = patients()
    practice = factories.practice()
    for year in (0, 1):
        story.extract(practice, year, {who: listed[year] for who, listed in contacts.items()})
    later = {who: listed[2] for who, listed in contacts.items() if listed[2] >= story.THRESHOLD}
    story.extract(practice, 2, later, full=False)
    for one in (1, 2, 3, 4, 5):
        story.plan(practice, one, IN_YEAR_2)
    assert chosen_year(practice).outcome is Reason.CENSORED
    assert chosen_year(practice).sums == {}


def test_a_year_before_of_high_users_only_does_not_serve_as_one():
    contacts = patients()
    practice = factories.practice()
    before = {who: listed[0] for who, listed in contacts.items() if listed[0] >= story.THRESHOLD}
    story.extract(practice, 0, before, full=False)
    for year in (1, 2):
        story.extract(practice, year, {who: listed[year] for who, listed in contacts.items()})
    assert set(chosen_year(practice).sums) == {Basis.ONE_YEAR}


def test_other_contacts_counted_cannot_be_compared():
    practice = a_practice(patients())
    one_extract_other(practice, 2, definition_version=2)
    assert chosen_year(practice).outcome is Reason.OTHER_DEFINITION
    one_extract_other(practice, 2, definition_version=1)
    one_extract_other(practice, 0, definition="Regioprestatie")
    assert set(chosen_year(practice).sums) == {Basis.ONE_YEAR}


def test_periods_that_do_not_follow_on_each_other():
    practice = a_practice(patients())
    one_extract_other(practice, 2, period_start=date(2024, 1, 2), period_end=date(2025, 1, 1))
    assert chosen_year(practice).outcome is Reason.NO_LATER_EXTRACT
    one_extract_other(practice, 1, period_start=date(2023, 2, 1))
    assert chosen_year(practice).outcome is Reason.NOT_TWELVE_MONTHS


def test_a_leap_year_is_a_year():
    practice = factories.practice()
    contacts = patients(number=30)
    ends = [date(2023, 2, 28), date(2024, 2, 29), date(2025, 2, 28)]
    starts = [date(2022, 3, 1), date(2023, 3, 1), date(2024, 3, 1)]
    for year, (first, last) in enumerate(zip(starts, ends, strict=True)):
        rows = {who: listed[year] for who, listed in contacts.items()}
        story.extract(practice, year, rows, period_start=first, period_end=last)
    for one in (1, 2, 3, 4, 5):
        story.plan(practice, one, date(2024, 5, 1))
    found = next(one for one in read(practice) if one.year.period_end == ends[1])
    assert set(found.sums) == {Basis.ONE_YEAR, Basis.TWO_YEARS}
    assert isinstance(found.outcome, Estimate)


def test_figures_of_the_regions_spreadsheet_are_no_year():
    practice = a_practice(patients())
    one_extract_other(practice, 1, source="region")
    assert story.end(1) not in {one.year.period_end for one in read(practice)}


@pytest.mark.parametrize("number", [30, 90])
def test_six_queries_however_many_patients_and_years(number, django_assert_num_queries):
    practice = a_practice(patients(number=number))
    with practice_scope(practice), django_assert_num_queries(6):
        figures_of(practice)


def test_another_practice_sees_nothing_of_it():
    a_practice(patients())
    assert read(factories.practice()) == []


def test_figures_outlive_the_rows_of_patients_without_a_plan():
    practice = a_practice(patients())
    before = chosen_year(practice)
    with practice_scope(practice):
        gone = delete_totals(practice, date(2025, 2, 1))
        left = PatientTotal.objects.filter(extract__period_end=story.end(0), contacts__lt=30)
        planned = {story.key(one) for one in range(1, 6)}
        assert {bytes(row.patient_key) for row in left} <= planned
    assert gone > 10
    after = chosen_year(practice)
    assert (after.outcome, after.sums, after.planned) == (
        before.outcome,
        before.sums,
        before.planned,
    )
    assert after.tally == before.tally


def test_what_is_kept_is_not_counted_anew():
    """The groups stand once the year after is known: who gets a plan later changes no figure."""
    practice = a_practice(patients())
    before = chosen_year(practice)
    with practice_scope(practice):
        delete_totals(practice, date(2025, 2, 1))
    story.plan(practice, 30, date(2024, 11, 1))
    assert chosen_year(practice).outcome == before.outcome
    assert len(chosen_year(practice).planned) == 5


def test_a_new_file_for_a_year_takes_the_place_of_what_was_kept():
    contacts = patients()
    practice = a_practice(contacts)
    with practice_scope(practice):
        keep_years(practice, [one.pk for one in Extract.objects.filter(practice=practice)])
        later = Extract.objects.get(practice=practice, period_end=story.end(2))
        PatientTotal.objects.filter(extract=later, patient_key=story.key(20)).delete()
    assert chosen_year(practice).tally.compared == 35
    later.save()
    assert chosen_year(practice).tally == Tally(planned=5, compared=34, compared_gone=1)


def test_rows_that_went_unkept_are_told():
    practice = a_practice(patients())
    with practice_scope(practice):
        below = PatientTotal.objects.filter(contacts__lt=30, extract__period_end=story.end(2))
        below.delete()
    assert chosen_year(practice).outcome is Reason.ROWS_GONE
