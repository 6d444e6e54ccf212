"""People and their accounts: made when new, and never in each other's way."""

import pytest

from practices.models import Person, Practice, RegionRole, User
from tests import factories
from tests.monitoring.region_import.region_files import (
    COHORTS,
    PRACTICES,
    SESSIONS,
    STAFF,
    basis,
    counts,
    load,
    warned,
    whole_basis,
)

pytestmark = pytest.mark.django_db

HEADER = "practice,person,name,email,role,from,until,fte,registration\n"


def staff(*rows: str) -> str:
    return HEADER + "\n".join(rows)


def test_accounts_are_made_inactive_and_without_a_password() -> None:
    draft = whole_basis()
    assert draft.made() == {"insurers": 1, "people": 2, "accounts": 3}
    accounts = {user.email: user for user in User.objects.all()}
    assert set(accounts) == {"consulent@regio.example", "ekc@regio.example", "anna@linde.example"}
    assert not any(u.is_active or u.has_usable_password() for u in accounts.values())
    assert accounts["anna@linde.example"].person.reference == "p1"
    assert accounts["anna@linde.example"].name == "Anna Berg"
    roles = set(RegionRole.objects.values_list("user__email", "role"))
    assert roles == {
        ("consulent@regio.example", "consultant"),
        ("ekc@regio.example", "facilitator"),
    }
    consultant = Practice.objects.get(code="01000001").consultant
    assert consultant == accounts["consulent@regio.example"]


def test_a_known_address_is_reused_in_any_case() -> None:
    colleague = factories.user(email="x@regio.example")
    User.objects.filter(pk=colleague.pk).update(email="Consulent@Regio.example")
    active = factories.user(email="anna@linde.example", name="A. Berg")
    draft = whole_basis()
    assert draft.made()["accounts"] == 1
    assert Practice.objects.get(code="01000001").consultant == colleague
    active.refresh_from_db()
    assert (active.is_active, active.person.reference, active.name) == (True, "p1", "A. Berg")
    again = load(practices=PRACTICES, staff=STAFF, sessions=SESSIONS)
    assert all(one.unchanged == one.rows for one in again.counts())


def test_two_people_with_one_address_share_no_account() -> None:
    basis()
    rows = staff(
        "01000001,p1,Anna,balie@linde.example,poh,2020-01-01,,,",
        "01000001,p2,Bas,Balie@linde.example,poh,2020-01-01,,,",
    )
    for _turn in range(2):
        draft = load(staff=rows)
        assert warned(draft) == [("staff.csv", 3, "email_shared")]
    account = User.objects.get(email="balie@linde.example")
    assert account.person.reference == "p1"
    assert set(Person.objects.values_list("email", flat=True)) == {"balie@linde.example"}


def test_one_person_on_several_rows_is_one_person() -> None:
    basis()
    draft = load(
        staff=staff(
            "01000001,p1,Anna,anna@linde.example,poh,2020-01-01,2022-12-31,,",
            "01000001,p1,Anna,,manager,2020-01-01,,,",
            "01000002,p1,Anna,,poh,2023-01-01,,,7001",
        )
    )
    assert (draft.errors, draft.warnings, draft.made()["people"]) == ([], [], 1)
    person = Person.objects.get()
    assert (person.email, person.registration) == ("anna@linde.example", "7001")
    assert person.employments.count() == 3


def test_rows_that_contradict_each_other_are_named_and_the_last_counts() -> None:
    basis()
    rows = staff(
        "01000001,p1,Anna Berg,,poh,2020-01-01,,,",
        "01000002,p1,A. Berg,,poh,2020-01-01,,,",
    )
    draft = load(staff=rows)
    assert [(w.row, w.column, w.code) for w in draft.warnings] == [(3, "name", "person_differs")]
    assert Person.objects.get().name == "A. Berg"
    assert counts(load(staff=rows), "staff.csv") == (0, 0, 2)


def test_an_address_may_be_mended_until_the_account_is_used() -> None:
    basis()
    load(staff=staff("01000001,p1,Anna,ana@linde.example,poh,2020-01-01,,,"))
    mended = staff("01000001,p1,Anna,anna@linde.example,poh,2020-01-01,,,")
    load(staff=mended)
    account = User.objects.get(person__reference="p1")
    assert account.email == "anna@linde.example"
    User.objects.filter(pk=account.pk).update(is_active=True)
    load(staff=staff("01000001,p1,Anna,berg@linde.example,poh,2020-01-01,,,"))
    account.refresh_from_db()
    assert (account.email, account.person.email) == ("anna@linde.example", "berg@linde.example")


def test_a_consultant_who_is_also_staff_has_one_account() -> None:
    draft = load(
        cohorts=COHORTS,
        practices=PRACTICES,
        staff=staff("01000002,p1,Anna,consulent@regio.example,poh,2020-01-01,,,"),
    )
    assert draft.made()["accounts"] == 1
    account = User.objects.get()
    assert account.person.reference == "p1"
    assert account.region_roles.get().role == "consultant"


def test_an_attendee_nobody_knows_becomes_a_person_under_the_id() -> None:
    whole_basis()
    draft = load(attendance="session,person,attended\ns1,gast,yes\n")
    assert draft.errors == []
    assert warned(draft) == [("attendance.csv", 2, "not_in_service")]
    assert Person.objects.get(reference="gast").name == "gast"
    load(staff=staff("01000001,gast,Gijs,,poh,2020-01-01,,,"))
    assert Person.objects.get(reference="gast").name == "Gijs"


def test_attendance_counts_nowhere_outside_service() -> None:
    whole_basis()
    sessions = SESSIONS + "s3,triage,Triage,2025-01-15,,\n"
    attendance = "session,person,attended\ns3,p2,yes\ns3,p1,yes\n"
    draft = load(sessions=sessions, attendance=attendance)
    assert warned(draft) == [("attendance.csv", 2, "not_in_service")]
    longer = STAFF.replace("2024-12-31", "2025-01-15")
    assert load(staff=longer, attendance=attendance).warnings == []
    absent = load(sessions=sessions, attendance="session,person,attended\ns2,gast,no\n")
    assert absent.warnings == []


def test_more_people_than_places() -> None:
    whole_basis()
    sessions = SESSIONS.replace("ekc@regio.example,12", "ekc@regio.example,1")
    draft = load(sessions=sessions, attendance="session,person,attended\ns1,p2,yes\n")
    assert warned(draft) == [("attendance.csv", 2, "over_capacity")]
    assert warned(load(sessions=sessions)) == [("sessions.csv", 2, "over_capacity")]
    away = load(attendance="session,person,attended\ns1,p2,no\n")
    assert away.warnings == []
