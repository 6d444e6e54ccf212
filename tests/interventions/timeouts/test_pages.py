"""Noting, changing and dropping one's own time-outs; nothing in them names a patient."""

import json
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone

from interventions.models import TimeOut
from practices.drafts.exchange import user_key
from practices.models import AuditEvent
from practices.retention import delete_expired
from practices.rights.people import export_person
from practices.states import AuditAction, StaffRole
from tests import factories

pytestmark = pytest.mark.django_db

ANSWERS = {
    "kind": "referral",
    "specialism": "cardiology",
    "step": "colleague",
    "outcome": "not_sent",
    "learned": "",
}
BSN = "111222333"
TODAY = timezone.localdate()


@pytest.fixture
def practice():
    return factories.practice(slug="linde")


@pytest.fixture
def doctor(practice, client):
    user = factories.staff_user(practice)
    client.force_login(user)
    return user


def noted(doctor, practice, **fields):
    return TimeOut.objects.create(
        **{"practice": practice, "person": doctor.person, "held_on": TODAY} | ANSWERS | fields
    )


def post(client, rest, **answers):
    return client.post(f"/praktijk/linde/time-out/{rest}", ANSWERS | answers)


def send(client, user, *changes):
    """What a device sends: its number of each, and the answers."""
    listed = [
        {
            "id": f"a-{key}",
            "field": key,
            "value": value,
            "base": "",
            "at": timezone.now().isoformat(),
        }
        for key, value in changes
    ]
    return client.post(
        "/praktijk/linde/time-out/nieuw/bewaren/",
        json.dumps({"user": user_key(user), "changes": listed}),
        content_type="application/json",
    )


def answers(**other):
    return json.dumps(ANSWERS | other)


def test_what_is_noted_is_the_writers_own(practice, doctor, client):
    assert post(client, "nieuw/", learned="Eerst  terugzien").status_code == 302
    made = TimeOut.objects.get()
    assert (made.person, made.practice, made.held_on) == (doctor.person, practice, TODAY)
    assert (made.kind, made.specialism, made.step) == ("referral", "cardiology", "colleague")
    assert (made.outcome, made.learned, made.to_look_at) == ("not_sent", "Eerst terugzien", False)
    assert "Eerst terugzien" in client.get("/praktijk/linde/time-out/lijst/").text
    client.force_login(factories.staff_user(practice, StaffRole.GP_LOCUM))
    assert "Eerst terugzien" not in client.get("/praktijk/linde/time-out/lijst/").text


def test_all_but_what_was_learned_is_asked(doctor, client):
    page = client.post("/praktijk/linde/time-out/nieuw/", {"learned": "Rust"})
    assert page.status_code == 200
    assert set(page.context["form"].errors) == {"kind", "specialism", "step", "outcome"}
    assert not TimeOut.objects.exists()


def test_a_bsn_is_refused_and_a_name_is_asked_about_once(doctor, client):
    page = post(client, "nieuw/", learned=f"zie {BSN}")
    assert "learned" in page.context["form"].errors
    page = post(client, "nieuw/", learned="mevrouw Jansen gebeld")
    assert page.context["form"].told
    assert not TimeOut.objects.exists()
    seen = page.context["form"].seen
    assert post(client, "nieuw/", learned="mevrouw Jansen gebeld", looked=seen).status_code == 302
    assert not TimeOut.objects.get().to_look_at


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("mevrouw Jansen", "looks like a name"),
        ("geboren 3-4-1951", "looks like a date of birth"),
        (BSN, "citizen service number"),
    ],
)
def test_the_form_warns_while_somebody_types(doctor, client, typed, told):
    client.cookies["mtvp_language"] = "en"
    assert told in post(client, "nieuw/kijk/", learned=typed).text
    assert "notice" not in post(client, "nieuw/kijk/", learned="Terugzien helpt").text


def test_what_a_device_sends_twice_is_kept_once(practice, doctor, client):
    for _again in range(2):
        sent = send(client, doctor, ("new-1", answers()), ("new-2", answers(kind="diagnostics")))
        assert sent.json()["outcomes"] == {"a-new-1": "kept", "a-new-2": "kept"}
        assert sent.json()["held"] == {}
    assert sorted(TimeOut.objects.values_list("device_key", "kind")) == [
        ("new-1", "referral"),
        ("new-2", "diagnostics"),
    ]
    assert AuditEvent.objects.filter(action=AuditAction.CREATE).count() == 2


