"""The page of one patient and the form of the plan."""

from datetime import date
from types import SimpleNamespace

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from highusers.actions.services import ActionText, add_action
from highusers.conversations.services import Talk, save_conversation
from highusers.models import Judgement, PatientPlan, PatientProfile
from highusers.plans.page import patient_page
from monitoring.standing import standing
from practices.isolation import practice_scope
from practices.models import AuditEvent, Practice, User
from practices.permissions import Permission
from practices.programme_year import add_years
from practices.states import StaffRole
from tests import factories
from tests.highusers.extracts import store
from tests.highusers.planned import day, page, patient, plan_for, today
from tests.pages import words

pytestmark = pytest.mark.django_db
TEXT = {
    "influenceable": "yes", "reason": "belt vaak", "who": "huisarts", "how": "vast gesprek",
    "moment_kind": "when_calls", "moment": "ochtend", "goals": "minder zorgen",
    "instruction": "dubbel consult", "life_domains": ["money", "loneliness"], "profile": "",
    "evaluate_on": "",
}  # fmt: skip


def seen_on(client: Client, address: str) -> str:
    return client.get(address).context["form"].initial["seen"]


def plans(practice: Practice) -> list[PatientPlan]:
    with practice_scope(practice):
        return list(PatientPlan.objects.order_by("drafted_on"))


def save(client: Client, practice: Practice, **text: object) -> str:
    """Fill the form as it is shown; answers where one is sent."""
    address = page(practice, "bewerken/")
    return client.post(address, {**TEXT, "seen": seen_on(client, address), **text}).url


def test_a_plan_is_drawn_up_and_changed(client: Client, planning: Practice, nurse: User) -> None:
    patient(planning)
    assert "This patient has no plan yet." in words(client.get(page(planning)))
    assert save(client, planning) == page(planning)
    assert save(client, planning, goals="rust") == page(planning)
    (plan,) = plans(planning)
    assert (plan.goals, plan.who, plan.influenceable) == ("rust", "huisarts", "yes")
    assert (plan.life_domains, plan.instruction) == ("money,loneliness", "dubbel consult")
    assert (plan.drafted_on, plan.created_by) == (timezone.localdate(), nurse)
    events = AuditEvent.objects.filter(object_type="highusers.patientplan")
    written = events.exclude(action="read").order_by("pk")
    assert [event.action for event in written] == ["create", "change"]
    assert written[1].detail == {"fields": ["goals"]}
    with connection.cursor() as cursor, practice_scope(planning):
        cursor.execute("SELECT goals, life_domains, instruction FROM highusers_patientplan")
        for stored in cursor.fetchone():
            assert not any(word in bytes(stored) for word in (b"rust", b"money", b"consult"))


def test_the_page_says_what_was_agreed(client: Client, planning: Practice, nurse: User) -> None:
    plan_for(planning, reason="belt vaak", life_domains="money,work", profile=None)
    said = words(client.get(page(planning)))
    for part in ("belt vaak", "Money and debts, Work and day activities", "huisarts", "Drawn up"):
        assert part in said
    assert "70001" not in said


def test_a_saved_plan_counts_for_the_norm(client: Client, planning: Practice, nurse: User) -> None:
    period = (add_years(today(), -1), day(-1))
    store(planning, {"70001": 40, "70002": 40}, period)
    for code in ("v-01", "v-02"):
        address = page(planning, "bewerken/", code)
        client.post(address, TEXT | {"seen": seen_on(client, address)})
    (one,) = standing(today(), [planning.pk])
    parts = [part for obligation in one.obligations for part in obligation.parts]
    assert [part.achieved for part in parts if part.name == "plans"] == [0, 2]


def test_a_first_plan_begins_with_what_the_team_said(
    client: Client, planning: Practice, nurse: User
) -> None:
    profile = PatientProfile.objects.get(number=3)
    with practice_scope(planning):
        Judgement.objects.create(
            practice=planning,
            high_user=patient(planning),
            period_end=date(2024, 3, 31),
            influenceable="doubt",
            profile=profile,
            chosen_on=day(-1),
            position=1,
        )
    form = client.get(page(planning, "bewerken/")).context["form"]
    assert (form.initial["influenceable"], form.initial["profile"]) == ("doubt", profile)
    save(client, planning)
    assert plans(planning)[0].period_end == date(2024, 3, 31)


def test_a_new_year_goes_on_with_what_was_going_on(
    client: Client, planning: Practice, nurse: User
) -> None:
    """A plan of last year stays in use until this year's is drawn up, which takes its work over."""
    old = plan_for(planning, drafted_on=day(-100), goals="oud doel", actor=nurse)
    client.post(page(planning, "start/"))
    with practice_scope(planning):
        action = add_action(practice=planning, plan=old, text=ActionText("bellen"), actor=nurse)
    assert "This plan is of an earlier programme year." in words(client.get(page(planning)))
    save(client, planning, goals="bijgesteld doel")
    assert [(plan.goals, plan.state) for plan in plans(planning)] == [
        ("bijgesteld doel", "running")
    ]
    address = page(planning, "nieuw/")
    form = client.get(address).context["form"]
    assert form.initial["goals"] == "bijgesteld doel"
    client.post(address, TEXT | {"goals": "nieuw doel", "seen": form.initial["seen"]})
    first, second = plans(planning)
    assert (first.state, first.close_reason, first.closed_on) == ("closed", "continued", today())
    assert (second.state, second.goals, second.drafted_on) == ("running", "nieuw doel", today())
    with practice_scope(planning):
        action.refresh_from_db()
    assert action.plan_id == second.pk
    said = words(client.get(page(planning)))
    assert "Plans of earlier years" in said
    read = words(client.get(page(planning, f"eerder/{first.pk}/")))
    assert "bijgesteld doel" in read
    assert "Goes on in a new plan" in read
    assert client.get(address).url == page(planning, "bewerken/")


