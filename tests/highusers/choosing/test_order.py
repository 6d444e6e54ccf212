"""What is shown of the list, and in what order."""

from datetime import date

import pytest

from highusers.choosing.contacts import Course
from highusers.choosing.listing import Line
from highusers.choosing.order import USUAL, Choice, Column, choice_of, shown
from highusers.models import HighUser, Judgement, PatientPlan, PatientProfile


def line(number, contacts, *, answer="", profile=None, chosen=None, plan=False, age="70–79"):
    said = Judgement(influenceable=answer, position=chosen)
    said.chosen_on = date(2024, 5, 1) if chosen else None
    said.profile = PatientProfile(number=profile, pk=profile) if profile else None
    return Line(
        high_user=HighUser(number=number),
        contacts=contacts,
        channels={},
        course=Course(False, (), ()),
        age_band=age,
        sex="",
        plan=PatientPlan() if plan else None,
        earlier=(),
        judgement=said,
    )


LINES = [
    line(1, 64, answer="yes", chosen=2),
    line(2, 58, answer="no", profile=3),
    line(3, 58, plan=True, age="100–109"),
    line(4, 31, answer="doubt", profile=1, chosen=1, age="0–9"),
]


def numbers(query):
    return [one.high_user.number for one in shown(LINES, choice_of(query))]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({}, [1, 2, 3, 4]),
        ({"oordeel": "nog-beoordelen"}, [3]),
        ({"oordeel": "ja"}, [1]),
        ({"oordeel": "twijfel"}, [4]),
        ({"oordeel": "nee"}, [2]),
        ({"oordeel": "onzin"}, [1, 2, 3, 4]),
        ({"profiel": "3"}, [2]),
        ({"profiel": "geen"}, [1, 3]),
        ({"profiel": "' OR 1"}, [1, 2, 3, 4]),
        ({"stand": "gekozen"}, [1, 4]),
        ({"stand": "niet-gekozen"}, [2, 3]),
        ({"stand": "met-plan"}, [3]),
        ({"stand": "zonder-plan"}, [1, 2, 4]),
        ({"stand": "gekozen", "oordeel": "twijfel"}, [4]),
    ],
)
def test_filters(query, expected):
    assert numbers(query) == expected


@pytest.mark.parametrize(
    ("order", "expected"),
    [
        ("contacten", [4, 2, 3, 1]),
        ("-contacten", [1, 2, 3, 4]),
        ("code", [1, 2, 3, 4]),
        ("-code", [4, 3, 2, 1]),
        ("leeftijd", [4, 1, 2, 3]),
        ("oordeel", [3, 1, 4, 2]),
        ("profiel", [4, 2, 1, 3]),
        ("keuze", [4, 1, 2, 3]),
        ("plan", [3, 1, 2, 4]),
        ("onzin", [1, 2, 3, 4]),
    ],
)
def test_order(order, expected):
    assert numbers({"volgorde": order}) == expected


def test_a_head_asks_for_its_order_and_then_for_the_other_way_round():
    usual = choice_of({"oordeel": "ja"})
    assert (usual.order, usual.is_descending) == (USUAL, True)
    assert usual.ordered_by(Column.CODE) == "oordeel=ja&volgorde=code"
    by_code = Choice(order="code")
    assert by_code.ordered_by(Column.CODE) == "volgorde=-code"
    assert by_code.ordered_by(Column.CONTACTS) == ""
    assert usual.ordered_by(Column.CONTACTS) == "oordeel=ja&volgorde=contacten"
