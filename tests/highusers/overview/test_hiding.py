"""No hidden number can be worked out from all choices of the page together."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from highusers.overview import hiding
from highusers.overview.facts import PracticeYear
from highusers.overview.hiding import Measure, NotJudgedError, hidden_practices, judged_years
from mtvp.documents.model import Mark
from tests.highusers.overview.attack import exposed, seen_lines


@pytest.fixture(autouse=True)
def in_english():
    from django.utils import translation

    with translation.override("en"):
        yield


def row(practice: int, high_users: int, **fields: object) -> PracticeYear:
    plain = PracticeYear(
        year=2025,
        practice=practice,
        name=f"Praktijk {practice}",
        place="Noord",
        cohort=1,
        cohort_name="Lichting 1",
        high_users=high_users,
        registered=2000,
        contacts=8000,
        visits=5000,
        definition="MTVP 2023",
    )
    return replace(plain, **fields)


COUNTS = st.one_of(st.integers(0, 12), st.integers(8, 60))


@st.composite
def regions(draw: st.DrawFn) -> tuple[PracticeYear, ...]:
    """Up to nine practices in a few places and cohorts over two years, many of them small."""
    rows = []
    for practice in range(draw(st.integers(1, 9))):
        cohort, place = draw(st.integers(1, 3)), draw(st.sampled_from("abc"))
        for year in draw(st.sampled_from([(2025,), (2024, 2025)])):
            high_users = draw(COUNTS)
            more = st.one_of(st.integers(0, 15), st.integers(500, 3000))
            registered = draw(st.one_of(st.none(), more.map(lambda n, h=high_users: (h + n) or 1)))
            contacts = draw(st.sampled_from([None, 4 * (registered or 0)]))
            rows.append(
                row(
                    practice,
                    high_users,
                    year=year,
                    place=place,
                    cohort=cohort,
                    cohort_name=f"Lichting {cohort}",
                    registered=registered,
                    contacts=contacts,
                    visits=draw(st.sampled_from([None, contacts])),
                )
            )
    return tuple(rows)


@settings(max_examples=25, deadline=None, phases=[Phase.explicit, Phase.reuse, Phase.generate])
@given(rows=regions())
def test_no_hidden_number_follows_from_all_choices_together(rows: tuple[PracticeYear, ...]) -> None:
    judged = judged_years(rows)
    for line in seen_lines(rows, judged):
        assert line.high_users is None or line.high_users >= 10
        assert line.registered is None or line.registered >= 10
    assert exposed(rows, judged) == []


def test_high_users_who_are_all_its_patients_hold_no_room_for_others() -> None:
    """Found by the test above: a list of 15 with 15 patients on the panel cannot stand in for a
    neighbour's count, as it cannot hold more high users than patients."""
    rows = (
        row(0, 11, cohort=3, place="c", registered=19),
        row(1, 51, cohort=2, place="b", registered=63),
        row(2, 5, cohort=2, place="a", registered=2763),
        row(3, 15, cohort=3, place="b", registered=15),
        row(4, 7, cohort=3, place="a", registered=2877),
    )
    named = tuple(replace(one, cohort_name=f"Lichting {one.cohort}") for one in rows)
    assert exposed(named, judged_years(named)) == []


ONE_SMALL = (
    row(1, 4, place="a", cohort=1, cohort_name="Lichting 1"),
    row(2, 30, place="b", cohort=1, cohort_name="Lichting 1"),
    row(3, 25, place="a", cohort=2, cohort_name="Lichting 2"),
    row(4, 40, place="b", cohort=2, cohort_name="Lichting 2"),
    row(5, 35, place="b", cohort=2, cohort_name="Lichting 2"),
)


def test_one_small_practice_takes_a_closed_loop_along_and_the_region_stays() -> None:
    judged = judged_years(ONE_SMALL)
    assert hidden_practices(ONE_SMALL, 2025) == {1, 2, 3, 5}
    figures = judged[2025].figures([1, 2, 3, 4, 5])
    assert (figures.high_users, figures.registered) == (134, 10000)
    assert (figures.per_thousand, figures.contacts) == (Decimal("13.4"), Decimal("4.0"))
    assert exposed(ONE_SMALL, judged) == []


def test_the_attack_works_where_small_numbers_alone_are_hidden(monkeypatch) -> None:
    def only_small(counts, sums=(), **_options):
        return frozenset(cell for cell, count in counts.items() if count < 10)

    monkeypatch.setattr(hiding, "hidden_cells", only_small)
    hiding.judged.cache_clear()
    try:
        assert "2025 (1,) high users: 4.00 to 4.00" in exposed(ONE_SMALL, judged_years(ONE_SMALL))
    finally:
        hiding.judged.cache_clear()


def test_a_rate_is_hidden_with_its_numerator_and_contacts_with_the_patients() -> None:
    rows = (row(1, 4), row(2, 30), row(3, 8, registered=9, contacts=400), row(4, 50))
    judged = judged_years(rows)[2025]
    small, few = judged.figures([1]), judged.figures([3])
    assert (small.high_users, small.per_thousand) == (Mark.HIDDEN, Mark.HIDDEN)
    assert (few.registered, few.contacts, few.visits) == (Mark.HIDDEN,) * 3


def test_nought_is_few_too() -> None:
    rows = (row(1, 0), row(2, 30), row(3, 50))
    assert judged_years(rows)[2025].figures([1]).high_users is Mark.HIDDEN


def test_without_registered_patients_there_is_no_rate() -> None:
    rows = (row(1, 20, registered=None, contacts=None, visits=None), row(2, 30))
    judged = judged_years(rows)[2025]
    alone, both = judged.figures([1]), judged.figures([1, 2])
    assert (alone.high_users, alone.registered, alone.per_thousand) == (
        20,
        Mark.NO_FIGURE,
        Mark.NO_FIGURE,
    )
    assert (both.high_users, both.per_thousand) == (50, Decimal("15.0"))


def test_a_group_that_was_not_judged_is_not_shown() -> None:
    rows = tuple(row(practice, 30) for practice in range(4))
    with pytest.raises(NotJudgedError):
        judged_years(rows)[2025].figures([0, 1])


def test_the_answer_depends_on_no_order_of_rows() -> None:
    turned = tuple(reversed(ONE_SMALL))
    hidden = judged_years(ONE_SMALL)[2025].hidden
    assert hidden == judged_years(turned)[2025].hidden
    assert {measure for measure, _members in hidden} == {Measure.HIGH_USERS, Measure.OTHERS}


def test_400_practices_are_judged_in_a_moment() -> None:
    """A year took minutes when cells were hidden wherever the smallest stood."""
    import random
    import time

    chance = random.Random(7)
    rows = tuple(
        row(
            practice,
            chance.randint(0, 9) if chance.random() < 0.05 else chance.randint(12, 60),
            place=f"Wijk {chance.randint(1, 25)}",
            cohort=(cohort := chance.randint(1, 5)),
            cohort_name=f"Lichting {cohort}",
        )
        for practice in range(400)
    )
    began = time.perf_counter()
    hidden = hidden_practices(rows, 2025)
    assert time.perf_counter() - began < 20
    small = {one.practice for one in rows if one.high_users < 10}
    assert small <= hidden
    assert len(hidden) < 3 * len(small) + 10
