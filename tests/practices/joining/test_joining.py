"""From the public form to a practice with an account, and out again."""

import re
from datetime import date, timedelta
from threading import Barrier, Thread

import pytest
from django.core import mail
from django.db import connection
from django.utils import timezone

from practices.changes.services import change_code
from practices.joining import services
from practices.joining.links import application_behind, confirm_link
from practices.joining.tasks import send_waiting
from practices.models import Application, AuditEvent, Invitation, JoiningMail, Practice
from practices.states import ApplicationState, RegionRoleName, StaffRole, Stage
from tests import factories
from tests.pages import words

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def in_english(client):
    client.cookies["mtvp_language"] = "en"


@pytest.fixture
def cohort():
    today = timezone.localdate()
    return factories.cohort(
        name="Lichting 9",
        information_meeting_on=today + timedelta(days=10),
        enrol_before=today + timedelta(days=20),
        request_before=today + timedelta(days=30),
        start_on=today + timedelta(days=40),
    )


def filled_in(cohort, **other):
    return {
        "practice_name": "De Beek",
        "code": "01009999",
        "city": "Tilburg",
        "cohort": cohort.pk,
        "contact_name": "Sam Bos",
        "contact_role": StaffRole.MANAGER,
        "email": "Sam@beek.example",
        "phone": "",
        "remark": "",
        "website": "",
    } | other


def confirmed(cohort, **other):
    fields = filled_in(cohort, **other) | {"cohort": cohort}
    fields.pop("website")
    made = services.apply(**fields)
    services.confirm(application=made)
    made.refresh_from_db()
    return made


def coordinator():
    return factories.region_user(RegionRoleName.COORDINATOR)


def test_from_the_form_to_an_invitation(client, cohort, django_capture_on_commit_callbacks):
    assert "Look in your mail" in words(client.post("/aanmelden/", filled_in(cohort)))
    made = Application.objects.get()
    assert (made.state, Practice.objects.count()) == (ApplicationState.SENT, 0)
    send_waiting()
    path = re.search(r"https?://[^/]+(/aanmelden/bevestigen/\S+)", mail.outbox[0].body)[1]
    assert "De Beek" in words(client.get(path))
    made.refresh_from_db()
    assert made.confirmed_at is None, "a scanner that opens the link confirms nothing"
    assert "your application is in" in words(client.post(path))

    client.force_login(coordinator())
    assert "De Beek" in words(client.get("/regio/deelname/"))
    data = {"decision": "accept", "cohort": cohort.pk, "consultant": ""}
    with django_capture_on_commit_callbacks(execute=True):
        client.post(f"/regio/deelname/aanmelding/{made.pk}/", data)
    practice = Practice.objects.get()
    assert (practice.slug, practice.cohort, practice.enrolled_on) == (
        "de-beek",
        cohort,
        timezone.localdate(),
    )
    invitation = Invitation.objects.get()
    assert (invitation.email, invitation.staff_role) == ("sam@beek.example", StaffRole.MANAGER)
    send_waiting()
    assert [one.subject for one in mail.outbox[1:]] == [
        "Uw account voor Meer tijd voor de patiënt",
        "Welkom: De Beek doet mee",
    ]
    assert "/praktijk/de-beek/startpakket/" in mail.outbox[2].body


def test_no_account_and_no_practice_before_the_decision(client, cohort):
    client.post("/aanmelden/", filled_in(cohort))
    services.confirm(application=Application.objects.get())
    assert (Practice.objects.count(), Invitation.objects.count()) == (0, 0)


def test_the_answer_does_not_tell_whether_the_practice_is_known(client, cohort):
    factories.practice(code="01009999")
    known = client.post("/aanmelden/", filled_in(cohort))
    new = client.post("/aanmelden/", filled_in(cohort, code="01009998"))
    assert words(known) == words(new)


def test_a_program_that_fills_in_everything_stores_nothing(client, cohort):
    response = client.post("/aanmelden/", filled_in(cohort, website="https://spam.example"))
    assert "Look in your mail" in words(response)
    assert (Application.objects.count(), JoiningMail.objects.count()) == (0, 0)


def test_nobody_is_flooded_with_mail(client, cohort):
    codes = [client.post("/aanmelden/", filled_in(cohort)).status_code for _ in range(4)]
    assert codes == [200, 200, 200, 429]
    assert JoiningMail.objects.count() == 3


