"""Actions on the page of a patient, with htmx and without."""

import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connections, transaction
from django.http import HttpResponse
from django.test import Client

from highusers.actions.services import ActionText, add_action
from highusers.models import NetworkPartner, PatientPlan, PlanAction
from highusers.partners.services import save_partner
from highusers.plans.services import close_plan
from practices.isolation import practice_scope
from practices.models import AuditEvent, Practice, User
from practices.states import StaffRole
from tests import factories
from tests.highusers.planned import day, page, plan_for, today
from tests.pages import words

pytestmark = pytest.mark.django_db
HTMX = {"HTTP_HX_REQUEST": "true"}


@pytest.fixture
def plan(planning: Practice, nurse: User) -> PatientPlan:
    return plan_for(planning)


def actions(practice: Practice) -> list[PlanAction]:
    with practice_scope(practice):
        return list(PlanAction.objects.select_related("colleague", "partner").order_by("pk"))


def an_action(plan: PatientPlan, actor: User, **text: object) -> PlanAction:
    with practice_scope(plan.practice):
        given = {"what": "bellen"} | text
        return add_action(practice=plan.practice, plan=plan, text=ActionText(**given), actor=actor)


def _post_and_leave(client: Client, address: str, sent: dict[str, str]) -> HttpResponse:
    """In a thread of its own, with a connection of its own."""
    try:
        return client.post(address, sent)
    finally:
        connections.close_all()


def test_an_action_of_a_colleague_and_one_of_a_partner(
    client: Client, planning: Practice, nurse: User, plan: PatientPlan
) -> None:
    team = NetworkPartner.objects.create(practice=planning, name="Wijkteam", kind="social")
    address = page(planning, "acties/")
    given = {"what": "bellen", "owner": f"c{nurse.person_id}", "due_on": day(3)}
    assert client.post(address, given).url == page(planning, "#actions")
    client.post(address, {"what": "intake", "owner": f"p{team.pk}"})
    client.post(address, {"what": "nog van niemand"})
    assert [(one.what, one.colleague, one.partner, one.due_on) for one in actions(planning)] == [
        ("bellen", nurse.person, None, day(3)),
        ("intake", None, team, None),
        ("nog van niemand", None, None, None),
    ]
    said = words(client.get(page(planning)))
    assert said.index("bellen") < said.index("intake")
    assert AuditEvent.objects.filter(object_type="highusers.planaction").count() == 3


def test_a_partner_that_is_new_is_added_in_place(
    client: Client, planning: Practice, nurse: User, plan: PatientPlan
) -> None:
    address = page(planning, "acties/")
    given = {"what": "intake", "owner": "", "new_partner": "GGZ Oost"}
    assert "Choose what kind of partner it is." in words(client.post(address, given))
    client.post(address, given | {"new_kind": "ggz"})
    (action,) = actions(planning)
    assert (action.partner.name, action.partner.kind) == ("GGZ Oost", "ggz")
    again = client.post(address, given | {"new_partner": "ggz oost", "new_kind": "ggz"})
    assert "This partner is in the list already." in words(again)


def test_a_new_partner_comes_with_its_action_or_not_at_all(
    client: Client, planning: Practice, nurse: User, plan: PatientPlan
) -> None:
    with practice_scope(planning):
        close_plan(practice=planning, plan=plan, reason="other", note="", actor=nurse)
    given = {"what": "intake", "new_partner": "GGZ Oost", "new_kind": "ggz"}
    answer = client.post(page(planning, "acties/"), given, follow=True)
    assert "The plan is closed." in words(answer)
    assert not NetworkPartner.objects.exists()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("where", ["acties/", "netwerkpartners/"])
def test_two_who_add_the_same_partner_at_once(
    client: Client, planning: Practice, nurse: User, plan: PatientPlan, where: str
) -> None:
    """The second sends it while the first has added it and not committed yet."""
    sent = {"what": "intake", "new_partner": "GGZ Oost", "new_kind": "ggz"}
    address = page(planning, where)
    if where == "netwerkpartners/":
        sent = {"name": "GGZ Oost", "kind": "ggz"}
        address = f"/praktijk/{planning.slug}/{where}"
    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            save_partner(practice=planning, name="ggz oost", kind="ggz", actor=nurse)
            second = pool.submit(_post_and_leave, client, address, sent)
            time.sleep(1)
        answer = second.result(30)
    assert answer.status_code == 200
    assert "This partner is in the list already." in words(answer)
    assert NetworkPartner.objects.get().name == "ggz oost"
    assert actions(planning) == []


