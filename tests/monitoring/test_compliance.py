"""Each rule of the engine by itself, on facts written out by hand."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from monitoring.compliance import Group, Obligation, Part, Status, YearFacts, judge
from practices.norms import SHIPPED_NORMS, Norms
from practices.programme_calendar import Participant

START = date(2023, 4, 1)
END_1 = date(2024, 3, 31)
END_2 = date(2025, 3, 31)
ALL_DONE = YearFacts(
    extract_on=START,
    plans=5,
    assistants=Group(4, 2),
    visit_on=START,
    schedule_from=START,
    professionals=Group(3, 2),
    gps_twice=Group(2, 1),
    answered_on=START,
)
NOTHING = YearFacts()


def obligation(
    intervention: int,
    year: int,
    as_of: date,
    facts: YearFacts = NOTHING,
    *,
    stopped_on: date | None = None,
    norms: Norms = SHIPPED_NORMS,
) -> Obligation:
    practice = Participant(1, "01000001", 1, START, stopped_on, (norms, norms))
    standing = judge(practice, (facts, facts), as_of)
    return next(
        one
        for one in standing.obligations
        if (one.intervention, one.programme_year) == (intervention, year)
    )


def part(name: str, intervention: int, year: int, as_of: date, *facts: YearFacts) -> Part:
    found = obligation(intervention, year, as_of, *facts)
    return next(one for one in found.parts if one.name == name)


def days_before(deadline: date, days: int) -> date:
    return deadline - timedelta(days=days)


def test_every_obligation_of_two_years_in_order() -> None:
    practice = Participant(1, "01000001", 1, START, None, (SHIPPED_NORMS, SHIPPED_NORMS))
    standing = judge(practice, (NOTHING, NOTHING), START)
    assert [
        (one.intervention, one.programme_year, one.deadline, [p.name for p in one.parts])
        for one in standing.obligations
    ] == [
        (1, 1, END_1, ["extract", "plans", "questionnaire"]),
        (1, 2, END_2, ["extract", "plans", "questionnaire"]),
        (2, 1, END_1, ["assistants"]),
        (3, 1, END_1, ["visit"]),
        (4, 1, END_1, ["schedule", "questionnaire"]),
        (5, 1, END_1, ["professionals"]),
        (6, 1, END_1, ["gps_twice"]),
        (6, 2, END_2, ["gps_twice"]),
    ]


@pytest.mark.parametrize(
    ("as_of", "year", "ends"),
    [
        (days_before(START, 1), None, None),
        (START, 1, END_1),
        (END_1, 1, END_1),
        (END_1 + timedelta(days=1), 2, END_2),
        (date(2026, 4, 1), 4, date(2027, 3, 31)),
    ],
)
def test_the_programme_year_goes_on_after_the_second(
    as_of: date, year: int | None, ends: date | None
) -> None:
    practice = Participant(1, "01000001", 1, START, None, (SHIPPED_NORMS, SHIPPED_NORMS))
    standing = judge(practice, (NOTHING, NOTHING), as_of)
    assert (standing.programme_year, standing.year_ends) == (year, ends)


@pytest.mark.parametrize(
    ("as_of", "status"),
    [
        (days_before(START, 1), Status.NOT_DUE),
        (START, Status.ON_TRACK),
        (days_before(END_1, 91), Status.ON_TRACK),
        (days_before(END_1, 90), Status.AT_RISK),
        (END_1, Status.AT_RISK),
        (END_1 + timedelta(days=1), Status.MISSED),
    ],
)
def test_an_open_part_over_time(as_of: date, status: Status) -> None:
    assert part("visit", 3, 1, as_of).status is status
    assert obligation(3, 1, as_of).status is status


@pytest.mark.parametrize(
    ("as_of", "answered", "open_"),
    [
        (END_1, Status.NOT_DUE, Status.NOT_DUE),
        (END_1 + timedelta(days=1), Status.MET, Status.ON_TRACK),
        (END_1 + timedelta(days=59), Status.MET, Status.ON_TRACK),
        (END_1 + timedelta(days=60), Status.MET, Status.AT_RISK),
        (END_1 + timedelta(days=90), Status.MET, Status.AT_RISK),
        (END_1 + timedelta(days=91), Status.MET, Status.MISSED),
    ],
)
def test_a_questionnaire_opens_after_the_year_and_has_its_own_deadline(
    as_of: date, answered: Status, open_: Status
) -> None:
    assert part("questionnaire", 1, 1, as_of, YearFacts(answered_on=START)).status is answered
    assert part("questionnaire", 1, 1, as_of).status is open_


def test_an_answer_before_the_questionnaire_opens_shows_and_does_not_count() -> None:
    early = part("questionnaire", 4, 1, END_1, YearFacts(answered_on=START))
    assert (early.achieved, early.required, early.status) == (1, 1, Status.NOT_DUE)


def test_an_unopened_questionnaire_is_left_out_of_the_obligation() -> None:
    in_use = YearFacts(schedule_from=START)
    assert obligation(4, 1, END_1, in_use).status is Status.MET
    assert obligation(4, 1, END_1 + timedelta(days=1), in_use).status is Status.ON_TRACK


@pytest.mark.parametrize(
    ("people", "required"), [(1, 1), (2, 1), (3, 2), (4, 2), (5, 3), (6, 3), (7, 4)]
)
def test_half_is_rounded_up(people: int, required: int) -> None:
    found = part("professionals", 5, 1, START, YearFacts(professionals=Group(people, required - 1)))
    assert (found.required, found.status) == (required, Status.ON_TRACK)
    enough = YearFacts(professionals=Group(people, required))
    assert part("professionals", 5, 1, START, enough).status is Status.MET


def test_nobody_in_the_group_is_not_applicable_once_the_year_has_begun() -> None:
    nobody = part("assistants", 2, 1, START)
    assert (nobody.achieved, nobody.required, nobody.status) == (0, 0, Status.NOT_APPLICABLE)
    assert obligation(2, 1, START).status is Status.NOT_APPLICABLE
    assert part("assistants", 2, 1, days_before(START, 1)).status is Status.NOT_DUE


def test_figures_are_not_capped_and_show_before_they_are_due() -> None:
    plans = part("plans", 1, 2, START, YearFacts(plans=7))
    assert (plans.achieved, plans.required, plans.status) == (7, 5, Status.NOT_DUE)


def test_the_worst_part_decides() -> None:
    only_extract = YearFacts(extract_on=START)
    found = obligation(1, 1, END_1 + timedelta(days=1), only_extract)
    assert [one.status for one in found.parts] == [Status.MET, Status.MISSED, Status.ON_TRACK]
    assert found.status is Status.MISSED


def test_a_met_obligation_waits_for_its_questionnaire() -> None:
    done = replace(ALL_DONE, answered_on=None)
    day = END_1 + timedelta(days=60)
    assert obligation(1, 1, day, done).status is Status.AT_RISK
    assert obligation(1, 1, day, ALL_DONE).status is Status.MET


def test_an_exemption_excuses_its_intervention_only() -> None:
    exempt = YearFacts(exempt=frozenset({1}))
    found = obligation(1, 1, START, exempt)
    assert [(p.achieved, p.required, p.status) for p in found.parts] == [
        (0, 0, Status.NOT_APPLICABLE),
        (0, 0, Status.NOT_APPLICABLE),
        (0, 1, Status.NOT_DUE),
    ]
    assert found.status is Status.NOT_APPLICABLE
    assert obligation(4, 1, START, exempt).status is Status.ON_TRACK


def test_an_exempted_questionnaire_is_not_applicable_once_it_is_open() -> None:
    exempt = YearFacts(exempt=frozenset({1}), answered_on=START)
    day = END_1 + timedelta(days=1)
    found = part("questionnaire", 1, 1, day, exempt)
    assert (found.achieved, found.required, found.status) == (0, 0, Status.NOT_APPLICABLE)


def test_an_exemption_before_the_year_leaves_it_not_due() -> None:
    exempt = YearFacts(exempt=frozenset({1}), plans=1)
    found = obligation(1, 2, START, exempt)
    assert found.status is Status.NOT_DUE
    assert [(p.achieved, p.required) for p in found.parts] == [(0, 1), (1, 5), (0, 1)]


def test_a_stop_excuses_the_years_not_seen_out() -> None:
    stopped = date(2024, 6, 1)
    found = obligation(1, 2, date(2025, 3, 31), ALL_DONE, stopped_on=stopped)
    assert [(p.achieved, p.required, p.status) for p in found.parts] == [
        (0, 0, Status.NOT_APPLICABLE),
        (0, 0, Status.NOT_APPLICABLE),
        (1, 1, Status.NOT_DUE),
    ]
    assert found.status is Status.NOT_APPLICABLE
    later = obligation(1, 2, date(2025, 4, 1), ALL_DONE, stopped_on=stopped)
    assert [(p.required, p.status) for p in later.parts] == [(0, Status.NOT_APPLICABLE)] * 3


def test_a_stop_keeps_the_status_of_its_day_for_the_years_before() -> None:
    stopped = END_1 + timedelta(days=60)
    found = obligation(1, 1, date(2026, 1, 1), YearFacts(extract_on=START), stopped_on=stopped)
    assert [one.status for one in found.parts] == [Status.MET, Status.MISSED, Status.AT_RISK]


def test_a_stop_on_the_deadline_itself_misses_nothing() -> None:
    found = obligation(3, 1, date(2026, 1, 1), stopped_on=END_1)
    assert found.status is Status.AT_RISK
    day_earlier = obligation(3, 1, date(2026, 1, 1), stopped_on=days_before(END_1, 1))
    assert day_earlier.status is Status.NOT_APPLICABLE


def test_a_stop_that_lies_ahead_changes_nothing() -> None:
    stopped = date(2023, 12, 1)
    assert obligation(3, 1, days_before(stopped, 1), stopped_on=stopped).status is Status.ON_TRACK
    assert obligation(3, 1, stopped, stopped_on=stopped).status is Status.NOT_APPLICABLE


def test_a_stop_before_the_start_leaves_years_not_due_until_they_begin() -> None:
    stopped = days_before(START, 10)
    assert obligation(6, 1, days_before(START, 1), stopped_on=stopped).status is Status.NOT_DUE
    assert obligation(6, 1, START, stopped_on=stopped).status is Status.NOT_APPLICABLE


def test_norms_decide_what_is_required_and_when() -> None:
    norms = replace(
        SHIPPED_NORMS,
        plans=3,
        gps_percent=100,
        at_risk_days=10,
        questionnaire_days=30,
        questionnaire_at_risk_days=5,
    )
    facts = YearFacts(plans=3, gps_twice=Group(3, 2))
    day = days_before(END_1, 11)
    assert obligation(1, 1, day, facts, norms=norms).parts[1].status is Status.MET
    gps = obligation(6, 1, day, facts, norms=norms).parts[0]
    assert (gps.required, gps.people, gps.status) == (3, 3, Status.ON_TRACK)
    statuses = [
        obligation(4, 1, END_1 + timedelta(days=days), norms=norms).parts[1].status
        for days in (24, 25, 30, 31)
    ]
    assert statuses == [Status.ON_TRACK, Status.AT_RISK, Status.AT_RISK, Status.MISSED]
