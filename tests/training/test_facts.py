"""Groups on the reference date, and attendance on days of service."""

from datetime import date, timedelta

import pytest

from practices.facts import programme_calendar
from practices.models import Norm, Person, Practice
from practices.programme_calendar import Group
from tests import factories
from training.facts import participation
from training.models import Attendance, Session

pytestmark = pytest.mark.django_db
START = date(2023, 4, 1)
LAST_DAY = date(2024, 3, 31)
NOBODY = Group(0, 0)


@pytest.fixture
def practice() -> Practice:
    return factories.practice(start_on=START)


def present(person: Person, kind: str, *days: date, attended: bool = True) -> None:
    for number, day in enumerate(days):
        reference = f"{person.reference}-{kind}-{day}-{number}"
        session = Session.objects.create(reference=reference, kind=kind, title="", held_on=day)
        Attendance.objects.create(session=session, person=person, present=attended)


def staff(practice: Practice, role: str, **fields: object) -> Person:
    return factories.employment(practice=practice, role=role, **fields).person


def took_part(practice: Practice, as_of: date, year: int = 1) -> tuple[Group, Group, Group]:
    found = participation(programme_calendar(as_of, [practice.pk])).get((practice.pk, year))
    return (found.assistants, found.professionals, found.gps_twice) if found else (NOBODY,) * 3


def test_which_role_belongs_to_which_group(practice: Practice) -> None:
    for role in ("gp_owner", "gp_locum", "poh", "assistant", "manager", "np", "pa"):
        staff(practice, role)
    assert took_part(practice, LAST_DAY) == (Group(1, 0), Group(3, 0), Group(2, 0))
    assert took_part(practice, LAST_DAY, year=2) == (NOBODY, NOBODY, Group(2, 0))


@pytest.mark.parametrize(
    ("as_of", "people"),
    [
        (date(2023, 6, 30), 1),
        (date(2023, 7, 1), 2),
        (LAST_DAY, 2),
        (LAST_DAY + timedelta(days=1), 2),
        (date(2026, 1, 1), 2),
    ],
)
def test_who_joins_or_leaves_after_the_year_changes_nothing(
    practice: Practice, as_of: date, people: int
) -> None:
    staff(practice, "poh", ended_on=LAST_DAY)
    staff(practice, "poh", started_on=date(2023, 7, 1))
    staff(practice, "poh", started_on=LAST_DAY + timedelta(days=1))
    assert took_part(practice, as_of)[1].people == people


def test_who_left_before_the_reference_date_does_not_count(practice: Practice) -> None:
    gone = staff(practice, "assistant", ended_on=LAST_DAY - timedelta(days=1))
    present(gone, "triage", START)
    assert took_part(practice, LAST_DAY)[0] == NOBODY
    assert took_part(practice, LAST_DAY - timedelta(days=1))[0] == Group(1, 1)


def test_two_roles_and_two_spells_are_one_person(practice: Practice) -> None:
    doctor = staff(practice, "gp_owner")
    factories.employment(practice=practice, person=doctor, role="gp_locum")
    back = staff(practice, "assistant", ended_on=date(2023, 5, 1))
    factories.employment(
        practice=practice, person=back, role="assistant", started_on=date(2023, 6, 1)
    )
    present(doctor, "conversation", START, START)
    present(back, "triage", START, date(2023, 6, 1))
    assert took_part(practice, LAST_DAY) == (Group(1, 1), Group(1, 1), Group(1, 0))


@pytest.mark.parametrize(
    ("held_on", "reached"),
    [
        (date(2022, 3, 31), 0),
        (date(2022, 4, 1), 1),
        (LAST_DAY, 1),
        (LAST_DAY + timedelta(days=1), 0),
    ],
)
def test_a_course_counts_from_a_year_before_the_start(
    practice: Practice, held_on: date, reached: int
) -> None:
    present(staff(practice, "assistant"), "triage", held_on)
    assert took_part(practice, date(2025, 1, 1))[0] == Group(1, reached)


def test_sessions_after_the_day_asked_about_do_not_count(practice: Practice) -> None:
    present(staff(practice, "poh"), "conversation", date(2023, 9, 1))
    assert took_part(practice, date(2023, 8, 31))[1] == Group(1, 0)
    assert took_part(practice, date(2023, 9, 1))[1] == Group(1, 1)


def test_absent_and_other_kinds_do_not_count(practice: Practice) -> None:
    person = staff(practice, "assistant")
    present(person, "triage", START, attended=False)
    present(person, "conversation", START)
    assert took_part(practice, LAST_DAY)[0] == Group(1, 0)


def test_attendance_counts_in_whatever_role_but_in_service(practice: Practice) -> None:
    person = staff(practice, "manager", started_on=START, ended_on=date(2023, 5, 31))
    factories.employment(
        practice=practice, person=person, role="assistant", started_on=date(2023, 7, 1)
    )
    present(person, "triage", date(2023, 6, 15))
    assert took_part(practice, LAST_DAY)[0] == Group(1, 0)
    present(person, "triage", date(2023, 5, 31))
    assert took_part(practice, LAST_DAY)[0] == Group(1, 1)


def test_a_person_in_two_practices_counts_in_both(practice: Practice) -> None:
    second = factories.practice(start_on=START)
    person = staff(practice, "poh")
    factories.employment(practice=second, person=person, role="poh", started_on=date(2023, 10, 1))
    present(person, "conversation", date(2023, 9, 30))
    assert took_part(practice, LAST_DAY)[1] == Group(1, 1)
    assert took_part(second, LAST_DAY)[1] == Group(1, 0)


def test_intervision_takes_two_sessions_within_the_year(practice: Practice) -> None:
    once, twice, split = (staff(practice, "gp_owner") for _ in range(3))
    present(once, "intervision", START - timedelta(days=1), START)
    present(twice, "intervision", START, START)
    present(split, "intervision", LAST_DAY, LAST_DAY + timedelta(days=1))
    assert took_part(practice, date(2026, 1, 1))[2] == Group(3, 1)
    assert took_part(practice, date(2026, 1, 1), year=2)[2] == Group(3, 0)


def test_the_number_of_sessions_is_a_norm(practice: Practice) -> None:
    present(staff(practice, "gp_owner"), "intervision", START)
    Norm.objects.create(key="intervision_sessions", valid_from=START, value=1)
    assert took_part(practice, LAST_DAY)[2] == Group(1, 1)
