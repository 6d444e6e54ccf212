"""What changes against the extract before, counted by hand."""

import pytest

from highusers.imports.definitions import REGIOPRESTATIE
from highusers.models import Extract
from highusers.services import import_extract
from practices.models import Practice
from tests import factories
from tests.highusers.extracts import NEXT_YEAR, YEAR, store, totals

pytestmark = pytest.mark.django_db


@pytest.fixture
def practice() -> Practice:
    return factories.practice()


def compared(period: object = NEXT_YEAR) -> dict[str, object]:
    return dict(Extract.objects.get(period_end=period[1]).compared)


def test_nothing_to_compare_with(practice: Practice) -> None:
    store(practice, {"1": 40, "2": 3})
    store(factories.practice(), {"1": 40})
    assert [one.compared for one in Extract.objects.all()] == [{}, {}]


def test_with_last_year(practice: Practice) -> None:
    store(practice, {"1": 40, "2": 30, "3": 35, "4": 3, "5": 4, "6": 5})
    # 1 as before, 2 gone, 3 below, 4 above, 5 as before, 6 other, 7 and 8 new
    store(practice, {"1": 40, "3": 29, "4": 31, "5": 4, "6": 6, "7": 90, "8": 1}, NEXT_YEAR)
    assert compared() == {
        "period": ["2023-04-01", "2024-03-31"],
        "same_period": False,
        "same_definition": True,
        "high_users": {"earlier": 3, "new": 2, "changed": 0, "gone": 2},
        "patients": {"earlier": 6, "new": 2, "changed": 3, "gone": 1},
    }


def test_with_the_one_that_it_replaces_rather_than_with_last_year(practice: Practice) -> None:
    store(practice, {"1": 90, "2": 90})
    store(practice, {"1": 40, "4": 3}, NEXT_YEAR)
    store(practice, {"1": 41, "4": 3, "5": 2}, NEXT_YEAR)
    found = compared()
    assert found["same_period"] is True
    assert found["high_users"] == {"earlier": 1, "new": 0, "changed": 1, "gone": 0}
    assert found["patients"] == {"earlier": 2, "new": 1, "changed": 1, "gone": 0}


def test_a_later_extract_is_not_the_one_before(practice: Practice) -> None:
    store(practice, {"1": 40}, NEXT_YEAR)
    store(practice, {"1": 50}, YEAR)
    assert compared(YEAR) == {}


def test_a_list_of_high_users_alone_says_nothing_of_other_patients(practice: Practice) -> None:
    store(practice, {"1": 40, "2": 50})
    store(practice, {"1": 40, "3": 2}, NEXT_YEAR)
    found = compared()
    assert "patients" not in found
    assert found["high_users"] == {"earlier": 2, "new": 0, "changed": 0, "gone": 1}


def test_another_definition_is_named(practice: Practice) -> None:
    store(practice, {"1": 40})
    import_extract(
        practice=practice,
        data=totals({"1": 40}),
        period=NEXT_YEAR,
        actor=None,
        definition=REGIOPRESTATIE,
    )
    assert compared()["same_definition"] is False


def test_figures_of_the_region_hold_no_patient_to_compare_with(practice: Practice) -> None:
    Extract.objects.create(
        practice=practice, period_start=YEAR[0], period_end=YEAR[1], source="region",
        threshold=30, patients=9, contacts=9, high_users=9,
    )  # fmt: skip
    store(practice, {"1": 40}, NEXT_YEAR)
    assert compared() == {}
