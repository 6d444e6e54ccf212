"""Training followed elsewhere: from claim to norm, what stays out, and who sees the proof."""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, connection, transaction
from django.urls import reverse
from django.utils import timezone, translation

from practices.facts import programme_calendar
from practices.models import AuditEvent, Person, Practice, User
from practices.received.kinds import MAX_BYTES, kind_of
from practices.rekeying import encrypted_tables
from practices.retention import delete_expired
from practices.states import AuditAction, FileKind, RegionRoleName, StaffRole
from tests import factories
from tests.pages import words
from tests.training.attendance.test_views import signed_in
from tests.training.making import coordinator
from training.claims import services
from training.enrolment.services import NotPossibleError
from training.facts import attendees, participation, years_that_count
from training.models import Attendance, ClaimProof, ClaimStep, Session, TrainingClaim
from training.states import ClaimState, SessionKind

pytestmark = pytest.mark.django_db

START = date(2023, 4, 1)
LAST_DAY = date(2024, 3, 31)
PDF = b"%PDF-1.7\n1 0 obj\nendobj\n%%EOF\n"
JPG = b"\xff\xd8\xff\xe0" + b"a" * 40 + b"\xff\xd9"
PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + b"a" * 40 + b"IEND\xaeB`\x82"


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    """The texts in the code; Dutch is a catalogue."""
    with translation.override("en"):
        yield


@pytest.fixture
def practice() -> Practice:
    return factories.practice(start_on=START, name="De Linde")


def doctor(practice: Practice, **fields: Any) -> Person:
    return factories.employment(practice=practice, role=StaffRole.GP_OWNER, **fields).person


def claimed(practice: Practice, person: Person, day: date, title: str = "Elders", **told: Any):
    return services.claim_training(
        person=person,
        practice=practice,
        told={
            "title": title,
            "provider": "Opleider",
            "followed_on": day,
            "hours": Decimal(3),
            "points": None,
        }
        | told,
        proof=PDF,
        actor=factories.user(),
    )


def accepted(practice: Practice, person: Person, day: date, kind: str, title: str = "Elders"):
    claim = claimed(practice, person, day, title)
    services.accept_claim(claim=claim, counts_for=kind, text="", actor=factories.user())
    return claim


def attended(person: Person, day: date, kind: str) -> None:
    number = Session.objects.count()
    held = Session.objects.create(reference=f"s-{number}", kind=kind, title="", held_on=day)
    Attendance.objects.create(session=held, person=person, present=True)


def twice(practice: Practice, as_of: date = LAST_DAY) -> tuple[int, int]:
    group = participation(programme_calendar(as_of, [practice.pk]))[practice.pk, 1].gps_twice
    return group.people, group.reached


def test_accepted_training_counts_and_nothing_else_does(practice: Practice) -> None:
    person = doctor(practice)
    attended(person, date(2023, 5, 1), "intervision")
    claim = claimed(practice, person, date(2023, 6, 1))
    assert twice(practice) == (1, 0)
    actor = factories.user()
    services.accept_claim(claim=claim, counts_for="intervision", text="", actor=actor)
    assert twice(practice) == (1, 1)
    assert twice(practice, as_of=date(2023, 5, 31)) == (1, 0)
    services.accept_claim(claim=claim, counts_for="", text="", actor=actor)
    assert twice(practice) == (1, 0)
    services.accept_claim(claim=claim, counts_for="conversation", text="", actor=actor)
    assert twice(practice) == (1, 0)
    services.decline_claim(claim=claim, text="Was geen intervisie.", actor=actor)
    assert twice(practice) == (1, 0)


def test_a_session_attended_on_the_same_day_is_the_same_training(practice: Practice) -> None:
    person = doctor(practice)
    accepted(practice, person, date(2023, 6, 1), "intervision")
    attended(person, date(2023, 6, 1), "conversation")
    attended(person, date(2023, 7, 1), "intervision")
    assert twice(practice) == (1, 1)
    attended(person, date(2023, 6, 1), "intervision")
    assert twice(practice) == (1, 1)
    Attendance.objects.filter(session__held_on=date(2023, 7, 1)).delete()
    assert twice(practice) == (1, 0)