@pytest.mark.parametrize("field", ["practice_name", "contact_name"])
def test_nobody_has_us_mail_their_own_message_to_somebody_else(client, cohort, field):
    for link in ("https://evil.example/inloggen", "www.evil.example", "evil.com", "a@evil.example"):
        response = client.post("/aanmelden/", filled_in(cohort, **{field: f"Kijk op {link}"}))
        assert "Leave out addresses of web pages and of mail" in words(response)
    assert not JoiningMail.objects.exists()
    lines = "De Beek\r\n\r\nUw account\nis geblokkeerd. Bel direct:"
    client.post("/aanmelden/", filled_in(cohort, **{field: lines}))
    send_waiting()
    said = "De Beek Uw account is geblokkeerd. Bel direct:"
    assert said in mail.outbox[0].body


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("code", "1234567", "An AGB code has 8 digits"),
        ("contact_role", StaffRole.ASSISTANT, "is not one of the available choices"),
        ("practice_name", "", "Fill in the name of the practice"),
    ],
)
def test_what_is_wrong_is_said_and_the_rest_stays(client, cohort, field, value, said):
    response = client.post("/aanmelden/", filled_in(cohort, **{field: value}))
    assert said in words(response)
    assert 'value="Tilburg"' in response.content.decode()
    assert not Application.objects.exists()


def test_a_cohort_that_is_closed_cannot_be_chosen(client, cohort):
    cohort.enrol_before = timezone.localdate()
    cohort.save()
    assert "no cohort to enrol for now" in words(client.get("/aanmelden/"))
    assert client.post("/aanmelden/", filled_in(cohort)).status_code == 200
    assert not Application.objects.exists()


def test_a_link_of_a_week_ago_or_of_nobody_does_not_work(client, cohort, monkeypatch):
    made = confirmed(cohort)
    path = confirm_link(made).split("/", 3)[3]
    assert client.get(f"/{path}").status_code == 200
    assert client.get("/aanmelden/bevestigen/onzin/").status_code == 410
    late = timezone.now().timestamp() + timedelta(days=8).total_seconds()
    monkeypatch.setattr("django.core.signing.time.time", lambda: late)
    assert application_behind(path.split("/")[-2]) is None


def test_a_known_practice_keeps_its_name_and_is_enrolled(cohort):
    known = factories.practice(code="01009999", name="De Oude Beek", cohort=cohort)
    made = confirmed(cohort)
    accepted = services.accept(
        application=made, cohort=cohort, consultant=None, actor=coordinator()
    )
    assert (accepted.pk, accepted.name) == (known.pk, "De Oude Beek")
    assert accepted.enrolled_on == timezone.localdate()


@pytest.mark.parametrize("enrolled", [None, date(2024, 1, 5)], ids=["by its start", "by its steps"])
def test_who_applies_in_the_name_of_a_practice_that_runs_moves_nothing(cohort, enrolled):
    """AGB codes are public; its obligations hang on its cohort, its rows on nothing of this."""
    consultant = factories.region_user(RegionRoleName.CONSULTANT)
    running = factories.practice(
        code="01009999", start_on=date(2024, 4, 1), enrolled_on=enrolled, consultant=consultant
    )
    before = Practice.objects.values().get(pk=running.pk)
    services.accept(
        application=confirmed(cohort), cohort=cohort, consultant=None, actor=coordinator()
    )
    assert Practice.objects.values().get(pk=running.pk) == before


def test_who_was_invited_for_an_earlier_cohort_and_never_enrolled_goes_to_the_chosen_one(cohort):
    invited = factories.practice(code="01009999", invited_on=date(2023, 11, 1))
    assert invited.start < timezone.localdate()
    services.accept(
        application=confirmed(cohort), cohort=cohort, consultant=None, actor=coordinator()
    )
    invited.refresh_from_db()
    assert (invited.cohort, invited.enrolled_on) == (cohort, timezone.localdate())


@pytest.mark.parametrize("known", [False, True], ids=["a stranger", "a colleague"])
def test_an_application_opens_a_practice_with_patients_for_its_own_people_only(known, cohort):
    """AGB codes stand in public registers: anybody can apply under one."""
    there = factories.practice(code="01234567", cohort=cohort)
    person = factories.person(email="Baas@Linde.example")
    factories.employment(practice=there, person=person)
    email = "baas@linde.example" if known else "vreemd@elders.example"
    services.accept(
        application=confirmed(cohort, code="01234567", email=email),
        cohort=cohort,
        consultant=None,
        actor=coordinator(),
    )
    assert there.invitations.filter(email=email).exists() == known


def test_a_practice_that_had_this_code_before_is_that_practice(cohort):
    known = factories.practice(code="01009999", cohort=cohort)
    change_code(practice=known, code="01009998", day=timezone.localdate(), actor=coordinator())
    made = confirmed(cohort)
    accepted = services.accept(
        application=made, cohort=cohort, consultant=None, actor=coordinator()
    )
    assert (accepted.pk, accepted.code) == (known.pk, "01009998")


