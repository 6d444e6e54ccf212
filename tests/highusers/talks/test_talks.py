"""Notes of team talks, and the figures behind the question about a lasting habit."""

import json
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from highusers.models import Evaluation, HighUser, TeamTalk
from highusers.plans.services import PlanText, save_plan
from highusers.talks.habit import habit_of
from practices.isolation import practice_scope
from practices.models import AuditEvent
from practices.programme_year import add_years
from practices.states import StaffRole
from tests import factories
from tests.highusers.extracts import store

pytestmark = pytest.mark.django_db


@pytest.fixture
def practice():
    today = timezone.localdate()
    return factories.practice(start_on=add_years(today, -1) + timedelta(days=40))


@pytest.fixture
def doctor(client, practice):
    user = factories.staff_user(practice)
    client.force_login(user)
    client.cookies["mtvp_language"] = "en"
    return user


def page_of(practice, rest=""):
    return f"/praktijk/{practice.slug}/veelgebruikers/teamoverleg/{rest}"


def habit_page(practice):
    return f"/praktijk/{practice.slug}/veelgebruikers/gewoonte/"


def text(response):
    return response.content.decode()


def notes(*people, day="2024-05-02", decided="V-03 krijgt een plan", **more):
    return {"held_on": day, "present": [one.pk for one in people], "decided": decided} | more


def talks(practice):
    with practice_scope(practice):
        return list(TeamTalk.objects.order_by("pk"))


def seen(talk):
    return talk.changed_at.isoformat()


def test_without_notes_the_page_says_what_to_do(client, practice, doctor):
    page = text(client.get(page_of(practice)))
    assert "No talk is written down yet." in page
    assert page_of(practice, "nieuw/") in page


def test_a_talk_is_written_down_listed_and_changed(client, practice, doctor):
    colleague = factories.employment(practice=practice, role="poh").person
    assert client.post(page_of(practice, "nieuw/"), notes(doctor.person, colleague)).url == page_of(
        practice
    )
    page = text(client.get(page_of(practice)))
    for words in ("May 2, 2024", "V-03 krijgt een plan", colleague.name, doctor.person.name):
        assert words in page
    (talk,) = talks(practice)
    again = notes(doctor.person, decided="toch niet", seen=seen(talk))
    client.post(page_of(practice, f"{talk.pk}/"), again)
    (talk,) = talks(practice)
    assert (talk.decided, json.loads(talk.present)) == ("toch niet", [doctor.person.pk])
    assert talk.created_by == doctor
    events = AuditEvent.objects.filter(object_type="highusers.teamtalk").order_by("pk")
    assert [event.action for event in events] == ["create", "list", "change"]
    assert "plan" not in str([event.detail for event in events])


def test_only_colleagues_in_service_can_be_ticked(client, practice, doctor):
    gone = factories.employment(practice=practice, ended_on=date(2021, 1, 1)).person
    stranger = factories.employment().person
    page = text(client.get(page_of(practice, "nieuw/")))
    assert gone.name not in page
    assert stranger.name not in page
    answer = client.post(page_of(practice, "nieuw/"), notes(stranger))
    assert answer.status_code == 200
    assert talks(practice) == []


def test_who_left_since_stays_named_and_who_is_erased_does_not(client, practice, doctor):
    employment = factories.employment(practice=practice, person=factories.person(name="Kim Bos"))
    client.post(page_of(practice, "nieuw/"), notes(doctor.person, employment.person))
    employment.ended_on = timezone.localdate() - timedelta(days=1)
    employment.save()
    (talk,) = talks(practice)
    assert "Kim Bos" in text(client.get(page_of(practice, f"{talk.pk}/")))
    employment.person.employments.all().delete()
    employment.person.delete()
    page = text(client.get(page_of(practice)))
    assert "Kim Bos" not in page
    assert "1 former colleague" in page


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"held_on": ""}, "Fill in when you talked."),
        ({"held_on": "2999-01-01"}, "Fill in a date up to and including today."),
        ({"present": []}, "Tick who was there."),
        ({"decided": " "}, "Fill in what you decided."),
    ],
)
def test_what_is_missing_is_named(client, practice, doctor, wrong, message):
    page = text(client.post(page_of(practice, "nieuw/"), notes(doctor.person) | wrong))
    assert message in page
    assert talks(practice) == []


def test_a_colleague_who_was_first_is_not_overwritten(client, practice, doctor):
    client.post(page_of(practice, "nieuw/"), notes(doctor.person))
    (talk,) = talks(practice)
    address, before = page_of(practice, f"{talk.pk}/"), seen(talk)
    client.post(address, notes(doctor.person, decided="eerst", seen=before))
    page = text(client.post(address, notes(doctor.person, decided="later", seen=before)))
    assert "A colleague changed these notes just now." in page
    assert "later" in page
    assert talks(practice)[0].decided == "eerst"


