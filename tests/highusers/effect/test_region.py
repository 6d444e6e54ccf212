"""The figures of the region: gathered practice by practice, stored, and asked for."""

from datetime import date, timedelta

import numpy as np
import pytest
from django.utils import timezone

from bench.effect_trials import synthetic
from highusers.effect import services, words
from highusers.effect.expected import Pooled
from highusers.effect.figures import Basis
from highusers.effect.pooling import fitted_from
from highusers.effect.reasons import Reason
from highusers.effect.region_page import best, region_shown
from highusers.effect.tasks import compute_each_night
from highusers.models import RegionEffect
from highusers.retention import delete_region_effects, delete_totals
from highusers.states import EffectState
from practices.isolation import practice_scope
from practices.models import AuditEvent, Practice
from tests import factories
from tests.highusers.effect import oracle, story

pytestmark = pytest.mark.django_db
DRAFTED = date(2024, 2, 1)
PLANNED = 5


def region(*, practices=12, patients=25, before=True, planned=PLANNED):
    """Practices with three years (or two) of full extracts; returns (planned, others) of each."""
    lists = np.split(synthetic(np.random.default_rng(5), practices * patients), practices)
    told = []
    for rows in lists:
        practice = factories.practice()
        for year in range(0 if before else 1, 3):
            story.extract(practice, year, {n: row[year] for n, row in story.listed(rows).items()})
        for number in range(1, planned + 1):
            story.plan(practice, number, DRAFTED)
        listed = [tuple(row) for row in rows.tolist()]
        told.append((listed[:planned], listed[planned:]))
    return told


def computed():
    asked = RegionEffect.objects.create()
    services.compute_region_effect(effect_id=asked.pk)
    asked.refresh_from_db()
    assert asked.state == EffectState.DONE
    return asked


def everybody(rows):
    return [one for planned, others in rows for one in (*planned, *others)]


def told(pooled):
    return {
        "ratio": pooled.estimate.ratio,
        "low": pooled.estimate.low,
        "high": pooled.estimate.high,
        "expected": pooled.expected,
        "avoided": pooled.avoided,
        "avoided_low": pooled.avoided_low,
        "avoided_high": pooled.avoided_high,
    }


def test_agrees_with_plain_loops_over_the_rows():
    rows = region()
    effect = computed()
    for basis in Basis:
        fitted = fitted_from(effect.figures[basis])
        assert isinstance(fitted.outcome, Pooled)
        two_years = basis is Basis.TWO_YEARS
        # On one year, the high users of the first extract and what they did next tell as well.
        more = [] if two_years else [(0, u, v0) for u, v0, _v1 in everybody(rows) if u >= 30]
        expected = oracle.region(rows, two_years=two_years, more=more)
        assert told(fitted.outcome) == pytest.approx(expected, rel=1e-9)
    assert best(effect)[0] is Basis.TWO_YEARS
    assert not region_shown(effect).sensitive


def test_it_stays_the_same_when_rows_have_gone():
    rows = region()
    for practice in Practice.objects.all():
        with practice_scope(practice):
            assert delete_totals(practice, date(2025, 2, 1))
    fitted = fitted_from(computed().figures[Basis.TWO_YEARS])
    assert told(fitted.outcome) == pytest.approx(oracle.region(rows, two_years=True), rel=1e-9)


def test_without_the_year_before_the_figure_is_labelled():
    rows = region(before=False)
    effect = computed()
    basis, fitted = best(effect)
    assert basis is Basis.ONE_YEAR
    assert told(fitted.outcome) == pytest.approx(oracle.region(rows, two_years=False), rel=1e-9)
    assert fitted_from(effect.figures[Basis.TWO_YEARS]).outcome is Reason.NO_EXPECTATION
    assert region_shown(effect).sensitive


def test_too_few_patients_give_counts_and_the_expected_course_but_no_figure():
    region(practices=11, planned=4)
    shown = region_shown(computed())
    assert (shown.taking_part, shown.practices_taking_part) == ("44", 11)
    assert (shown.verdict, shown.plot, shown.avoided) == ("", "", "")
    assert shown.reason == words.reason(Reason.TOO_FEW_PATIENTS)
    assert words.without_plan() in shown.course


def test_enough_patients_in_too_few_practices_give_no_figure():
    region(practices=9, planned=6)
    assert best(computed())[1].outcome is Reason.TOO_FEW_PRACTICES


def test_fewer_than_ten_patients_are_not_told():
    region(practices=2, planned=4)
    shown = region_shown(computed())
    assert (shown.planned, shown.taking_part) == (words.shown_count(8), words.shown_count(9))
    assert words.shown_count(9) == "niet getoond (privacy)"
    assert shown.course == ""


