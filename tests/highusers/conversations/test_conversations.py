"""Conversations with a patient and the spider web."""

import pytest
from django.db import connection
from django.test import Client

from highusers.conversations.services import Talk, save_conversation
from highusers.conversations.web import marks_of, web_of
from highusers.models import Conversation
from practices.isolation import practice_scope
from practices.models import AuditEvent, Practice, User
from tests import factories
from tests.highusers.planned import day, page, patient, plan_for, today
from tests.pages import words

pytestmark = pytest.mark.django_db
MARKS = {
    "body": "4", "mind": "3", "meaning": "5", "quality": "4", "taking_part": "", "daily": "0",
}  # fmt: skip


def talks(practice: Practice) -> list[Conversation]:
    with practice_scope(practice):
        return list(Conversation.objects.select_related("colleague"))


def test_a_talk_with_marks_is_recorded_and_changed(
    client: Client, planning: Practice, nurse: User
) -> None:
    patient(planning)
    address = page(planning, "gesprek/nieuw/")
    form = client.get(address).context["form"]
    assert (form.initial["held_on"], form.initial["colleague"]) == (today(), nurse.person)
    given = MARKS | {"held_on": day(-2), "colleague": nurse.person_id, "note": "slaapt slecht"}
    assert client.post(address, given).url == page(planning)
    (talk,) = talks(planning)
    assert marks_of(talk) == {"body": 4, "mind": 3, "meaning": 5, "quality": 4, "daily": 0}
    assert (talk.held_on, talk.colleague, talk.note) == (day(-2), nurse.person, "slaapt slecht")
    change = page(planning, f"gesprek/{talk.pk}/")
    begin = client.get(change).context["form"].initial
    assert begin["daily"] == "0"
    given["seen"] = begin["seen"]
    client.post(change, given | {"body": "9", "note": "beter"})
    late = client.post(change, given | {"body": "1", "note": "slechter"})
    assert "A colleague changed these notes just now." in words(late)
    (talk,) = talks(planning)
    assert (marks_of(talk)["body"], talk.note) == (9, "beter")
    events = AuditEvent.objects.filter(object_type="highusers.conversation").order_by("pk")
    assert [(event.action, event.actor) for event in events] == [
        ("create", nurse),
        ("change", nurse),
    ]


def test_marks_and_notes_are_encrypted(client: Client, planning: Practice, nurse: User) -> None:
    patient(planning)
    client.post(
        page(planning, "gesprek/nieuw/"), MARKS | {"held_on": today(), "note": "slaapt slecht"}
    )
    with connection.cursor() as cursor, practice_scope(planning):
        cursor.execute("SELECT marks, note FROM highusers_conversation")
        stored = [bytes(value) for value in cursor.fetchone()]
    assert not any(word in value for value in stored for word in (b"body", b"slaapt", b"{"))


@pytest.mark.parametrize("mark", ["11", "-1", "5.5", "x"])
def test_a_mark_is_a_whole_number_from_0_to_10(
    client: Client, planning: Practice, nurse: User, mark: str
) -> None:
    patient(planning)
    answer = client.post(
        page(planning, "gesprek/nieuw/"), MARKS | {"held_on": today(), "body": mark}
    )
    assert answer.context["form"].errors["body"]
    assert talks(planning) == []


def test_one_talk_a_day_and_none_to_come(client: Client, planning: Practice, nurse: User) -> None:
    patient(planning)
    address = page(planning, "gesprek/nieuw/")
    client.post(address, {"held_on": today(), "note": "eerste"})
    assert "A conversation of this day is there already." in words(
        client.post(address, {"held_on": today(), "note": "tweede"})
    )
    assert "not after today" in words(client.post(address, {"held_on": day(1)}))
    assert [talk.note for talk in talks(planning)] == ["eerste"]


def test_the_first_and_the_latest_talks_lie_over_one_another(
    planning: Practice, nurse: User
) -> None:
    who = patient(planning)
    with practice_scope(planning):
        for number in range(6):
            marks = {"body": number} if number != 3 else {}
            talk = Talk(day(number - 9), nurse.person, marks=marks)
            save_conversation(practice=planning, high_user=who, talk=talk, actor=nurse)
        chart = web_of(list(Conversation.objects.filter(high_user=who)))
    assert chart is not None
    assert chart.rows[0][1:] == ("0", "2", "4", "5")
    assert len(chart.headers) == 5


def test_without_marks_there_is_no_web(planning: Practice, nurse: User) -> None:
    who = patient(planning)
    with practice_scope(planning):
        talk = Talk(today(), None, "alleen gepraat")
        save_conversation(practice=planning, high_user=who, talk=talk, actor=nurse)
        assert web_of(list(Conversation.objects.all())) is None


def test_the_page_shows_two_webs_and_claims_nothing(
    client: Client, planning: Practice, nurse: User
) -> None:
    plan = plan_for(planning)
    with practice_scope(planning):
        for held_on, mark in ((day(-60), 3), (today(), 7)):
            talk = Talk(held_on, nurse.person, marks={"body": mark})
            save_conversation(practice=planning, high_user=plan.high_user, talk=talk, actor=nurse)
    said = words(client.get(page(planning)))
    assert "Marks that the patient gave on" in said
    assert "The marks measure nothing and prove no effect." in said
    assert "average" not in said.lower()


def test_a_talk_of_another_patient_or_practice_is_not_found(
    client: Client, planning: Practice, nurse: User
) -> None:
    patient(planning)
    second = patient(planning, 2)
    with practice_scope(planning):
        talk = save_conversation(
            practice=planning, high_user=second, talk=Talk(today()), actor=nurse
        )
    assert client.get(page(planning, f"gesprek/{talk.pk}/")).status_code == 404
    other = factories.practice()
    patient(other, 2)
    client.force_login(factories.staff_user(other))
    assert client.get(page(other, f"gesprek/{talk.pk}/", "v-02")).status_code == 404