def test_declined_with_a_reason_by_mail(client, cohort):
    made = confirmed(cohort)
    client.force_login(coordinator())
    page = f"/regio/deelname/aanmelding/{made.pk}/"
    assert "Fill in the reason" in words(client.post(page, {"decision": "decline", "reason": ""}))
    client.post(page, {"decision": "decline", "reason": "De lichting is vol."})
    made.refresh_from_db()
    assert made.state is ApplicationState.DECLINED
    send_waiting()
    assert "De lichting is vol." in mail.outbox[-1].body
    assert not Practice.objects.exists()


def test_who_did_not_confirm_is_not_accepted(cohort):
    made = confirmed(cohort)
    Application.objects.update(confirmed_at=None)
    with pytest.raises(services.DecidedError):
        services.accept(application=made, cohort=cohort, consultant=None, actor=coordinator())


def test_steps_are_noted_and_taken_back(client, cohort):
    practice = factories.practice(cohort=cohort)
    client.force_login(coordinator())
    page, today = f"/regio/deelname/{practice.slug}/stap/", timezone.localdate()
    client.post(page, {"stage": Stage.ENROLLED, "day": today})
    practice.refresh_from_db()
    assert practice.enrolled_on == today
    response = client.post(
        page, {"stage": Stage.ENROLLED, "day": today + timedelta(1)}, follow=True
    )
    assert "This day is still to come" in words(response)
    client.post(page, {"stage": Stage.ENROLLED, "day": ""})
    practice.refresh_from_db()
    assert practice.enrolled_on is None
    assert AuditEvent.objects.filter(practice=practice, action="change").count() == 2


def test_stopping_takes_a_reason_and_can_be_taken_back(client):
    practice = factories.practice()
    client.force_login(coordinator())
    page, day = f"/regio/deelname/{practice.slug}/", timezone.localdate()
    assert "Fill in the reason" in words(client.post(page, {"day": day, "reason": ""}))
    client.post(page, {"day": day, "reason": "Overname"})
    practice.refresh_from_db()
    assert (practice.stopped_on, practice.stop_reason) == (day, "Overname")
    client.post(f"{page}weer-mee/")
    practice.refresh_from_db()
    assert (practice.stopped_on, practice.stop_reason) == (None, "")


def test_a_practice_that_began_keeps_its_cohort(cohort):
    practice = factories.practice(
        start_on=timezone.localdate(), enrolled_on=timezone.localdate() - timedelta(days=9)
    )
    with pytest.raises(services.StartsTooLateError):
        services.move_to_cohort(practice=practice, cohort=cohort, actor=coordinator())


def test_a_reminder_goes_to_who_holds_the_account(client, cohort):
    practice = factories.practice(cohort=cohort, invited_on=timezone.localdate())
    owner = factories.employment(practice=practice, role=StaffRole.GP_OWNER).person
    owner.email = "arts@beek.example"
    owner.save()
    factories.employment(practice=practice, role=StaffRole.ASSISTANT)
    client.force_login(coordinator())
    client.post(f"/regio/deelname/{practice.slug}/herinnering/")
    send_waiting()
    assert [one.to for one in mail.outbox] == [["arts@beek.example"]]
    assert practice.name in mail.outbox[0].subject


def test_the_list_for_an_insurer_is_in_the_trail(client):
    practice = factories.practice()
    insurer = factories.insurer("VGZ")
    client.force_login(coordinator())
    assert practice.name in words(client.get("/regio/deelname/lijst/"))
    assert not AuditEvent.objects.filter(action="export").exists()
    response = client.post("/regio/deelname/lijst/", {"insurer": insurer.pk})
    assert response["Content-Disposition"].startswith('attachment; filename="mtvp-deelnemers-vgz-')
    event = AuditEvent.objects.get(action="export")
    assert event.detail["insurer"] == "VGZ"


def test_the_board_takes_as_many_queries_for_three_as_for_one(
    client, cohort, django_assert_num_queries
):
    client.force_login(coordinator())
    for practices in (1, 2):
        for _ in range(practices):
            factories.practice(cohort=cohort, invited_on=timezone.localdate())
        with django_assert_num_queries(BOARD_QUERIES):
            client.get("/regio/deelname/")


BOARD_QUERIES = 11


@pytest.mark.django_db(transaction=True)
def test_two_coordinators_at_once_make_one_practice(cohort):
    made, actor, barrier, refused = confirmed(cohort), coordinator(), Barrier(2), []

    def decide():
        barrier.wait()
        try:
            services.accept(application=made, cohort=cohort, consultant=None, actor=actor)
        except services.DecidedError as error:
            refused.append(error)
        connection.close()

    threads = [Thread(target=decide) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (Practice.objects.count(), len(refused)) == (1, 1)