def test_two_of_one_day_count_once(practice: Practice) -> None:
    person = doctor(practice)
    accepted(practice, person, date(2023, 6, 1), "intervision")
    second = claimed(practice, person, date(2023, 6, 1), "Nog iets")
    with pytest.raises(NotPossibleError):
        services.accept_claim(
            claim=second, counts_for="intervision", text="", actor=factories.user()
        )
    with pytest.raises(IntegrityError), transaction.atomic():
        TrainingClaim.objects.filter(pk=second.pk).update(
            state=ClaimState.ACCEPTED, counts_for="intervision"
        )
    services.accept_claim(claim=second, counts_for="", text="", actor=factories.user())
    assert twice(practice) == (1, 0)


@pytest.mark.parametrize(
    ("day", "reached"),
    [
        (START - timedelta(days=1), 0),
        (START, 1),
        (LAST_DAY, 1),
        (LAST_DAY + timedelta(days=1), 0),
    ],
)
def test_it_counts_on_its_own_day(practice: Practice, day: date, reached: int) -> None:
    person = doctor(practice)
    attended(person, date(2023, 5, 1), "intervision")
    accepted(practice, person, day, "intervision")
    assert twice(practice, as_of=date(2026, 1, 1)) == (1, reached)


def test_it_counts_where_the_person_served_that_day(practice: Practice) -> None:
    other = factories.practice(start_on=START)
    person = factories.employment(practice=practice, role="poh").person
    factories.employment(practice=other, person=person, role="poh", started_on=date(2023, 10, 1))
    accepted(practice, person, date(2023, 9, 30), "conversation")
    calendar = programme_calendar(LAST_DAY)
    found = participation(calendar)
    assert found[practice.pk, 1].professionals.reached == 1
    assert found[other.pk, 1].professionals.reached == 0
    assert years_that_count(calendar, person.pk, date(2023, 9, 30)) == [
        (SessionKind.CONVERSATION, practice.pk, 1)
    ]
    assert years_that_count(calendar, person.pk, date(2022, 3, 31)) == []


@pytest.mark.parametrize("number", [1, 3])
def test_one_query_however_many(number: int, django_assert_num_queries: Any) -> None:
    for _one in range(number):
        here = factories.practice(start_on=START)
        accepted(here, doctor(here), date(2023, 6, 1), "intervision")
    calendar = programme_calendar(LAST_DAY)
    with django_assert_num_queries(1):
        assert len(participation(calendar)) == number * 2


def test_the_evidence_says_that_it_was_elsewhere(practice: Practice) -> None:
    person = doctor(practice)
    attended(person, date(2023, 5, 1), "intervision")
    accepted(practice, person, date(2023, 6, 1), "intervision")
    found, _next_year = attendees(
        programme_calendar(date(2023, 12, 1), [practice.pk]), SessionKind.INTERVISION
    )
    assert (found.days, found.elsewhere, found.done) == (
        (date(2023, 5, 1),),
        (date(2023, 6, 1),),
        True,
    )
    client = signed_in(factories.staff_user(practice, StaffRole.MANAGER))
    page = words(client.get(reverse("evidence_intervision", args=[practice.slug])))
    assert "June 1, 2023 (followed elsewhere)" in page


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (PDF, FileKind.PDF),
        (JPG, FileKind.JPG),
        (PNG, FileKind.PNG),
        (PDF[:-7], None),
        (JPG[:-2], None),
        (PNG[:-1], None),
        (b"", None),
        (b"MZ\x90" + PDF, None),
        (b"<html>%PDF-1.7 %%EOF", None),
        (b"PK\x03\x04" + b"a" * 40, None),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", None),
    ],
)
def test_what_a_proof_is_told_by_its_content(content: bytes, kind: FileKind | None) -> None:
    assert kind_of(content) == kind


def form(**other: Any) -> dict[str, Any]:
    return {
        "title": "Motiverende gesprekken",
        "provider": "Opleider",
        "followed_on": timezone.localdate() - timedelta(days=10),
        "hours": "6",
        "points": "2",
        "proof": SimpleUploadedFile("bewijs.exe", PDF),
    } | other


