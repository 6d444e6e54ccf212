"""The cycle of a plan, its versions, consent, and what goes to paper and to the record."""

import pytest
from django.db import connection
from django.test import Client

from highusers.actions.services import ActionText, add_action
from highusers.evaluations.services import Findings, evaluate
from highusers.models import PlanAction, PlanVersion
from highusers.plans.services import (
    NotNowError,
    close_plan,
    reopen_plan,
    start_plan,
)
from highusers.plans.steps import next_step
from practices.isolation import practice_scope
from practices.models import AuditEvent, Practice, User
from tests.highusers.planned import day, fresh, page, plan_for, today
from tests.pages import words

pytestmark = pytest.mark.django_db


def filled_in(client: Client, address: str) -> dict[str, object]:
    """The form as it is shown, ready to send."""
    initial = client.get(address).context["form"].initial
    return {name: value for name, value in initial.items() if value is not None}


def test_from_drawn_up_to_closed_and_open_again(
    client: Client, planning: Practice, nurse: User
) -> None:
    """The page offers one sensible step at a time."""
    plan = plan_for(planning, drafted_on=day(-20), evaluate_on=day(5))
    offered, states = [], []
    for rest, data in (
        ("start/", {}),
        ("evaluatie/", {"held_on": day(-3), "outcome": "partly", "next_on": day(30)}),
        ("bewerken/", {"goals": "een kleiner doel"}),
        ("evaluatie/", {"held_on": today(), "outcome": "reached"}),
    ):
        offered.append(client.get(page(planning)).context["step"].page)
        states.append(fresh(plan).state)
        address = page(planning, rest)
        given = filled_in(client, address) if rest == "bewerken/" else {}
        client.post(address, given | data)
    assert offered == ["plan_start", "evaluation_new", "plan_edit", "evaluation_new"]
    assert states == ["drawn_up", "running", "evaluated", "adjusted"]
    assert client.get(page(planning)).context["step"].page == "plan_close"
    form = client.get(page(planning, "sluiten/")).context["form"]
    assert form.initial == {"reason": "reached"}
    client.post(page(planning, "sluiten/"), {"reason": "reached", "note": "mooi"})
    closed = fresh(plan)
    assert (closed.state, closed.closed_on, closed.close_reason, closed.close_note) == (
        "closed",
        today(),
        "reached",
        "mooi",
    )
    said = client.get(page(planning))
    assert said.context["step"] is None
    assert "The goals are reached" in words(said)
    client.post(page(planning, "heropenen/"))
    opened = fresh(plan)
    assert (opened.state, opened.closed_on, opened.close_reason) == ("running", None, "")


def test_a_plan_without_a_word_asks_to_be_written_first(planning: Practice) -> None:
    plan = plan_for(planning, how="", who="")
    assert next_step(plan, today(), "").page == "plan_edit"


def test_closing_drops_what_is_to_do_and_says_so(
    client: Client, planning: Practice, nurse: User
) -> None:
    plan = plan_for(planning)
    with practice_scope(planning):
        add_action(practice=planning, plan=plan, text=ActionText("bellen"), actor=nurse)
    assert "1 action is still to do. It is dropped." in words(
        client.get(page(planning, "sluiten/"))
    )
    client.post(page(planning, "sluiten/"), {"reason": "moved"})
    with practice_scope(planning):
        action = PlanAction.objects.get()
    assert (action.state, action.settled_on) == ("dropped", today())


@pytest.mark.parametrize("rest", ["start/", "toestemming/", "bewerken/", "sluiten/"])
def test_a_closed_plan_is_not_changed(
    client: Client, planning: Practice, nurse: User, rest: str
) -> None:
    plan = plan_for(planning)
    seen = client.get(page(planning, "bewerken/")).context["form"].initial["seen"]
    with practice_scope(planning):
        close_plan(practice=planning, plan=plan, reason="other", note="", actor=nurse)
    text = {"who": "x", "how": "y", "influenceable": "no", "reason": "other", "seen": seen}
    answer = client.post(page(planning, rest), text, follow=True)
    assert "That is not possible now" in words(answer)
    assert (fresh(plan).state, fresh(plan).who) == ("closed", "huisarts")


