"""One next action out of a standing; the engine itself makes the standings."""

from datetime import date, timedelta

import pytest

from monitoring.compliance import NO_FACTS, Status, YearFacts, judge
from monitoring.next_action import Advice, next_action
from practices.norms import SHIPPED_NORMS
from practices.programme_calendar import Group, Participant

START = date(2024, 4, 1)
LAST_DAY = date(2025, 3, 31)
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
PEOPLE = {"assistants": Group(2, 0), "professionals": Group(3, 0), "gps_twice": Group(2, 0)}


def action(day, year_1=NO_FACTS, year_2=NO_FACTS, stopped_on=None, for_region=False):
    participant = Participant(
        practice_id=1,
        code="01000001",
        cohort_id=1,
        start_on=START,
        stopped_on=stopped_on,
        norms=(SHIPPED_NORMS, SHIPPED_NORMS),
    )
    standing = judge(participant, [year_1, year_2], day)
    return next_action(standing, as_of=day, for_region=for_region)


def found(**wanted):
    chosen = action(**wanted)
    return chosen.part.name, chosen.obligation.programme_year


def test_before_the_start_there_is_nothing_to_do():
    assert action(START - timedelta(days=1)).advice is Advice.NOT_STARTED


def test_the_first_thing_is_the_extract_then_the_plans():
    assert found(day=START) == ("extract", 1)
    assert found(day=START, year_1=YearFacts(extract_on=START)) == ("plans", 1)


def test_what_is_nearly_too_late_goes_first_in_the_order_of_the_list():
    late = YearFacts(extract_on=START, plans=5, **PEOPLE)
    assert found(day=LAST_DAY, year_1=late) == ("assistants", 1)


@pytest.mark.parametrize(("for_region", "wanted"), [(False, "schedule"), (True, "visit")])
def test_a_visit_is_an_action_for_the_region_only(for_region, wanted):
    facts = YearFacts(extract_on=START, plans=5)
    assert found(day=LAST_DAY, year_1=facts, for_region=for_region) == (wanted, 1)


def test_what_was_missed_for_good_is_no_action_but_its_questionnaire_is():
    day = LAST_DAY + timedelta(days=200)
    assert found(day=day, year_2=YearFacts(extract_on=day, plans=5)) == ("questionnaire", 1)


def test_what_can_still_be_in_time_goes_before_what_is_late_anyway():
    day = date(2026, 6, 20)
    assert found(day=day) == ("questionnaire", 2)
    later = date(2026, 8, 1)
    assert action(later).part.status is Status.MISSED
    assert found(day=later) == ("questionnaire", 1)


def test_all_met_is_done_and_all_lost_is_missed():
    day = date(2025, 4, 3)
    year_2 = YearFacts(extract_on=day, plans=5, gps_twice=Group(2, 1))
    assert action(day, DONE, year_2).advice is Advice.DONE
    lost = YearFacts(answered_on=date(2025, 4, 2))
    year_2_done = YearFacts(extract_on=day, plans=5, gps_twice=Group(2, 1), answered_on=day)
    assert action(date(2026, 4, 2), lost, year_2_done).advice is Advice.MISSED


def test_a_practice_that_stopped_is_left_alone_from_that_day_on():
    stop = START + timedelta(days=100)
    assert action(stop, stopped_on=stop).advice is Advice.STOPPED
    assert action(stop - timedelta(days=1), stopped_on=stop).advice is Advice.ACT


def test_an_exempted_obligation_asks_nothing():
    exempt = YearFacts(exempt=frozenset({1, 2, 3, 4, 5, 6}))
    assert action(LAST_DAY, exempt).advice is Advice.DONE