def test_from_claim_to_norm_by_the_pages(practice: Practice) -> None:
    user = factories.staff_user(practice, StaffRole.POH)
    client, judge = signed_in(user), signed_in(coordinator())
    response = client.post(reverse("own_claim_new"), form())
    assert response.status_code == 302
    claim = TrainingClaim.objects.get()
    assert (claim.role, claim.state, claim.proof.kind) == ("poh", "sent", "pdf")
    page = reverse("claim_judge", args=[claim.pk])
    assert "Motiverende gesprekken" in words(judge.get(reverse("claims")))
    judge.post(page, {"decision": "ask", "text": "Welke dag was dit?"})
    assert "Welke dag was dit?" in words(client.get(reverse("own_claim_change", args=[claim.pk])))
    task = "Complete the training followed elsewhere: Motiverende gesprekken"
    manager = factories.staff_user(practice, StaffRole.MANAGER)
    for who, sees in (
        (client, True),
        (signed_in(manager), True),
        (signed_in(factories.staff_user(practice, StaffRole.ASSISTANT)), False),
    ):
        listed = who.get(reverse("task_list", args=[practice.slug]), {"van": "alle"})
        assert (task in words(listed)) is sees
    completed = form(title="Gesprekken") | {"proof": ""}
    client.post(reverse("own_claim_change", args=[claim.pk]), completed)
    judge.post(page, {"decision": "conversation", "text": ""})
    claim.refresh_from_db()
    assert (claim.title, claim.state, claim.counts_for) == (
        "Gesprekken",
        "accepted",
        "conversation",
    )
    steps = list(claim.steps.values_list("state", "text"))
    assert steps == [
        ("sent", ""),
        ("asked", "Welke dag was dit?"),
        ("sent", ""),
        ("accepted", ""),
    ]
    assert "The other conversation" in words(client.get(reverse("own_training")))
    refused = client.post(reverse("own_claim", args=[claim.pk]), follow=True)
    assert "PrimaCura has decided already" in words(refused)


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"proof": ""}, "Choose the file of the proof."),
        ({"proof": SimpleUploadedFile("bewijs.pdf", b"<html>")}, "Choose a file that is a PDF"),
        (
            {"proof": SimpleUploadedFile("b.pdf", PDF + b" " * MAX_BYTES)},
            "This file is too large.",
        ),
        ({"followed_on": timezone.localdate() + timedelta(days=1)}, "This day is still to come."),
        ({"hours": "veel"}, "Fill in the hours as a number"),
    ],
)
def test_what_is_not_taken(practice: Practice, wrong: dict[str, Any], said: str) -> None:
    client = signed_in(factories.staff_user(practice, StaffRole.POH))
    assert said in words(client.post(reverse("own_claim_new"), form(**wrong)))
    assert not TrainingClaim.objects.exists()


def test_the_same_training_is_claimed_once(practice: Practice) -> None:
    person = doctor(practice)
    first = claimed(practice, person, date(2023, 6, 1))
    with pytest.raises(NotPossibleError):
        claimed(practice, person, date(2023, 6, 1), "ELDERS")
    services.withdraw_claim(claim=first, actor=factories.user())
    assert not ClaimProof.objects.exists()
    claimed(practice, person, date(2023, 6, 1), "ELDERS")


def test_declining_and_asking_take_an_explanation(practice: Practice) -> None:
    claim = claimed(practice, doctor(practice), date(2023, 6, 1))
    client = signed_in(coordinator())
    page = reverse("claim_judge", args=[claim.pk])
    for decision in ("ask", "decline"):
        said = words(client.post(page, {"decision": decision, "text": " "}))
        assert "Write an explanation" in said
    assert "Choose what you decide." in words(client.post(page, {"text": "Mooi."}))
    assert ClaimStep.objects.count() == 1


def proof_of(user: User, name: str, *args: object) -> int:
    return signed_in(user).get(reverse(name, args=args)).status_code


