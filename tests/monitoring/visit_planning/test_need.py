"""Why a practice needs help, by table; the engine itself makes the standings."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from monitoring.compliance import NO_FACTS, YearFacts, judge
from monitoring.models import QuestionnaireAnswer
from monitoring.visit_planning.known import contradicted
from monitoring.visit_planning.need import Reason, Situation, Why, need, urgency
from practices.norms import SHIPPED_NORMS
from practices.programme_calendar import Group, Participant

START = date(2024, 4, 1)
LAST_1, LAST_2 = date(2025, 3, 31), date(2026, 3, 31)
YEAR_2 = date(2025, 9, 1)
EARLIER = date(2025, 8, 20)
DONE = YearFacts(
    extract_on=date(2024, 6, 30),
    plans=5,
    assistants=Group(2, 1),
    visit_on=date(2024, 9, 1),
    schedule_from=date(2024, 9, 1),
    professionals=Group(3, 2),
    gps_twice=Group(2, 1),
    answered_on=date(2025, 4, 2),
)


def stands(day, year_1=DONE, year_2=DONE, stopped_on=None):
    participant = Participant(
        practice_id=1,
        code="01000001",
        cohort_id=1,
        start_on=START,
        stopped_on=stopped_on,
        norms=(SHIPPED_NORMS, SHIPPED_NORMS),
    )
    return judge(participant, [year_1, year_2], day)


def of(day, year_1=DONE, year_2=DONE, stopped_on=None, **known):
    situation = Situation(standing=stands(day, year_1, year_2, stopped_on), **known)
    return list(need(situation, day))


NO_PLANS = replace(DONE, plans=0)
NOT_ANSWERED = replace(DONE, answered_on=None)

TABLE = {
    "all is well": (of(YEAR_2), []),
    "plans of year 1 were missed": (
        of(YEAR_2, year_1=NO_PLANS),
        [Reason(Why.LATE, 1, (1,), LAST_1)],
    ),
    "missed more than a year ago is history": (
        of(LAST_1 + timedelta(days=366), year_1=NO_PLANS),
        [],
    ),
    "a questionnaire counts however late": (
        of(date(2026, 9, 1), year_1=NOT_ANSWERED),
        [Reason(Why.LATE, 2, (1, 4), LAST_1 + timedelta(days=90))],
    ),
    "plans of year 2 are at risk": (
        of(date(2026, 2, 1), year_2=replace(DONE, plans=3)),
        [Reason(Why.AT_RISK, 1, (1,), LAST_2)],
    ),
    "a missed visit of year 1 is not the practice's": (
        of(YEAR_2, year_1=replace(DONE, visit_on=None)),
        [],
    ),
    "a visit is due at 90 days": (
        of(LAST_2 - timedelta(days=90), visit_until=LAST_2),
        [Reason(Why.VISIT_DUE, 90, day=LAST_2)],
    ),
    "a year went by without a visit": (
        of(LAST_1 + timedelta(days=1), visit_until=LAST_2, year_missed=1),
        [Reason(Why.VISIT_DUE, 364, (1,), LAST_1)],
    ),
    "a year went by without a visit and one is planned": (of(YEAR_2, year_missed=1), []),
    "a visit is not due at 91 days": (of(LAST_2 - timedelta(days=91), visit_until=LAST_2), []),
    "it asks for another date": (
        of(YEAR_2, another_date_since=EARLIER),
        [Reason(Why.ANOTHER_DATE, day=EARLIER)],
    ),
    "its plan waits": (
        of(YEAR_2, plan_waits_since=EARLIER),
        [Reason(Why.PLAN_WAITS, day=EARLIER)],
    ),
    "the consultant has agreements open": (
        of(YEAR_2, own_agreements=3, late_agreements=1),
        [Reason(Why.AGREEMENTS, 3, (1,))],
    ),
    "a no contradicts the figures": (
        of(YEAR_2, contradicted=(1,)),
        [Reason(Why.CONTRADICTS, 1, (1,))],
    ),
    "it did not begin yet": (
        of(START - timedelta(days=1), NO_FACTS, NO_FACTS, visit_until=LAST_1, own_agreements=1),
        [],
    ),
    "it stopped": (of(YEAR_2, NO_PLANS, stopped_on=YEAR_2, plan_waits_since=EARLIER), []),
}


@pytest.mark.parametrize(("found", "wanted"), TABLE.values(), ids=TABLE)
def test_reasons(found, wanted):
    assert found == wanted


def test_the_heaviest_reason_stands_first():
    found = of(
        LAST_2 - timedelta(days=30),
        year_1=replace(DONE, plans=0),
        year_2=replace(DONE, plans=3),
        visit_until=LAST_2,
        another_date_since=EARLIER,
        plan_waits_since=EARLIER,
        contradicted=(1,),
        own_agreements=1,
    )
    assert [one.why for one in found] == list(Why)


def test_practices_are_sorted_by_the_heaviest_reason_then_how_many_then_the_day():
    late = (Reason(Why.LATE, 1, (1,), LAST_1),)
    two = (Reason(Why.AT_RISK, 1, (1,), LAST_2), Reason(Why.CONTRADICTS, 1, (1,)))
    sooner = (Reason(Why.AT_RISK, 1, (1,), LAST_1),)
    later = (Reason(Why.AT_RISK, 1, (1,), LAST_2),)
    assert sorted([later, sooner, two, late], key=urgency) == [late, two, sooner, later]


@pytest.mark.parametrize(
    ("said", "facts", "wanted"),
    [
        ({}, DONE, ()),
        ({"plans_made": False}, DONE, (1,)),
        ({"plans_made": False}, replace(DONE, plans=4), ()),
        ({"flexible_in_use": False}, DONE, (1,)),
        ({"flexible_in_use": False}, replace(DONE, schedule_from=None), ()),
        ({"lasting_habit": False}, DONE, ()),
    ],
)
def test_a_no_contradicts_what_is_on_record(said, facts, wanted):
    answer = QuestionnaireAnswer(
        programme_year=1,
        **({"plans_made": True, "flexible_in_use": True, "lasting_habit": True} | said),
    )
    assert contradicted(stands(YEAR_2, year_1=facts), [answer]) == wanted
