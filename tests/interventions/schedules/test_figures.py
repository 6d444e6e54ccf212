"""The figures of a week agree with an oracle that counts place by place."""

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from interventions.schedules.blocks import Block, clock, nameless, people
from interventions.schedules.figures import WeekFigures, week_figures
from tests.interventions.schedules.oracle import counted

KINDS = ("consultations", "urgent", "walk_in", "telephone", "email", "visits", "break")


@st.composite
def rows(draw):
    begins = draw(st.integers(7 * 60, 17 * 60))
    ends = begins + draw(st.integers(1, 300))
    minutes = draw(st.sampled_from((None, 5, 10, 15, 20, 30)))
    fit = (ends - begins) // minutes if minutes else 0
    return {
        "weekday": draw(st.integers(1, 5)),
        "who": draw(st.sampled_from(("Bakker", "de Wit", "Visser"))),
        "begins": begins,
        "ends": ends,
        "kind": draw(st.sampled_from(KINDS)),
        "minutes": minutes,
        "places": draw(st.none() | st.integers(0, fit)) if minutes else None,
    }


def as_counted(figures: WeekFigures) -> dict[str, object]:
    return {
        "by_length": figures.by_length,
        "face_to_face": figures.face_to_face,
        "average": None if figures.average is None else float(figures.average),
        "urgent": (figures.urgent_places, figures.urgent_minutes),
        "telephone": figures.telephone_minutes,
        "visits": figures.visit_minutes,
        "places": figures.places,
    }


@settings(max_examples=200, deadline=None)
@given(st.lists(rows(), max_size=25))
def test_a_week_agrees_with_the_oracle_for_each_person_and_for_all(typed):
    total, each = week_figures(Block(**row) for row in typed)
    assert as_counted(total) == counted(typed)
    assert {one.who: as_counted(one) for one in each} == {
        who: counted([row for row in typed if row["who"] == who])
        for who in {row["who"] for row in typed}
    }


def test_a_morning_worked_out_by_hand():
    total, each = week_figures(
        [
            Block(1, "Bakker", 480, 600, "consultations", 15),
            Block(1, "Bakker", 600, 630, "email", 5, 3),
            Block(1, "Bakker", 630, 690, "consultations", 30),
            Block(1, "Bakker", 690, 720, "urgent", 10),
            Block(1, "Bakker", 780, 840, "visits", 30),
        ]
    )
    assert total.by_length == {5: 3, 10: 3, 15: 8, 30: 2}
    assert (total.places, total.face_to_face) == (16, 225)
    assert total.average == Fraction(225, 16)
    assert (total.urgent_places, total.urgent_minutes) == (3, 30)
    assert total.visit_minutes == 60
    assert [one.who for one in each] == ["Bakker"]


def test_an_empty_week_has_no_average():
    total, each = week_figures([])
    assert (total.places, total.average, each) == (0, None, [])


@pytest.mark.parametrize(
    ("other", "overlaps"),
    [
        (Block(1, "Bakker", 590, 620, "email"), True),
        (Block(1, "Bakker", 600, 620, "email"), False),
        (Block(2, "Bakker", 590, 620, "email"), False),
        (Block(1, "Visser", 590, 620, "email"), False),
    ],
)
def test_two_blocks_of_one_person_on_one_day_may_not_overlap(other, overlaps):
    assert Block(1, "Bakker", 480, 600, "consultations", 15).overlaps(other) is overlaps


def test_what_goes_to_others_holds_no_names():
    week = [Block(1, "Visser", 480, 600, "email"), Block(2, "Bakker", 480, 600, "email")]
    assert [one.who for one in nameless(week)] == ["B", "A"]
    assert people(week) == ["Bakker", "Visser"]


def test_a_clock():
    assert (clock(485), clock(720)) == ("8.05", "12.00")
