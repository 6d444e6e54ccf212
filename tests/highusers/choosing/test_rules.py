"""When a lot may be drawn, and when the choice fell on the highest only."""

import pytest

from highusers.choosing.rules import lot_problems, takes_the_highest
from tests.highusers.choosing.test_order import line

YES = {"answer": "yes"}


@pytest.mark.parametrize(
    ("lines", "places", "expected"),
    [
        ([line(1, 40, **YES), line(2, 40, **YES)], 1, True),
        ([line(1, 40, answer="doubt"), line(2, 31, answer="doubt"), line(3, 31, answer="doubt")],
         2, True),
        ([line(1, 40, **YES)], 1, False),
        ([line(1, 40, **YES), line(2, 40)], 1, False),
        ([line(1, 40, **YES), line(2, 40, answer="no")], 1, False),
        ([line(1, 40, **YES), line(2, 40, answer="doubt")], 1, False),
        ([line(1, 40, **YES), line(2, 40, chosen=1, **YES)], 1, False),
        ([line(1, 40, **YES), line(2, 40, plan=True, **YES)], 1, False),
        ([line(1, 40, **YES), line(2, 40, **YES)], 2, False),
        ([line(1, 40, **YES), line(2, 40, **YES)], None, False),
        ([], 1, False),
    ],
)  # fmt: skip
def test_lots_are_for_ties_only(lines, places, expected):
    assert (lot_problems(lines, places) == []) is expected


def listed(*contacts, chosen):
    return [
        line(number, count, chosen=number if number in chosen else None)
        for number, count in enumerate(contacts, start=1)
    ]


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (listed(60, 50, 40, 31, chosen={1, 2, 3}), True),
        (listed(60, 50, 40, 31, chosen={1, 2, 4}), False),
        (listed(60, 50, 40, 40, chosen={1, 2, 3}), False),
        (listed(60, 50, 40, 31, chosen={1, 2}), False),
        (listed(60, 50, 40, chosen={1, 2, 3}), False),
        ([*listed(60, 50, 40, chosen={1, 2, 3}), line(4, 99, answer="no")], False),
        ([*listed(60, 50, 40, 30, chosen={1, 2, 3}), line(5, 99, answer="no")], True),
    ],
)
def test_choosing_the_highest_only_is_seen(lines, expected):
    assert takes_the_highest(lines) is expected
