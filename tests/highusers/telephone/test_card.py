"""The telephone card: what to do for this number, and nothing else."""

import re
import statistics
import time

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from highusers.models import PatientPlan
from highusers.plans.services import close_plan
from highusers.telephone.services import Instruction, look_up
from practices.isolation import practice_scope
from practices.models import AuditEvent, Practice, User
from practices.states import StaffRole
from tests import factories
from tests.highusers.planned import day, patient, plan_for
from tests.pages import words

pytestmark = pytest.mark.django_db
SECRETS = {"reason": "eenzaam", "goals": "minder zorgen", "who": "huisarts Bos", "how": "praten"}


@pytest.fixture
def assistant(client: Client, planning: Practice) -> User:
    user = factories.staff_user(planning, StaffRole.ASSISTANT)
    client.force_login(user)
    client.cookies["mtvp_language"] = "en"
    return user


def card(practice: Practice) -> str:
    return f"/praktijk/{practice.slug}/telefoon/"


def asked(client: Client, practice: Practice, number: str) -> str:
    return words(client.post(card(practice), {"number": number}))


def main(client: Client, practice: Practice, number: str) -> str:
    """The answer as it stands in the page, but for the number and the token of the form."""
    page = client.post(card(practice), {"number": number}).content.decode()
    inner = page.split("<main", 1)[1].split("</main>", 1)[0].replace(number, "")
    return re.sub(r'value="\w{64}"', "", inner)


def test_the_number_gives_the_instruction_in_one_step(
    client: Client, planning: Practice, assistant: User
) -> None:
    plan_for(planning, state="running", instruction="Dubbel consult bij de POH", **SECRETS)
    said = asked(client, planning, " 70.001 ")
    assert "Dubbel consult bij de POH" in said
    assert not any(secret in said for secret in SECRETS.values())
    assert "V-01" not in said
    assert "70001" not in client.get(card(planning)).content.decode()


def test_without_a_text_the_moment_itself_is_the_instruction(
    client: Client, planning: Practice, assistant: User
) -> None:
    plan_for(planning, state="running", moment_kind="when_calls")
    assert "Plan a double appointment." in asked(client, planning, "70001")
    plan_for(planning, 2, state="running", moment_kind="invite")
    assert "No instruction." in asked(client, planning, "70002")


@pytest.mark.parametrize("state", ["running", "evaluated", "adjusted"])
def test_the_instruction_holds_as_long_as_the_plan_runs(
    planning: Practice, assistant: User, state: str
) -> None:
    plan_for(planning, state=state, instruction="bel terug")
    found = look_up(practice=planning, number="70001", actor=assistant)
    assert found == Instruction("bel terug", "")


def test_unknown_and_known_without_an_instruction_look_the_same(
    client: Client, planning: Practice, nurse: User, assistant: User
) -> None:
    patient(planning, 1)
    plan_for(planning, 2, state="running", moment_kind="invite")
    plan_for(planning, 3, instruction="nog niet begonnen")
    closed = plan_for(planning, 4, state="running", instruction="voorbij")
    with practice_scope(planning):
        close_plan(practice=planning, plan=closed, reason="other", note="", actor=nurse)
    client.force_login(assistant)
    unknown = main(client, planning, "99999")
    assert "No instruction." in unknown
    for number in ("70001", "70002", "70003", "70004", "geen nummer"):
        assert main(client, planning, number) == unknown


def test_they_take_the_same_statements_and_the_same_time(
    planning: Practice, assistant: User
) -> None:
    patient(planning, 1)
    plan_for(planning, 2, state="running", moment_kind="invite")
    statements, took = {}, {"99999": [], "70001": [], "70002": []}
    for number in took:
        with CaptureQueriesContext(connection) as queries:
            look_up(practice=planning, number=number, actor=assistant)
        statements[number] = [re.sub(r"NULL|[^A-Z ]", "", query["sql"])[:300] for query in queries]
    for _ in range(40):
        for number, times in took.items():
            began = time.perf_counter()
            look_up(practice=planning, number=number, actor=assistant)
            times.append(time.perf_counter() - began)
    assert statements["99999"] == statements["70001"] == statements["70002"]
    medians = [statistics.median(times) for times in took.values()]
    assert max(medians) < 2 * min(medians)


def test_every_search_is_in_the_trail_and_the_number_never(
    client: Client, planning: Practice, assistant: User
) -> None:
    plan = plan_for(planning, state="running", instruction="bel terug")
    for number in ("70001", "99999"):
        asked(client, planning, number)
    found, missed = AuditEvent.objects.filter(action="search").order_by("pk")
    assert (found.actor, found.outcome, bytes(found.patient_key)) == (
        assistant,
        "done",
        plan.patient_key,
    )
    assert (missed.actor, missed.outcome, missed.patient_key) == (assistant, "failed", None)
    assert "70001" not in str(list(AuditEvent.objects.values()))


def test_a_number_is_never_taken_from_the_address(
    client: Client, planning: Practice, assistant: User
) -> None:
    plan_for(planning, state="running", instruction="bel terug")
    assert "bel terug" not in words(client.get(f"{card(planning)}?number=70001"))
    assert not AuditEvent.objects.filter(action="search").exists()


def test_the_newest_running_plan_counts(planning: Practice, assistant: User) -> None:
    plan_for(planning, drafted_on=day(-100), state="running", instruction="oud")
    new = plan_for(planning, instruction="nieuw")
    assert look_up(practice=planning, number="70001", actor=assistant).text == "nieuw"
    with practice_scope(planning):
        assert PatientPlan.objects.get(pk=new.pk).state == "running"


def test_an_assistant_reaches_no_plan_and_a_manager_no_card(
    client: Client, planning: Practice, assistant: User
) -> None:
    plan_for(planning, state="running", instruction="bel terug")
    for rest in ("plannen/", "plannen/v-01/", "plannen/v-01/tekst/", "netwerkpartners/"):
        assert client.get(f"/praktijk/{planning.slug}/{rest}").status_code == 403
    client.force_login(factories.staff_user(planning, StaffRole.MANAGER))
    assert client.post(card(planning), {"number": "70001"}).status_code == 403


def test_another_practice_finds_nothing_under_the_same_number(
    client: Client, planning: Practice
) -> None:
    plan_for(planning, state="running", instruction="bel terug")
    other = factories.practice()
    client.force_login(factories.staff_user(other, StaffRole.ASSISTANT))
    client.cookies["mtvp_language"] = "en"
    assert "No instruction." in asked(client, other, "70001")
    assert client.post(card(planning), {"number": "70001"}).status_code == 404


def test_with_htmx_only_the_card_comes_back_and_the_field_is_empty(
    client: Client, planning: Practice, assistant: User
) -> None:
    plan_for(planning, state="running", instruction="bel terug")
    answer = client.post(card(planning), {"number": "70001"}, HTTP_HX_REQUEST="true")
    page = answer.content.decode()
    assert "<html" not in page
    assert "bel terug" in page
    assert 'value="70001"' not in page
    assert "Fill in the patient number." in words(client.post(card(planning), {"number": " "}))