def test_notes_can_be_deleted(client, practice, doctor):
    client.post(page_of(practice, "nieuw/"), notes(doctor.person))
    (talk,) = talks(practice)
    assert client.post(page_of(practice, f"{talk.pk}/weg/")).url == page_of(practice)
    assert talks(practice) == []


def test_a_manager_reads_no_notes_but_has_the_figures(client, practice, doctor):
    client.post(page_of(practice, "nieuw/"), notes(doctor.person))
    client.force_login(factories.staff_user(practice, StaffRole.MANAGER))
    assert client.get(page_of(practice)).status_code == 403
    assert client.get(habit_page(practice)).status_code == 200


def test_what_is_written_is_encrypted_and_of_this_practice_only(client, practice, doctor):
    client.post(page_of(practice, "nieuw/"), notes(doctor.person))
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM highusers_teamtalk")
        assert cursor.fetchone() == (0,)
        with practice_scope(practice):
            cursor.execute("SELECT decided FROM highusers_teamtalk")
            assert b"V-03" not in bytes(cursor.fetchone()[0])
    other = factories.practice()
    client.force_login(factories.staff_user(other))
    (talk,) = talks(practice)
    assert client.get(page_of(other, f"{talk.pk}/")).status_code == 404


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_of_talks_takes_seventeen_queries(client, practice, doctor, number):
    for day in range(1, number + 1):
        client.post(page_of(practice, "nieuw/"), notes(doctor.person, day=f"2024-05-0{day}"))
    client.get(page_of(practice))
    with CaptureQueriesContext(connection) as queries:
        assert len(client.get(page_of(practice)).context["talks"]) == number
    assert len(queries) == 17


def test_the_figures_of_each_year(practice, doctor):
    start, today = date(2021, 4, 1), date(2023, 6, 1)
    practice.start_on = start
    practice.save()
    store(practice, {"1": 40, "2": 40}, (date(2021, 1, 1), date(2021, 12, 31)))
    store(practice, {"1": 40, "2": 40}, (date(2022, 5, 1), date(2023, 4, 30)))
    drawn_up = [(1, date(2021, 5, 1)), (2, date(2022, 3, 31)), (1, date(2022, 4, 1)),
                (2, date(2023, 4, 2))]  # fmt: skip
    with practice_scope(practice):
        for number, day in drawn_up:
            plan = save_plan(
                practice=practice, high_user=HighUser.objects.get(number=number),
                text=PlanText(), actor=None, drafted_on=day,
            )  # fmt: skip
        for day in (date(2021, 4, 1), date(2022, 3, 31), date(2023, 5, 1)):
            TeamTalk.objects.create(practice=practice, held_on=day, present="[]", decided="x")
        Evaluation.objects.create(
            practice=practice, plan=plan, held_on=date(2022, 6, 1), outcome="partly"
        )
        years = habit_of(practice, today)
    assert [
        (one.year.number, one.is_over, one.extract_on, one.plans, one.needed, one.talks,
         one.evaluations)
        for one in years
    ] == [
        (1, True, date(2021, 12, 31), 2, 5, 2, 0),
        (2, True, None, 1, 5, 0, 1),
        (3, False, date(2023, 4, 30), 1, None, 1, 0),
    ]  # fmt: skip


@pytest.mark.parametrize("talked", [1, 3])
def test_the_figures_take_nine_queries(practice, talked):
    with practice_scope(practice):
        for day in range(1, talked + 1):
            TeamTalk.objects.create(
                practice=practice, held_on=date(2024, 5, day), present="[]", decided="x"
            )
        with CaptureQueriesContext(connection) as queries:
            habit_of(practice, timezone.localdate())
    assert len(queries) == 9


def test_before_the_start_there_are_no_figures(client, practice, doctor):
    practice.start_on = timezone.localdate() + timedelta(days=10)
    practice.save()
    assert "The programme has not begun" in text(client.get(habit_page(practice)))


def test_a_patient_gets_the_own_lines_and_leaves_no_code_behind(client, practice, doctor):
    store(practice, {"1": 64, "2": 40, "3": 35})
    decided = "V-01 en v-2 krijgen een plan\nV-03 nog niet\nV1: zus bellen; V-010 niet"
    client.post(page_of(practice, "nieuw/"), notes(doctor.person, decided=decided))
    patient = f"/praktijk/{practice.slug}/patient/V-01/"
    held = json.loads(client.get(f"{patient}gegevens/").content)
    (talk,) = held["team_talks"]
    assert talk["decided"] == "V-01 en V-… krijgen een plan\nV1: zus bellen; V-… niet"
    (before,) = talks(practice)
    client.post(f"{patient}verwijderen/", {"reason": "objection"})
    (after,) = talks(practice)
    assert after.decided.splitlines() == [
        "V-… en v-2 krijgen een plan",
        "V-03 nog niet",
        "V-…: zus bellen; V-010 niet",
    ]
    assert seen(after) != seen(before)