def test_the_same_number_of_two_people_is_two_time_outs(practice, doctor, client):
    send(client, doctor, ("new-1", answers()))
    other = factories.staff_user(practice, StaffRole.POH)
    client.force_login(other)
    send(client, other, ("new-1", answers()))
    assert TimeOut.objects.count() == 2


@pytest.mark.parametrize("value", ["geen json", "[]", '{"kind": "referral"}', "{}"])
def test_what_is_no_time_out_is_refused_in_words(doctor, client, value):
    outcome = send(client, doctor, ("new-1", value)).json()["outcomes"]["a-new-1"]
    assert outcome not in {"kept", "conflict"}
    assert not TimeOut.objects.exists()


def test_a_bsn_from_a_device_never_arrives_and_a_name_waits_for_its_writer(
    practice, doctor, client
):
    send(client, doctor, ("new-1", answers(learned=f"mevrouw Jansen {BSN}, terugzien")))
    made = TimeOut.objects.get()
    assert made.learned == "mevrouw Jansen …, terugzien"
    assert made.to_look_at
    page = client.get("/praktijk/linde/time-out/lijst/")
    assert page.context["to_look_at"] == [made]
    assert client.get("/praktijk/linde/time-out/nieuw/").context["to_look_at"] == 1
    client.post(f"/praktijk/linde/time-out/{made.pk}/niemand/")
    assert client.get("/praktijk/linde/time-out/lijst/").context["to_look_at"] == []


def test_a_change_of_the_text_settles_what_looked_like_a_name(practice, doctor, client):
    made = noted(doctor, practice, learned="mevrouw Jansen", to_look_at=True)
    yesterday = str(TODAY - timedelta(days=1))
    post(client, f"{made.pk}/", learned="terugzien", outcome="sent", held_on=yesterday)
    made.refresh_from_db()
    assert (made.learned, made.outcome, str(made.held_on)) == ("terugzien", "sent", yesterday)
    assert not made.to_look_at


@pytest.mark.parametrize(("days", "status"), [(-1, 200), (0, 302), (400, 302), (1000, 200)])
def test_a_time_out_lies_in_the_last_two_years(practice, doctor, client, days, status):
    made = noted(doctor, practice)
    day = str(TODAY - timedelta(days=days))
    assert post(client, f"{made.pk}/", held_on=day).status_code == status


def test_a_time_out_can_be_dropped_and_the_trail_tells_no_contents(practice, doctor, client):
    post(client, "nieuw/", learned="Terugzien")
    made = TimeOut.objects.get()
    client.post(f"/praktijk/linde/time-out/{made.pk}/weg/")
    assert not TimeOut.objects.exists()
    events = AuditEvent.objects.filter(object_type="interventions.timeout").order_by("at")
    assert [one.action for one in events] == [AuditAction.CREATE, AuditAction.DELETE]
    assert all("Terugzien" not in json.dumps(one.detail) for one in events)


def test_what_was_learned_is_encrypted_in_the_database(practice, doctor):
    made = noted(doctor, practice, learned="Terugzien helpt")
    (token,) = (
        TimeOut.objects.filter(pk=made.pk).extra(select={"raw": "learned"}).values_list("raw")
    )
    assert b"Terugzien" not in bytes(token[0])


def test_after_two_years_a_time_out_goes(practice, doctor):
    noted(doctor, practice, held_on=TODAY - timedelta(days=735))
    stays = noted(doctor, practice, held_on=TODAY - timedelta(days=725))
    assert [(one.model, one.rows) for one in delete_expired(today=TODAY)] == [
        ("interventions.TimeOut", 1)
    ]
    assert TimeOut.objects.get() == stays


def test_somebody_gets_their_own_time_outs_and_no_others(practice, doctor):
    noted(doctor, practice, learned="Terugzien")
    noted(factories.staff_user(practice), practice, learned="Van een ander")
    held = export_person(person=doctor.person, account=doctor, actor=None)
    assert [one["learned"] for one in held["time_outs"]] == ["Terugzien"]


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_asks_the_same_of_the_database_however_long(
    practice, doctor, client, number, django_assert_num_queries
):
    for _one in range(number):
        noted(doctor, practice)
    with django_assert_num_queries(13):
        client.get("/praktijk/linde/time-out/lijst/")


def test_new_keys_reach_what_was_learned(practice, doctor):
    noted(doctor, practice, learned="Terugzien")
    call_command("rotate_keys")
    assert TimeOut.objects.get().learned == "Terugzien"
