"""Visits, questionnaires and exemptions as they count for a programme year."""

from datetime import date

import pytest

from monitoring import facts
from monitoring.models import Exemption, QuestionnaireAnswer, Visit
from practices.facts import programme_calendar
from practices.models import Practice
from practices.programme_calendar import Calendar
from tests import factories

pytestmark = pytest.mark.django_db
START = date(2023, 4, 1)
LAST_DAY = date(2024, 3, 31)
LATER = date(2026, 1, 1)


@pytest.fixture
def practice() -> Practice:
    return factories.practice(start_on=START)


def calendar(practice: Practice, as_of: date = LATER) -> Calendar:
    return programme_calendar(as_of, [practice.pk])


@pytest.mark.parametrize(
    ("held_on", "year"),
    [
        (date(2023, 3, 31), None),
        (START, 1),
        (LAST_DAY, 1),
        (date(2024, 4, 1), 2),
        (date(2025, 4, 1), None),
    ],
)
def test_the_year_of_a_visit(practice: Practice, held_on: date, year: int | None) -> None:
    Visit.objects.create(practice=practice, held_on=held_on, time_out_discussed=True)
    found = facts.visits(calendar(practice))
    assert found == ({} if year is None else {(practice.pk, year): held_on})


def test_a_visit_without_time_out_or_still_ahead_does_not_count(practice: Practice) -> None:
    Visit.objects.create(practice=practice, held_on=START, time_out_discussed=False)
    Visit.objects.create(practice=practice, held_on=LAST_DAY, time_out_discussed=True)
    assert facts.visits(calendar(practice, date(2024, 3, 30))) == {}
    assert facts.visits(calendar(practice, LAST_DAY)) == {(practice.pk, 1): LAST_DAY}


def test_an_answer_counts_from_its_day_early_or_late(practice: Practice) -> None:
    early, late = date(2023, 12, 1), date(2025, 12, 1)
    for year, answered_on in ((1, early), (2, late)):
        QuestionnaireAnswer.objects.create(
            practice=practice,
            programme_year=year,
            answered_on=answered_on,
            plans_made=False,
            lasting_habit=False,
            flexible_in_use=False,
        )
    assert facts.questionnaires(calendar(practice, early)) == {(practice.pk, 1): early}
    assert facts.questionnaires(calendar(practice, late)) == {
        (practice.pk, 1): early,
        (practice.pk, 2): late,
    }


def test_exemptions_count_from_the_day_they_are_recorded(practice: Practice) -> None:
    for intervention, recorded_on in ((3, START), (5, LAST_DAY)):
        Exemption.objects.create(
            practice=practice,
            intervention=intervention,
            programme_year=1,
            recorded_on=recorded_on,
            reason="verbouwing",
        )
    assert facts.exemptions(calendar(practice, START)) == {(practice.pk, 1): frozenset({3})}
    assert facts.exemptions(calendar(practice)) == {(practice.pk, 1): frozenset({3, 5})}


def test_what_follows_a_stop_does_not_change_the_years_before_it() -> None:
    stopped = date(2024, 6, 1)
    practice = factories.practice(start_on=START, stopped_on=stopped)
    Exemption.objects.create(
        practice=practice,
        intervention=3,
        programme_year=1,
        recorded_on=date(2024, 6, 2),
        reason="verbouwing",
    )
    QuestionnaireAnswer.objects.create(
        practice=practice,
        programme_year=1,
        answered_on=date(2024, 6, 2),
        plans_made=True,
        lasting_habit=True,
        flexible_in_use=True,
    )
    assert facts.exemptions(calendar(practice)) == {}
    assert facts.questionnaires(calendar(practice)) == {}
