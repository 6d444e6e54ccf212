"""The list of high users and the plan of one of them."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from highusers.models import HighUser, PatientPlan
from highusers.plans.listing import age_band, high_user_list
from highusers.plans.services import PlanText, save_plan
from monitoring.standing import standing
from practices.isolation import practice_scope
from practices.models import AuditEvent, Practice, User
from practices.programme_year import add_years
from practices.states import StaffRole
from tests import factories
from tests.highusers.extracts import NEXT_YEAR, YEAR, store

pytestmark = pytest.mark.django_db
TEXT = {
    "influenceable": "yes", "reason": "belt vaak", "who": "huisarts", "how": "vast gesprek",
    "moment": "dubbel consult", "goals": "minder zorgen", "state": "drawn_up", "profile": "",
    "evaluate_on": "",
}  # fmt: skip


@pytest.fixture
def practice() -> Practice:
    today = timezone.localdate()
    return factories.practice(start_on=add_years(today, -1) + timedelta(days=40))


@pytest.fixture
def doctor(client: Client, practice: Practice) -> User:
    user = factories.staff_user(practice, StaffRole.GP_OWNER)
    client.force_login(user)
    client.cookies["mtvp_language"] = "en"
    return user


def page_of(practice: Practice, code: str = "") -> str:
    rest = f"plannen/{code}/" if code else "veelgebruikers/"
    return f"/praktijk/{practice.slug}/{rest}"


def seen_on(client: Client, address: str) -> str:
    return client.get(address).context["form"].initial["seen"]


def plans(practice: Practice) -> list[PatientPlan]:
    with practice_scope(practice):
        return list(PatientPlan.objects.order_by("drafted_on"))


def test_without_an_extract_the_page_says_what_to_do(
    client: Client, practice: Practice, doctor: User
) -> None:
    page = client.get(page_of(practice)).content.decode()
    assert "You have not read in an extract yet." in page
    assert "veelgebruikers/uitdraai/bestand/" in page


def test_the_list_shows_codes_and_never_a_number(
    client: Client, practice: Practice, doctor: User
) -> None:
    store(practice, {"70001": 31, "70002": 64, "70003": 3})
    page = client.get(page_of(practice)).content.decode()
    assert page.index("V-01") < page.index("V-02")
    assert "64" in page
    assert not any(number in page for number in ("70001", "70002", "70003"))
    event = AuditEvent.objects.get(action="list")
    assert (event.actor, event.practice, event.detail) == (doctor, practice, {"patients": 2})


def test_who_left_the_list_stands_apart(client: Client, practice: Practice) -> None:
    store(practice, {"1": 40, "2": 35}, YEAR)
    store(practice, {"2": 50, "1": 3}, NEXT_YEAR)
    with practice_scope(practice):
        listed = high_user_list(practice)
        assert [(line.high_user.code, line.contacts) for line in listed.present] == [("V-02", 50)]
        assert [line.high_user.code for line in listed.earlier] == ["V-01"]


@pytest.mark.parametrize("patients", [1, 3])
def test_the_list_takes_four_queries(practice: Practice, patients: int) -> None:
    store(practice, {str(number): 40 for number in range(patients)})
    with (
        practice_scope(practice),
        CaptureQueriesContext(
            connection,
        ) as queries,
    ):
        assert len(high_user_list(practice).present) == patients
    assert len(queries) == 4


def test_a_plan_is_drawn_up_and_changed(client: Client, practice: Practice, doctor: User) -> None:
    store(practice, {"70001": 40})
    address = page_of(practice, "v-01")
    response = client.post(address, TEXT | {"seen": seen_on(client, address)})
    assert response.url == address
    client.post(address, TEXT | {"goals": "rust", "seen": seen_on(client, address)})
    (plan,) = plans(practice)
    assert (plan.goals, plan.who, plan.influenceable) == ("rust", "huisarts", "yes")
    assert (plan.drafted_on, plan.created_by) == (timezone.localdate(), doctor)
    events = AuditEvent.objects.filter(object_type="highusers.patientplan").order_by("pk")
    assert [event.action for event in events] == ["create", "change"]
    assert events[1].detail == {"fields": ["goals"]}
    with connection.cursor() as cursor, practice_scope(practice):
        cursor.execute("SELECT goals FROM highusers_patientplan")
        assert b"rust" not in bytes(cursor.fetchone()[0])


def test_a_saved_plan_counts_for_the_norm(client: Client, practice: Practice, doctor: User) -> None:
    today = timezone.localdate()
    period = (add_years(today, -1), today - timedelta(days=1))
    store(practice, {"70001": 40, "70002": 40}, period)
    for code in ("v-01", "v-02"):
        address = page_of(practice, code)
        client.post(address, TEXT | {"seen": seen_on(client, address)})
    (one,) = standing(today, [practice.pk])
    part = next(part for part in one.obligations[0].parts if part.name == "plans")
    assert (part.achieved, part.required) == (2, 5)


def test_a_new_programme_year_begins_a_new_plan(practice: Practice) -> None:
    store(practice, {"1": 40})
    with practice_scope(practice):
        patient = HighUser.objects.get()
    for day in (practice.start, practice.start + timedelta(days=9), add_years(practice.start, 1)):
        save_plan(
            practice=practice,
            high_user=patient,
            text=PlanText(who="POH", how=str(day)),
            actor=None,
            drafted_on=day,
        )
    assert [(plan.drafted_on, plan.how) for plan in plans(practice)] == [
        (practice.start, str(practice.start + timedelta(days=9))),
        (add_years(practice.start, 1), str(add_years(practice.start, 1))),
    ]


def test_a_colleague_who_was_first_is_not_overwritten(
    client: Client, practice: Practice, doctor: User
) -> None:
    store(practice, {"1": 40})
    address = page_of(practice, "v-01")
    seen = seen_on(client, address)
    client.post(address, TEXT | {"goals": "eerst", "seen": seen})
    page = client.post(address, TEXT | {"goals": "later", "seen": seen}).content.decode()
    assert "A colleague changed this plan just now." in page
    assert "later" in page
    assert plans(practice)[0].goals == "eerst"


def test_what_is_missing_is_named_and_the_rest_kept(
    client: Client, practice: Practice, doctor: User
) -> None:
    store(practice, {"1": 40})
    answer = client.post(page_of(practice, "v-01"), {"goals": "minder zorgen", "state": "drawn_up"})
    page = answer.content.decode()
    for message in ("Choose whether the high use can be influenced.", "Fill in who acts."):
        assert message in page
    assert "minder zorgen" in page
    assert plans(practice) == []


def test_looking_up_the_number_is_in_the_trail(
    client: Client, practice: Practice, doctor: User
) -> None:
    store(practice, {"70001": 40})
    assert "70001" not in client.get(page_of(practice, "v-01")).content.decode()
    page = client.post(f"{page_of(practice, 'v-01')}nummer/").content.decode()
    assert "70001" in page
    event = AuditEvent.objects.filter(detail__fields=["his_number"]).get()
    assert (event.action, event.actor) == ("read", doctor)
    assert "70001" not in str(event.detail)


@pytest.mark.parametrize("code", ["v-99", "x", "v-1", "v-0000000000001"])
def test_a_code_that_is_none(client: Client, practice: Practice, doctor: User, code: str) -> None:
    assert client.get(page_of(practice, code)).status_code == 404


def test_another_practice_and_a_manager_see_no_plan(client: Client, practice: Practice) -> None:
    store(practice, {"1": 40})
    other = factories.practice()
    client.force_login(factories.staff_user(other))
    assert client.get(page_of(practice, "v-01")).status_code == 404
    assert client.get(page_of(other, "v-01")).status_code == 404
    client.force_login(factories.staff_user(practice, StaffRole.MANAGER))
    assert client.get(page_of(practice)).status_code == 200
    assert client.get(page_of(practice, "v-01")).status_code == 403
    assert client.post(f"{page_of(practice, 'v-01')}nummer/").status_code == 403


@pytest.mark.parametrize(
    ("birth_year", "band"), [(1950, "70–79"), (1944, "80–89"), (None, ""), (2024, "0–9")]
)
def test_age_bands(birth_year: int | None, band: str) -> None:
    assert age_band(birth_year, date(2024, 3, 31)) == band
