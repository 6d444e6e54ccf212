"""All training per practice, held to plain loops over the same rows."""

import csv
import io
import random
from datetime import date, time, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from practices.models import AuditEvent, Employment, Person, Practice
from practices.states import AuditAction, StaffRole
from tests import factories
from tests.pages import words
from tests.training.attendance.test_views import signed_in
from tests.training.making import coordinator, session
from training.efforts.rows import by_practice, efforts
from training.models import Attendance, Course, TrainingClaim

pytestmark = pytest.mark.django_db
TODAY = date(2025, 12, 31)


def followed(person: Person, day: date, kind: str = "triage", **fields: Any) -> None:
    held = session(held_on=day, kind=kind, title=f"Hier {day}", **fields)
    Attendance.objects.create(session=held, person=person, present=True)


def elsewhere(person: Person, day: date, kind: str = "", state: str = "accepted") -> None:
    TrainingClaim.objects.create(
        person=person,
        practice=person.employments.first().practice,
        role="assistant",
        title=f"Elders {day}",
        provider="Opleider",
        followed_on=day,
        hours=Decimal("1.5"),
        points=Decimal(2),
        state=state,
        counts_for=kind if state == "accepted" else "",
    )


def test_hours_points_and_norm_of_each_training():
    practice = factories.practice(name="De Linde")
    person = factories.employment(practice=practice, role=StaffRole.ASSISTANT).person
    course = Course.objects.create(title="Basis", kind="triage", accreditation_points=Decimal(3))
    followed(person, date(2025, 2, 3), course=course, starts_at=time(19), ends_at=time(21, 30))
    followed(person, date(2025, 2, 4), "information")
    elsewhere(person, date(2025, 3, 3))
    elsewhere(person, date(2025, 4, 3), state="sent")
    found = efforts(2025, today=TODAY)
    assert [(one.day, one.kind, one.hours, one.points, one.elsewhere) for one in found] == [
        (date(2025, 2, 3), "triage", Decimal("2.5"), Decimal(3), False),
        (date(2025, 3, 3), "", Decimal("1.5"), Decimal(2), True),
    ]
    (summary,) = by_practice(found)
    assert (summary.people["triage"], summary.hours, summary.points) == (1, 4, 5)


def test_who_left_is_kept_and_marked():
    practice = factories.practice()
    gone = factories.employment(practice=practice, ended_on=date(2025, 6, 30)).person
    followed(gone, date(2025, 6, 30))
    followed(gone, date(2025, 7, 1))
    (one,) = efforts(2025, today=TODAY)
    assert (one.day, one.left) == (date(2025, 6, 30), True)


def test_against_plain_loops():
    chance = random.Random(5)
    practices = [factories.practice() for _one in range(3)]
    people = []
    for _one in range(12):
        first = factories.employment(
            practice=chance.choice(practices), ended_on=chance.choice([None, date(2025, 5, 1)])
        )
        if chance.random() < 0.4:
            other = {"practice": chance.choice(practices), "role": "poh"}
            factories.employment(person=first.person, **other)
        people.append(first.person)
    for _one in range(40):
        day = date(2025, 1, 1) + timedelta(days=chance.randrange(60) * 6)
        kind = chance.choice(["triage", "conversation", "intervision"])
        person = chance.choice(people)
        if chance.random() < 0.5:
            followed(person, day, kind)
        elif not person.claims.filter(followed_on=day, counts_for=kind).exists():
            elsewhere(person, day, kind)
    found = efforts(2025, today=TODAY)
    seen = [(one.practice.pk, one.person.pk, one.day, one.elsewhere) for one in found]
    assert sorted(seen) == sorted(_oracle())
    for practice in practices:
        own = efforts(2025, today=TODAY, practice=practice)
        assert own == [one for one in found if one.practice == practice]


def _oracle() -> list[tuple[int, int, date, bool]]:
    """Row by row, sharing no code."""
    there = [
        (one.person_id, one.session.held_on, one.session.kind)
        for one in Attendance.objects.select_related("session")
    ]
    trainings = [(person, day, False) for person, day, _kind in there]
    for claim in TrainingClaim.objects.filter(state="accepted"):
        if (claim.person_id, claim.followed_on, claim.counts_for) not in there:
            trainings.append((claim.person_id, claim.followed_on, True))
    rows = []
    for person, day, away in trainings:
        at = {
            spell.practice_id
            for spell in Employment.objects.filter(person=person)
            if spell.started_on <= day and (spell.ended_on is None or day <= spell.ended_on)
        }
        rows += [(practice, person, day, away) for practice in at]
    return rows


@pytest.mark.parametrize("number", [1, 3])
def test_the_number_of_queries_does_not_grow(number: int, django_assert_num_queries: Any):
    for _one in range(number):
        person = factories.employment().person
        followed(person, date(2025, 2, 3))
        elsewhere(person, date(2025, 3, 3))
    with django_assert_num_queries(3):
        by_practice(efforts(2025, today=TODAY))


def test_the_pages_and_files_of_practice_and_region():
    practice = factories.practice(name="=De Linde")
    manager = factories.staff_user(practice, StaffRole.MANAGER)
    year = timezone.localdate().year
    followed(manager.person, date(year, 1, 1))
    elsewhere(manager.person, date(year, 1, 2))
    stranger = factories.employment().person
    followed(stranger, date(year, 1, 1))
    client, region = signed_in(manager), signed_in(coordinator())
    page = words(client.get(reverse("practice_training", args=[practice.slug])))
    assert f"Hier {year}-01-01" in page
    assert stranger.name not in page
    assert stranger.employments.get().practice.name in words(region.get(reverse("region_training")))
    content = client.get(reverse("practice_training_file", args=[practice.slug, "csv"])).content
    lines = list(csv.reader(io.StringIO(content.decode("utf-8-sig")), delimiter=";"))
    assert [line[0] for line in lines[1:]] == ["'=De Linde"] * 2
    assert lines[2][5] == f"Elders {year}-01-02"
    book = load_workbook(
        io.BytesIO(region.get(reverse("region_training_file", args=["xlsx"])).content)
    )
    assert len(book.sheetnames) >= 2
    events = AuditEvent.objects.filter(action=AuditAction.EXPORT, object_type="training.efforts")
    assert list(events.order_by("pk").values_list("practice", flat=True)) == [practice.pk, None]


def test_the_years_that_can_be_chosen():
    practice: Practice = factories.practice()
    client = signed_in(factories.staff_user(practice, StaffRole.MANAGER))
    page = reverse("practice_training", args=[practice.slug])
    this = timezone.localdate().year
    assert client.get(page, {"jaar": "1999"}).context["year"] == this
    assert client.get(page, {"jaar": str(this - 1)}).context["year"] == this - 1