def test_only_the_latest_plan_of_a_patient_is_opened_again(planning: Practice, nurse: User) -> None:
    old = plan_for(planning, drafted_on=day(-100))
    plan_for(planning)
    with practice_scope(planning), pytest.raises(NotNowError):
        reopen_plan(practice=planning, plan=old, actor=nurse)
    with practice_scope(planning), pytest.raises(NotNowError):
        start_plan(practice=planning, plan=fresh(old), actor=nurse)


def test_consent_is_recorded_by_whom_and_withdrawn(
    client: Client, planning: Practice, nurse: User
) -> None:
    plan = plan_for(planning, hotspotter=True)
    assert "The patient agrees" in words(client.get(page(planning)))
    client.post(page(planning, "toestemming/"), {"given": "yes"})
    assert (fresh(plan).consent_on, fresh(plan).consent_by) == (today(), nurse)
    assert f"noted by {nurse}" in words(client.get(page(planning)))
    client.post(page(planning, "toestemming/"), {"given": "no"})
    assert (fresh(plan).consent_on, fresh(plan).consent_by) == (None, None)
    said = words(client.get(page(planning, "versies/")))
    assert "Consent for sharing across domains" in said


def test_every_change_leaves_a_version_that_says_what_changed(
    client: Client, planning: Practice, nurse: User
) -> None:
    plan = plan_for(planning, goals="eerste doel", actor=nurse)
    address = page(planning, "bewerken/")
    client.post(address, filled_in(client, address) | {"goals": "tweede doel"})
    client.post(page(planning, "start/"))
    shown = client.get(page(planning, "versies/"))
    told = [
        [(change.label, change.before, change.after) for change in version.changes]
        for version in shown.context["versions"]
    ]
    assert told[:2] == [
        [("State", "Drawn up", "Running")],
        [("Goals", "eerste doel", "tweede doel")],
    ]
    assert ("Goals", "nothing", "eerste doel") in told[2]
    assert [version.saved_by for version in shown.context["versions"]] == [nurse] * 3
    with practice_scope(planning):
        contents = [bytes(c) for c in _stored_contents()]
    assert len(contents) == 3
    assert not any(b"doel" in content for content in contents)
    # Saving without a change is no change.
    client.post(address, filled_in(client, address))
    with practice_scope(planning):
        assert PlanVersion.objects.filter(plan=plan).count() == 3


def _stored_contents() -> list[bytes]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT content FROM highusers_planversion")
        return [row[0] for row in cursor.fetchall()]


def _whole(planning: Practice, nurse: User) -> None:
    plan = plan_for(
        planning, goals="minder zorgen\nmeer rust", evaluate_on=day(20), life_domains="work",
        instruction="dubbel consult", moment_kind="when_calls",
    )  # fmt: skip
    with practice_scope(planning):
        text = ActionText("wijkteam bellen", nurse.person, due_on=day(3))
        add_action(practice=planning, plan=plan, text=text, actor=nurse)
        findings = Findings(today(), "partly", "het gaat beter", "eens per maand")
        evaluate(practice=planning, plan=plan, findings=findings, next_on=day(60), actor=nurse)


def test_the_text_for_the_record_is_plain_and_whole(
    client: Client, planning: Practice, nurse: User
) -> None:
    _whole(planning, nurse)
    answer = client.get(page(planning, "tekst/"))
    text = answer.context["text"]
    for part in ("minder zorgen", "wijkteam bellen", "het gaat beter", "eens per maand", "Work"):
        assert part in text
    assert "\nActions:\n- wijkteam bellen (" in text
    assert "<" not in text
    assert "V-01" not in text
    assert "<textarea" in answer.content.decode()
    assert AuditEvent.objects.get(action="export").object_type == "highusers.patientplan"


@pytest.mark.parametrize("name", ["plan.pdf", "gespreksblad.pdf"])
def test_paper_is_a_pdf_and_printing_is_in_the_trail(
    client: Client, planning: Practice, nurse: User, name: str
) -> None:
    _whole(planning, nurse)
    answer = client.get(page(planning, name))
    assert answer["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF")
    event = AuditEvent.objects.get(action="print")
    assert event.actor == nurse
    assert event.patient_key is not None