def test_a_new_programme_year_begins_a_new_plan(planning: Practice) -> None:
    for drafted_on in (day(-300), day(-290), day(-10)):
        plan_for(planning, drafted_on=drafted_on, how=str(drafted_on))
    assert [(plan.drafted_on, plan.how) for plan in plans(planning)] == [
        (day(-300), str(day(-290))),
        (day(-10), str(day(-10))),
    ]


def test_two_who_change_different_things_both_keep_their_words(
    client: Client, planning: Practice, nurse: User
) -> None:
    plan_for(planning, goals="doel", reason="reden")
    address = page(planning, "bewerken/")
    seen = seen_on(client, address)
    colleague = factories.staff_user(planning, StaffRole.GP_OWNER, email="smit@voorbeeld.example")
    other = Client()
    other.force_login(colleague)
    text = TEXT | {"goals": "doel", "reason": "reden", "seen": seen}
    other.post(address, text | {"goals": "doel van Smit"})
    answer = client.post(address, text | {"reason": "mijn reden"})
    said = words(answer)
    assert f"{colleague} changed this plan at" in said
    form = answer.context["form"]
    assert (form.initial["goals"], form.initial["reason"]) == ("doel van Smit", "mijn reden")
    assert form.theirs == {}
    assert plans(planning)[0].goals == "doel van Smit"
    again = text | {"goals": "doel van Smit", "reason": "mijn reden"}
    client.post(address, again | {"seen": form.initial["seen"]})
    (plan,) = plans(planning)
    assert (plan.goals, plan.reason) == ("doel van Smit", "mijn reden")


def test_who_changed_the_same_sees_the_colleagues_words_beside_the_own(
    client: Client, planning: Practice, nurse: User
) -> None:
    plan_for(planning, goals="doel")
    address = page(planning, "bewerken/")
    seen = seen_on(client, address)
    client.post(address, TEXT | {"goals": "eerst", "seen": seen})
    answer = client.post(address, TEXT | {"goals": "later", "seen": seen})
    assert answer.context["form"].initial["goals"] == "later"
    assert answer.context["form"].theirs == {"goals": "eerst"}
    assert "Your colleague's version of “Goals”: eerst" in words(answer)
    assert plans(planning)[0].goals == "eerst"


def test_two_who_draw_up_the_same_plan_at_once_lose_nothing(
    client: Client, planning: Practice, nurse: User
) -> None:
    patient(planning)
    address = page(planning, "bewerken/")
    client.get(address)
    client.post(address, TEXT | {"goals": "eerst", "seen": ""})
    answer = client.post(address, TEXT | {"goals": "later", "seen": ""})
    assert answer.context["form"].theirs == {"goals": "eerst"}
    assert [plan.goals for plan in plans(planning)] == ["eerst"]


def test_what_is_missing_is_named_and_the_rest_kept(
    client: Client, planning: Practice, nurse: User
) -> None:
    patient(planning)
    answer = client.post(page(planning, "bewerken/"), {"goals": "minder zorgen"})
    said = answer.content.decode()
    for message in ("Choose whether the high use can be influenced.", "Fill in who acts."):
        assert message in said
    assert "minder zorgen" in said
    assert plans(planning) == []


def test_looking_up_the_number_is_in_the_trail(
    client: Client, planning: Practice, nurse: User
) -> None:
    patient(planning)
    assert "70001" not in client.get(page(planning)).content.decode()
    assert "70001" in words(client.post(page(planning, "nummer/")))
    event = AuditEvent.objects.filter(detail__fields=["his_number"]).get()
    assert (event.action, event.actor) == ("read", nurse)
    assert "70001" not in str(event.detail)


@pytest.mark.parametrize("code", ["v-99", "x", "v-1", "v-0000000000001"])
def test_a_code_that_is_none(client: Client, planning: Practice, nurse: User, code: str) -> None:
    assert client.get(page(planning, code=code)).status_code == 404
    assert client.get(page(planning, "bewerken/", code)).status_code == 404


def test_another_practice_and_a_manager_see_no_plan(client: Client, planning: Practice) -> None:
    plan_for(planning)
    other = factories.practice()
    client.force_login(factories.staff_user(other))
    assert client.get(page(planning)).status_code == 404
    assert client.get(page(other)).status_code == 404
    client.force_login(factories.staff_user(planning, StaffRole.MANAGER))
    for rest in ("", "bewerken/", "tekst/", "plan.pdf", "gespreksblad.pdf", "versies/"):
        assert client.get(page(planning, rest)).status_code == 403
    assert client.post(page(planning, "nummer/")).status_code == 403


@pytest.mark.parametrize("many", [1, 3])
def test_the_page_takes_the_same_number_of_queries_however_much_there_is(
    client: Client, planning: Practice, nurse: User, many: int
) -> None:
    plan = plan_for(planning, actor=nurse)
    with practice_scope(planning):
        for number in range(many):
            add_action(
                practice=planning, plan=plan, text=ActionText("x", nurse.person), actor=nurse
            )
            save_conversation(
                practice=planning,
                high_user=plan.high_user,
                talk=Talk(day(-number), nurse.person, marks={"body": number}),
                actor=nurse,
            )
    asked = SimpleNamespace(practice=planning, access=frozenset(Permission))
    with practice_scope(planning), CaptureQueriesContext(connection) as queries:
        shown = patient_page(asked, plan.high_user)
        assert len(list(shown["form"]["owner"].field.choices)) == 2
    assert len(shown["actions"].to_do) == many
    assert len(queries) == 16