def test_a_number_beside_a_hidden_one_is_told_to_tens():
    """Whoever knows how many plans there are would find who dropped out by a difference."""
    effect = RegionEffect(figures={})
    region()
    effect.figures = computed().figures
    exact = region_shown(effect)
    assert (exact.planned, exact.taking_part) == ("60", "60")
    effect.figures["covered"] |= {"planned": 64, "planned_gone": 3, "compared_gone": 12}
    shown = region_shown(effect)
    hidden = words.shown_count(3)
    near = words.near_count(60, 4)
    assert (shown.planned, shown.planned_gone, shown.taking_part) == (near, hidden, near)
    assert near not in ("60", hidden)
    assert near in shown.course
    assert shown.compared_gone == "12"
    effect.figures["covered"] |= {"planned_gone": 0}
    shown = region_shown(effect)
    assert (shown.planned, shown.taking_part) == (near, near), "their difference is hidden as well"


def test_a_practice_without_patients_to_compare_with_takes_no_part():
    rows = region()
    practice = factories.practice()
    contacts = {1: (20, 40, 30), 2: (25, 44, 40)}
    story.years(practice, contacts)
    for number in contacts:
        story.plan(practice, number, DRAFTED)
    effect = computed()
    fitted = fitted_from(effect.figures[Basis.TWO_YEARS])
    assert (fitted.unfit, fitted.practices) == (1, 12)
    assert told(fitted.outcome) == pytest.approx(oracle.region(rows, two_years=True), rel=1e-9)


def test_an_empty_region():
    shown = region_shown(computed())
    assert (shown.practices, shown.reason) == (0, words.reason(Reason.NO_EXPECTATION))


def test_no_patient_and_no_practice_stands_in_what_is_stored():
    region()
    figures = computed().figures
    assert set(figures) == {"covered", "one_year", "two_years"}
    flat = [value for part in figures.values() for value in part.values()]
    lists = [value for value in flat if isinstance(value, list)]
    # The coefficients of f are the only lists.
    assert sorted(map(len, lists)) == [2, 6]


def test_progress_is_told_by_the_practice():
    region(practices=2)
    effect = computed()
    assert (effect.steps_done, effect.steps_total) == (4, 4)
    assert effect.finished_at is not None


def test_the_second_worker_leaves_it_alone():
    asked = RegionEffect.objects.create(state=EffectState.RUNNING)
    services.compute_region_effect(effect_id=asked.pk)
    asked.refresh_from_db()
    assert (asked.state, asked.figures) == (EffectState.RUNNING, {})


def test_a_computation_that_fails_says_so(monkeypatch):
    asked = RegionEffect.objects.create()

    def breaks(*_args):
        raise ZeroDivisionError

    monkeypatch.setattr(services, "region_figures", breaks)
    with pytest.raises(ZeroDivisionError):
        services.compute_region_effect(effect_id=asked.pk)
    asked.refresh_from_db()
    assert asked.state == EffectState.FAILED


def test_asking_twice_gives_one_computation_and_one_line_in_the_trail():
    someone = factories.user()
    first = services.request_region_effect(actor=someone)
    assert services.request_region_effect(actor=someone) == first
    assert AuditEvent.objects.filter(object_type="highusers.regioneffect").count() == 1


def test_a_computation_without_a_sign_of_life_is_given_up():
    lost = services.request_region_effect(actor=None)
    silent = timezone.now() - services.SILENT_FOR - timedelta(seconds=1)
    RegionEffect.objects.filter(pk=lost.pk).update(heartbeat_at=silent)
    assert services.running() is None
    anew = services.request_region_effect(actor=None)
    assert anew != lost
    lost.refresh_from_db()
    assert lost.state == EffectState.FAILED


def test_the_night_asks_for_one():
    compute_each_night()
    assert RegionEffect.objects.get().requested_by is None


def test_old_computations_go_and_the_newest_stays():
    def made(days, state):
        found = RegionEffect.objects.create(state=state)
        at = timezone.now() - timedelta(days=days)
        RegionEffect.objects.filter(pk=found.pk).update(requested_at=at)
        return found

    made(120, EffectState.DONE)
    newest = made(100, EffectState.DONE)
    made(95, EffectState.FAILED)
    recent = made(3, EffectState.FAILED)
    assert delete_region_effects(timezone.localdate()) == 2
    assert set(RegionEffect.objects.all()) == {newest, recent}