def test_with_htmx_only_the_list_comes_back(
    client: Client, planning: Practice, nurse: User, plan: PatientPlan
) -> None:
    answer = client.post(page(planning, "acties/"), {"what": "bellen"}, **HTMX)
    assert answer.status_code == 200
    assert "<html" not in answer.content.decode()
    assert "bellen" in words(answer)
    assert 'hx-swap-oob="innerHTML"' in answer.content.decode()
    (action,) = actions(planning)
    ticked = client.post(page(planning, f"acties/{action.pk}/stand/"), {"state": "done"}, **HTMX)
    assert "The action is done." in words(ticked)
    assert "1 action settled" in words(ticked)
    wrong = client.post(page(planning, "acties/"), {"what": ""}, **HTMX)
    assert "Fill in what is to be done." in words(wrong)


def test_ticked_off_dropped_and_taken_up_again(
    client: Client, planning: Practice, nurse: User, plan: PatientPlan
) -> None:
    address = page(planning, f"acties/{an_action(plan, nurse).pk}/stand/")
    for state, settled_on in (("done", today()), ("open", None), ("dropped", today())):
        client.post(address, {"state": state})
        (action,) = actions(planning)
        assert (action.state, action.settled_on) == (state, settled_on)
    assert client.post(address, {"state": "onzin"}).status_code == 404


def test_a_colleagues_change_of_an_action_is_not_lost(
    client: Client, planning: Practice, nurse: User, plan: PatientPlan
) -> None:
    action = an_action(plan, nurse)
    address = page(planning, f"acties/{action.pk}/")
    seen = client.get(address).context["form"].initial["seen"]
    client.post(address, {"what": "eerst", "seen": seen})
    answer = client.post(address, {"what": "later", "seen": seen})
    assert "A colleague changed this action just now." in words(answer)
    assert answer.context["form"].initial["what"] == "eerst"
    assert [one.what for one in actions(planning)] == ["eerst"]


def test_who_left_stays_the_owner_but_is_not_offered_for_a_new_action(
    client: Client, planning: Practice, nurse: User, plan: PatientPlan
) -> None:
    gone = factories.employment(practice=planning, role=StaffRole.ASSISTANT, ended_on=day(-1))
    action = an_action(plan, nurse, colleague=gone.person)
    stranger = factories.staff_user(factories.practice())
    form = client.get(page(planning, f"acties/{action.pk}/")).context["form"]
    assert gone.person.pk in form.people
    fresh = client.get(page(planning)).context["form"]
    assert gone.person.pk not in fresh.people
    assert stranger.person_id not in fresh.people
    answer = client.post(page(planning, "acties/"), {"what": "x", "owner": f"c{gone.person.pk}"})
    assert answer.context["form"].errors["owner"]


def test_a_closed_plan_takes_no_action(
    client: Client, planning: Practice, nurse: User, plan: PatientPlan
) -> None:
    with practice_scope(planning):
        close_plan(practice=planning, plan=plan, reason="other", note="", actor=nurse)
    answer = client.post(page(planning, "acties/"), {"what": "x"}, follow=True)
    assert "The plan is closed." in words(answer)
    assert actions(planning) == []


def test_an_action_of_another_patient_or_practice_is_not_found(
    client: Client, planning: Practice, nurse: User, plan: PatientPlan
) -> None:
    second = plan_for(planning, 2)
    action = an_action(second, nurse)
    assert client.get(page(planning, f"acties/{action.pk}/")).status_code == 404
    assert client.get(page(planning, f"acties/{action.pk}/", "v-02")).status_code == 200
    other = factories.practice()
    plan_for(other, 2)
    client.force_login(factories.staff_user(other))
    assert client.get(page(other, f"acties/{action.pk}/", "v-02")).status_code == 404
