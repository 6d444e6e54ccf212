"""What becomes of people's work, without a database."""

from datetime import date, timedelta

import pytest

from practices.changes.rules import Spell, divided, ended, lacks, merged

DAY = date(2024, 2, 29)


def spell(key, role="assistant", started=date(2020, 1, 1), until=None):
    return Spell(key, key, role, started, until)


def test_work_that_stops_has_its_last_day_on_the_day_before():
    assert ended([spell(1, "gp_owner")], DAY).ends == {1: date(2024, 2, 28)}


def test_everybody_goes_along_and_clinicians_stay_for_a_year_as_well():
    later = spell(4, started=date(2024, 3, 1))
    brief = spell(3, "gp_locum", until=date(2024, 6, 30))
    plan = merged([spell(1), spell(2, "poh"), brief, later], DAY)
    assert plan.ends == {
        1: date(2024, 2, 28),
        2: date(2025, 2, 27),
        3: date(2024, 6, 30),
    }
    assert [one.key for one in plan.begins] == [1, 2, 3]
    assert plan.moves == (later,)
    assert plan.people == {1, 2, 3, 4}


def test_who_goes_leaves_and_who_works_in_both_stays():
    plan = divided([spell(1, "gp_owner"), spell(2)], DAY, both=frozenset({2}))
    assert plan.ends == {1: date(2024, 2, 28)}
    assert plan.people == {1, 2}


@pytest.mark.parametrize(
    ("known", "first"),
    [
        ([], DAY),
        ([(DAY, None)], None),
        ([(DAY - timedelta(9), DAY - timedelta(1))], DAY),
        ([(DAY - timedelta(9), DAY)], DAY + timedelta(1)),
        (
            [(DAY, DAY + timedelta(3)), (DAY + timedelta(4), DAY + timedelta(9))],
            DAY + timedelta(10),
        ),
        ([(DAY, DAY + timedelta(30))], None),
        ([(DAY + timedelta(1), None)], DAY),
    ],
)
def test_what_somebody_has_there_already_is_not_begun_twice(known, first):
    spell = Spell(1, 7, "poh", DAY - timedelta(100), DAY + timedelta(30))
    there = [Spell(2, 7, "poh", begins, until) for begins, until in known]
    assert lacks(spell, [*there, Spell(3, 7, "manager", DAY, None)], DAY) == first
