"""Dates to propose, against the rules that the page tells."""

from datetime import date, time, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from monitoring.visit_planning.proposals import (
    Busy,
    Slot,
    Wanted,
    easter,
    is_holiday,
    proposals,
    slot_at,
)

TODAY = date(2027, 3, 1)  # a Monday
LATE = date(2027, 12, 31)


def test_the_first_visit_is_two_weeks_ahead_in_the_afternoon():
    assert proposals([Wanted(1, LATE)], [], TODAY) == {
        1: Slot(date(2027, 3, 15), time(13), time(14, 30))
    }


def test_visits_are_spread_one_a_day_and_three_a_week_the_most_urgent_first():
    wanted = [Wanted(number, LATE - timedelta(days=number)) for number in range(5)]
    found = proposals(wanted, [], TODAY)
    in_order = [slot.day for _number, slot in sorted(found.items(), reverse=True) if slot]
    assert in_order == [date(2027, 3, day) for day in (15, 16, 17, 22, 23)]


def test_what_stands_in_the_agenda_is_left_alone():
    busy = [
        Busy(date(2027, 3, 15)),  # all day
        Busy(date(2027, 3, 16), time(14, 0)),  # till midnight
        Busy(date(2027, 3, 17), time(9, 0), time(13, 1)),
    ]
    found = proposals([Wanted(1, LATE)], busy, TODAY)
    assert found[1] == Slot(date(2027, 3, 17), time(15), time(16, 30))


def test_what_meets_at_the_edge_is_no_clash():
    slot = slot_at(TODAY, time(13))
    assert not Busy(TODAY, time(11), time(13)).clashes(slot)
    assert not Busy(TODAY, time(14, 30), time(15)).clashes(slot)
    assert Busy(TODAY, time(14, 29), time(15)).clashes(slot)


def test_with_little_time_left_it_comes_sooner_and_beside_another():
    until = TODAY + timedelta(days=3)
    found = proposals([Wanted(1, until), Wanted(2, until), Wanted(3, until)], [], TODAY)
    day = date(2027, 3, 4)
    assert found == {
        1: Slot(day, time(13), time(14, 30)),
        2: Slot(day, time(15), time(16, 30)),
        3: None,
    }


def test_nothing_is_proposed_once_the_year_is_over():
    assert proposals([Wanted(1, TODAY)], [], TODAY) == {1: None}


def test_easter_is_that_of_the_almanac():
    known = [(2023, 4, 9), (2024, 3, 31), (2025, 4, 20), (2026, 4, 5), (2027, 3, 28), (2038, 4, 25)]
    assert [easter(year) for year, _month, _day in known] == [date(*day) for day in known]


def test_nobody_is_visited_when_practices_are_closed():
    closed = [(2027, 3, 26), (2027, 3, 29), (2027, 4, 27), (2027, 5, 6), (2027, 5, 17)]
    assert all(is_holiday(date(*day)) for day in closed)
    assert not is_holiday(date(2027, 3, 30))


moments = st.tuples(st.integers(0, 60), st.integers(8, 16), st.integers(1, 4))


@settings(max_examples=60, deadline=None)
@given(st.lists(moments, max_size=25), st.lists(st.integers(1, 90), max_size=12))
def test_no_proposal_clashes_falls_late_or_in_a_weekend(filled, left):
    busy = [
        Busy(TODAY + timedelta(days=day), time(hour), time(hour + hours))
        for day, hour, hours in filled
    ]
    wanted = [Wanted(number, TODAY + timedelta(days=days)) for number, days in enumerate(left)]
    found = proposals(wanted, busy, TODAY)
    assert set(found) == set(range(len(left)))
    taken = [(one.day, one.starts_at, one.ends_at) for one in busy]
    for number, slot in found.items():
        if slot is None:
            continue
        assert TODAY < slot.day <= TODAY + timedelta(days=left[number])
        assert slot.day.weekday() < 5
        for day, starts, ends in taken:
            assert day != slot.day or ends <= slot.starts_at or slot.ends_at <= starts
        taken.append((slot.day, slot.starts_at, slot.ends_at))