def test_the_proof_is_for_owner_manager_and_coordinator(practice: Practice) -> None:
    own = factories.staff_user(practice, StaffRole.ASSISTANT)
    claim = claimed(practice, own.person, timezone.localdate())
    consultant = factories.region_user(RegionRoleName.CONSULTANT)
    Practice.objects.filter(pk=practice.pk).update(consultant=consultant)
    colleague = factories.staff_user(practice, StaffRole.POH)
    manager = factories.staff_user(practice, StaffRole.MANAGER)
    elsewhere = factories.staff_user(factories.practice(), StaffRole.MANAGER)
    of_practice = (practice.slug, claim.pk)
    assert proof_of(own, "own_claim_proof", claim.pk) == 200
    assert proof_of(manager, "claim_proof", *of_practice) == 200
    assert proof_of(coordinator(), "claim_file", claim.pk) == 200
    assert proof_of(colleague, "own_claim_proof", claim.pk) == 404
    assert proof_of(colleague, "claim_proof", *of_practice) == 403
    assert proof_of(consultant, "claim_proof", *of_practice) == 403
    assert proof_of(consultant, "claim_file", claim.pk) == 403
    assert proof_of(elsewhere, "claim_proof", *of_practice) == 404
    foreign = elsewhere.person.employments.get().practice
    assert proof_of(elsewhere, "claim_proof", foreign.slug, claim.pk) == 404
    taken = AuditEvent.objects.filter(
        action=AuditAction.EXPORT, object_type="training.claimproof", practice=practice
    )
    assert taken.count() == 3


def test_the_proof_comes_as_a_file_and_lies_encrypted(practice: Practice) -> None:
    own = factories.staff_user(practice, StaffRole.ASSISTANT)
    claim = claimed(practice, own.person, timezone.localdate())
    response = signed_in(own).get(reverse("own_claim_proof", args=[claim.pk]))
    assert response.content == PDF
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"] == f'attachment; filename="bewijs-{claim.pk}.pdf"'
    assert response["X-Content-Type-Options"] == "nosniff"
    with connection.cursor() as cursor:
        cursor.execute("SELECT content FROM training_claimproof")
        assert b"%PDF" not in bytes(cursor.fetchone()[0])
    (table,) = (one for one in encrypted_tables() if one.name == "training_claimproof")
    assert (table.columns, table.batch) == (("content",), 10)


def test_the_manager_claims_for_a_colleague_and_a_consultant_on_behalf(practice: Practice) -> None:
    colleague = factories.staff_user(practice, StaffRole.ASSISTANT)
    consultant = factories.region_user(RegionRoleName.CONSULTANT)
    Practice.objects.filter(pk=practice.pk).update(consultant=consultant)
    manager = factories.staff_user(practice, StaffRole.MANAGER)
    for number, user in enumerate((manager, consultant)):
        given = form(title=f"Cursus {number}", person=colleague.person_id)
        given["proof"] = SimpleUploadedFile("a", PDF)
        client = signed_in(user)
        assert client.post(reverse("claim_new", args=[practice.slug]), given).status_code == 302
    steps = ClaimStep.objects.values_list("made_by", "on_behalf")
    assert list(steps) == [(manager.pk, False), (consultant.pk, True)]
    assert "Cursus 0" in words(signed_in(colleague).get(reverse("own_training")))


def test_what_goes_and_when(practice: Practice) -> None:
    person, gone = doctor(practice), doctor(practice)
    kept = accepted(practice, person, date(2023, 6, 1), "intervision")
    accepted(practice, gone, date(2023, 6, 1), "intervision")
    declined = claimed(practice, person, date(2023, 7, 1))
    services.decline_claim(claim=declined, text="Nee.", actor=factories.user())
    Person.objects.filter(pk=gone.pk).update(reference=f"removed-{gone.pk}", name="-")
    list(delete_expired(today=timezone.localdate()))
    assert set(ClaimProof.objects.values_list("claim", flat=True)) == {kept.pk, declined.pk}
    list(delete_expired(today=timezone.localdate() + timedelta(days=3 * 366)))
    assert not ClaimProof.objects.exists()
    assert set(TrainingClaim.objects.values_list("state", flat=True)) == {"accepted"}
    assert TrainingClaim.objects.filter(pk=kept.pk).exists()
