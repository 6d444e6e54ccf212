"""Which obligations stand in the six rows."""

from datetime import date, timedelta

import pytest

from monitoring.compliance import NO_FACTS, Status, YearFacts, judge
from monitoring.overview import rows_of, worst_of
from monitoring.tags import obligation_tag
from practices.norms import SHIPPED_NORMS
from practices.programme_calendar import Group, Participant

START = date(2024, 4, 1)


def standing(day, year_1=NO_FACTS, year_2=NO_FACTS):
    norms = (SHIPPED_NORMS, SHIPPED_NORMS)
    return judge(Participant(1, "01000001", 1, START, None, norms), [year_1, year_2], day)


def shape(rows):
    return [
        (row.current and row.current.programme_year, [o.programme_year for o in row.earlier])
        for row in rows
    ]


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (START - timedelta(days=1), [(1, [])] * 6),
        (START, [(1, [])] * 6),
        (date(2025, 4, 1), [(2, [1]), (1, []), (1, []), (1, []), (1, []), (2, [])]),
        (
            date(2026, 4, 1),
            [(None, [1, 2]), (None, [1]), (None, [1]), (None, [1]), (None, [1]), (None, [1, 2])],
        ),
    ],
)
def test_each_year_shows_its_own_obligations(day, expected):
    assert shape(rows_of(standing(day))) == expected


def test_year_1_leaves_no_line_when_it_was_met():
    met = YearFacts(extract_on=START, plans=7, answered_on=date(2025, 4, 1))
    assert shape(rows_of(standing(date(2025, 4, 1), met)))[0] == (2, [])


def test_the_worst_of_all_years_says_who_needs_help():
    assert worst_of(standing(START)) is None
    assert worst_of(standing(date(2025, 3, 1))) is Status.AT_RISK
    assert worst_of(standing(date(2025, 4, 1))) is Status.MISSED


@pytest.mark.parametrize(
    ("day", "facts", "expected"),
    [
        (START - timedelta(days=1), NO_FACTS, ("empty", "clock")),
        (START, NO_FACTS, ("empty", "circle")),
        (START, YearFacts(plans=2), ("busy", "circle-half")),
        (date(2025, 3, 1), YearFacts(plans=2), ("attention", "exclamation-triangle-fill")),
        (date(2025, 3, 1), YearFacts(extract_on=START, plans=5), ("done", "check-lg")),
        (date(2025, 4, 1), NO_FACTS, ("late", "x-lg")),
        (START, YearFacts(exempt=frozenset({1})), ("empty", "dash-lg")),
    ],
)
def test_every_status_has_its_own_look(day, facts, expected):
    tag = obligation_tag(standing(day, facts).obligations[0])
    assert (tag.tone, tag.icon) == expected
    assert tag.word
    assert obligation_tag(standing(day, YearFacts(assistants=Group(1, 1))).obligations[2]).word
