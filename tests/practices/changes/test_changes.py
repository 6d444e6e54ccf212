"""Another code, consultant, owner; together with another practice, and divided."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from highusers.lookup import key_of_number
from monitoring.compliance import Status
from monitoring.models import Exemption, Visit
from monitoring.standing import standing
from practices.agreements import agree, needs_agreement
from practices.changes import services
from practices.changes.codes import practice_with_code
from practices.changes.undoing import StandsError, undo
from practices.models import (
    AuditEvent,
    Employment,
    Invitation,
    Practice,
    PracticeChange,
    ProcessingAgreement,
)
from practices.permissions import Permission
from practices.states import ChangeKind, RegionRoleName, StaffRole
from practices.tenancy import access_to_practice
from tests import factories
from tests.pages import words
from training.models import Attendance, Enrolment, Session
from training.states import EnrolmentState, SessionKind

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def in_english(client):
    client.cookies["mtvp_language"] = "en"


@pytest.fixture
def coordinator():
    return factories.region_user(RegionRoleName.COORDINATOR)


def today():
    return timezone.localdate()


def ago(days):
    return today() - timedelta(days=days)


def session_on(day, kind=SessionKind.TRIAGE, reference="S1"):
    return Session.objects.create(reference=reference, kind=kind, title="Triage", held_on=day)


def obligation(practice, intervention, year=1):
    (found,) = standing(today(), [practice.pk])
    return next(
        one
        for one in found.obligations
        if (one.intervention, one.programme_year) == (intervention, year)
    )


def figures(practice, intervention, year=1):
    return [
        (part.achieved, part.required) for part in obligation(practice, intervention, year).parts
    ]


def test_a_new_code_keeps_links_patients_and_the_former_code(client, coordinator):
    practice = factories.practice(code="01000001", start_on=ago(100))
    key, slug = key_of_number(practice, "1042"), practice.slug
    client.force_login(coordinator)
    path = f"/regio/deelname/{slug}/wijziging/code/"
    form = {"code": "01000099", "day": today().isoformat()}
    seen = client.post(path, form)
    assert "Spreadsheets with 01000001 are still understood" in words(seen)
    assert not PracticeChange.objects.exists(), "looking notes nothing"
    assert client.post(path, form | {"seen": seen.context["seen"]}).status_code == 302
    practice.refresh_from_db()
    assert (practice.code, practice.slug) == ("01000099", slug)
    assert key_of_number(practice, "1042") == key, "the same patient from year to year"
    assert practice_with_code("01000001") == practice
    assert practice_with_code("01000055") is None
    said = words(client.get(f"/regio/deelname/{slug}/"))
    assert "new AGB code, 01000001 until then" in said
    undo(change=PracticeChange.objects.get(), actor=coordinator)
    practice.refresh_from_db()
    assert practice.code == "01000001"
    assert practice_with_code("01000099") is None
    assert key_of_number(practice, "1042") == key


def test_a_code_of_another_practice_now_or_before_is_refused(client, coordinator):
    practice, other = factories.practice(), factories.practice(code="01007777")
    services.change_code(practice=other, code="01006666", day=today(), actor=coordinator)
    client.force_login(coordinator)
    for code in ("01006666", "01007777"):
        form = {"code": code, "day": today().isoformat()}
        said = words(client.post(f"/regio/deelname/{practice.slug}/wijziging/code/", form))
        assert "is or was that of a practice" in said
        with pytest.raises(services.ChangedError):
            services.change_code(practice=practice, code=code, day=today(), actor=coordinator)


def test_another_consultant_from_today_and_visits_keep_theirs(coordinator):
    first, second = (factories.region_user(RegionRoleName.CONSULTANT) for _ in range(2))
    practice = factories.practice(consultant=first)
    visit = Visit.objects.create(
        practice=practice, held_on=ago(9), consultant=first, time_out_discussed=True
    )
    change = services.change_consultant(practice=practice, consultant=second, actor=coordinator)
    practice.refresh_from_db()
    visit.refresh_from_db()
    assert (practice.consultant, visit.consultant) == (second, first)
    assert Permission.SEE_PRACTICE not in access_to_practice(first, practice)
    undo(change=change, actor=coordinator)
    practice.refresh_from_db()
    assert practice.consultant == first


def test_a_takeover_runs_on_and_asks_for_a_new_agreement(client, coordinator):
    practice = factories.practice(start_on=ago(100), name="De Linde")
    old = factories.staff_user(practice)
    agree(practice=practice, actor=old)
    before = figures(practice, 1)
    client.force_login(coordinator)
    path = f"/regio/deelname/{practice.slug}/wijziging/takeover/"
    form = {
        "day": today().isoformat(),
        "leaving": [Employment.objects.get(person=old.person).pk],
        "colleague": "",
        "owner_name": "Noor Vos",
        "owner_email": "Noor@linde.example",
        "name": "De Nieuwe Linde",
    }
    seen = client.post(path, form)
    assert "The new owner signs the processing agreement" in words(seen)
    assert "Programme year 1 runs on" in words(seen)
    client.post(path, form | {"seen": seen.context["seen"]})
    practice.refresh_from_db()
    assert (practice.name, practice.start, figures(practice, 1)) == (
        "De Nieuwe Linde",
        ago(100),
        before,
    )
    assert needs_agreement(practice)
    assert not access_to_practice(old, practice).works_here
    assert Employment.objects.get(person=old.person).ended_on == ago(1)
    new = Employment.objects.get(person__name="Noor Vos")
    assert (new.role, new.started_on) == (StaffRole.GP_OWNER, today())
    assert Invitation.objects.get().person == new.person

    change = PracticeChange.objects.get()
    undo(change=change, actor=coordinator)
    assert not needs_agreement(practice)
    assert access_to_practice(old, practice).works_here
    assert not Employment.objects.filter(pk=new.pk).exists()
    assert not Invitation.objects.get().waits


def test_a_takeover_stands_once_the_new_owner_agreed(coordinator):
    practice = factories.practice(start_on=ago(100))
    agree(practice=practice, actor=factories.staff_user(practice))
    colleague = factories.staff_user(practice, StaffRole.GP_LOCUM)
    change = services.take_over(
        practice=practice,
        day=today(),
        leaving=Employment.objects.filter(role=StaffRole.GP_OWNER),
        owner=services.NewOwner(colleague.person),
        name="",
        actor=coordinator,
    )
    assert not Invitation.objects.exists(), "who works here has an account"
    agree(practice=practice, actor=colleague)
    assert ProcessingAgreement.objects.filter(practice=practice).count() == 2
    with pytest.raises(StandsError):
        undo(change=change, actor=coordinator)


def test_together_everybody_goes_on_and_history_stays(client, coordinator):
    a, b = (factories.practice(start_on=ago(100), name=name) for name in ("Aa", "Bee"))
    doctor, assistant = factories.staff_user(a), factories.staff_user(a, StaffRole.ASSISTANT)
    factories.staff_user(b, StaffRole.ASSISTANT)
    followed = session_on(ago(30))
    Attendance.objects.create(session=followed, person=assistant.person, present=True)
    coming = session_on(today() + timedelta(days=9), reference="S2")
    place = Enrolment.objects.create(
        session=coming,
        person=assistant.person,
        practice=a,
        state=EnrolmentState.CONFIRMED,
        turn=1,
    )
    assert (figures(a, 2), figures(b, 2)) == ([(1, 1)], [(0, 1)])

    client.force_login(coordinator)
    path = f"/regio/deelname/{a.slug}/wijziging/merger/"
    form = {"into": b.pk, "day": today().isoformat()}
    seen = client.post(path, form)
    assert (
        "2 people work for Bee from then on, in the same roles. GP, practice owner: 1, Assistant: 1"
        in words(seen)
    )
    assert "What people followed before stays with Aa." in words(seen)
    client.post(path, form | {"seen": seen.context["seen"]})
    a.refresh_from_db()
    place.refresh_from_db()
    assert a.stopped_on == today()
    assert obligation(a, 2).status is Status.NOT_APPLICABLE
    assert figures(b, 2) == [(0, 1)], "two assistants, one needed; what was followed counted for A"
    assert place.practice == b, "nobody enrols twice"
    assert Permission.SEE_PLANS in access_to_practice(doctor, a)
    assert Permission.SEE_PLANS in access_to_practice(doctor, b)
    assert not access_to_practice(assistant, a).works_here
    last = Employment.objects.get(person=doctor.person, practice=a).ended_on
    assert last == today().replace(year=today().year + 1) - timedelta(days=1)
    followed_now = session_on(today(), reference="S3")
    Attendance.objects.create(session=followed_now, person=assistant.person, present=True)
    assert figures(b, 2) == [(1, 1)]
    assert AuditEvent.objects.filter(object_type="practices.practicechange").count() == 2
    client.post(f"/regio/deelname/{a.slug}/weer-mee/")
    a.refresh_from_db()
    assert a.stopped_on is not None, "a merger is taken back as a whole or not at all"

    undo(change=PracticeChange.objects.get(), actor=coordinator)
    a.refresh_from_db()
    place.refresh_from_db()
    assert (a.stopped_on, place.practice, figures(a, 2)) == (None, a, [(1, 1)])
    assert not access_to_practice(doctor, b).works_here


def test_a_part_becomes_a_practice_with_the_same_start(client, coordinator):
    practice = factories.practice(start_on=ago(500), name="Aa", city="Tilburg")
    goes, stays = factories.staff_user(practice), factories.staff_user(practice)
    both = factories.staff_user(practice, StaffRole.POH)
    before = figures(practice, 6, 2)
    client.force_login(coordinator)
    path = f"/regio/deelname/{practice.slug}/wijziging/split/"
    form = {
        "name": "Cee",
        "code": "01005555",
        "city": "Tilburg",
        "day": today().isoformat(),
        "moving": [goes.person.pk],
        "both": [both.person.pk],
    }
    seen = client.post(path, form)
    assert "Year 1 was over: nothing of it is asked of Cee." in words(seen)
    assert not Practice.objects.filter(name="Cee").exists()
    client.post(path, form | {"seen": seen.context["seen"]})
    new = Practice.objects.get(code="01005555")
    assert new.start == ago(500)
    assert {one.intervention for one in Exemption.objects.filter(practice=new)} == set(range(1, 7))
    assert obligation(new, 2).status is Status.NOT_APPLICABLE
    assert figures(new, 6, 2) == [(0, 1)], "the year that runs counts in full"
    assert figures(practice, 6, 2) == before == [(0, 1)]
    assert not access_to_practice(goes, practice).works_here, "patients' rows stay with A"
    assert access_to_practice(stays, practice).works_here
    assert not access_to_practice(stays, new).works_here
    assert access_to_practice(both, practice).works_here
    assert access_to_practice(both, new).works_here
    with pytest.raises(StandsError):
        undo(change=PracticeChange.objects.get(), actor=coordinator)


def test_what_was_not_shown_is_not_noted(client, coordinator):
    a, b = factories.practice(name="Aa"), factories.practice(name="Bee")
    client.force_login(coordinator)
    path = f"/regio/deelname/{a.slug}/wijziging/merger/"
    form = {"into": b.pk, "day": today().isoformat()}
    seen = client.post(path, form).context["seen"]
    factories.staff_user(a, StaffRole.ASSISTANT)
    again = client.post(path, form | {"seen": seen})
    assert "1 person works for Bee" in words(again)
    assert not PracticeChange.objects.exists()
    tomorrow = form | {"day": (today() + timedelta(days=1)).isoformat()}
    assert "still to come" in words(client.post(path, tomorrow))


def test_who_has_stopped_gets_a_code_or_consultant_only(client, coordinator):
    practice = factories.practice(stopped_on=date(2024, 5, 1), stop_reason="Verhuisd")
    client.force_login(coordinator)
    codes = {
        kind: client.get(f"/regio/deelname/{practice.slug}/wijziging/{kind}/").status_code
        for kind in (*ChangeKind, "anders")
    }
    assert [kind for kind, code in codes.items() if code == 200] == ["code", "consultant"]


@pytest.mark.parametrize("practices", [1, 3])
def test_contacts_in_as_many_queries_for_one_as_for_more(
    client, coordinator, practices, django_assert_num_queries
):
    for _ in range(practices):
        practice = factories.practice()
        factories.staff_user(practice)
        factories.staff_user(practice, StaffRole.ASSISTANT)
    client.force_login(coordinator)
    with django_assert_num_queries(11):
        found = client.get("/regio/deelname/contacten/").context["found"]
    assert [[one.role for one in contact.people] for contact in found] == [["gp_owner"]] * practices
    sheet = client.post("/regio/deelname/contacten/")
    assert sheet["Content-Type"].endswith("spreadsheetml.sheet")
    assert AuditEvent.objects.get(object_type="contacts").action == "export"
