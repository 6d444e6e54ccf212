"""What a practice bears, held to plain loops over the same rows."""

import csv
import io
import random
from collections import defaultdict
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from practices.models import AuditEvent, Employment
from practices.states import AuditAction, StaffRole
from tests import factories
from tests.pages import words
from tests.training.attendance.test_views import signed_in
from tests.training.making import coordinator, session
from training.costs.lines import cost_lines, costs_by_practice
from training.models import Attendance, Enrolment, Session
from training.states import EnrolmentState

pytestmark = pytest.mark.django_db

TODAY = date(2025, 12, 31)


def priced(price: str | None) -> dict[str, object]:
    return {"price": Decimal(price) if price else None}


def enrol(held: Session, person, practice, state=EnrolmentState.CONFIRMED) -> None:
    ended = None if state in ("confirmed", "waiting") else timezone.now()
    Enrolment.objects.create(
        session=held,
        person=person,
        practice=practice,
        state=state,
        turn=held.enrolments.count() + 1,
        ended_at=ended,
    )


def come(held: Session, person, *, present: bool = True) -> None:
    Attendance.objects.create(session=held, person=person, present=present)


def test_a_place_is_paid_for_used_or_not_and_a_guest_by_the_own_practice():
    linde = factories.practice(name="De Linde")
    person, stayed, guest, late, waited = (
        factories.employment(practice=linde).person for _one in range(5)
    )
    held = session(held_on=date(2025, 2, 3), **priced("75.50"))
    enrol(held, person, linde)
    enrol(held, stayed, linde)
    enrol(held, late, linde, EnrolmentState.LATE_CANCELLED)
    enrol(held, waited, linde, EnrolmentState.WAITING)
    come(held, person)
    come(held, stayed, present=False)
    come(held, guest)
    (line,) = cost_lines(2025, today=TODAY)
    assert (len(line.charged), len(line.attended), len(line.late)) == (3, 2, 1)
    assert (line.quarter, line.amount) == (1, Decimal("226.50"))
    (costs,) = costs_by_practice([line])
    assert costs.quarters == (Decimal("226.50"), 0, 0, 0)


def test_a_guest_of_two_practices_is_of_the_one_served_longest():
    first, second = factories.practice(), factories.practice()
    guest = factories.employment(practice=second, started_on=date(2019, 1, 1)).person
    factories.employment(practice=first, person=guest, started_on=date(2021, 1, 1))
    held = session(held_on=date(2025, 5, 3), **priced("10"))
    come(held, guest)
    assert [line.practice for line in cost_lines(2025, today=TODAY)] == [second]


def test_a_cancelled_or_coming_session_costs_nothing():
    linde = factories.practice()
    person = factories.employment(practice=linde).person
    off = session(
        held_on=date(2025, 2, 3),
        **priced("10"),
        cancelled_at=timezone.now(),
        cancel_reason="ziek",
    )
    later = session(held_on=date(2025, 6, 3), **priced("10"))
    enrol(off, person, linde)
    enrol(later, person, linde)
    assert cost_lines(2025, today=date(2025, 6, 2)) == []


def test_without_a_price_nothing_is_made_up():
    linde = factories.practice()
    person = factories.employment(practice=linde).person
    for held in (
        session(held_on=date(2025, 2, 3), **priced(None)),
        session(held_on=date(2025, 2, 4)),
    ):
        enrol(held, person, linde)
    lines = cost_lines(2025, today=TODAY)
    assert [line.amount for line in lines] == [None, None]
    (costs,) = costs_by_practice(lines)
    assert (costs.total, costs.unknown) == (0, 2)


def test_figures_of_random_years_agree_with_plain_loops():
    chance = random.Random(5)
    practices = [factories.practice() for _one in range(4)]
    people = []
    for _one in range(15):
        person = factories.person()
        for practice in chance.sample(practices, chance.choice((1, 1, 2))):
            start = date(2020, 1, 1) + timedelta(days=chance.randrange(900))
            ended = None if chance.random() < 0.8 else date(2025, chance.randint(1, 12), 1)
            factories.employment(practice=practice, person=person, started_on=start, ended_on=ended)
        people.append(person)
    prices = [priced("99.95"), priced("0"), priced(None), priced("12.34")]
    for _one in range(14):
        held = session(
            held_on=date(2025, 1, 1) + timedelta(days=chance.randrange(365)),
            **chance.choice([*prices, priced(None)]),
        )
        for person in chance.sample(people, 9):
            how = chance.choice(["place", "place", "late", "guest", "waits"])
            practice = chance.choice(list(person.employments.all())).practice
            if how == "place":
                enrol(held, person, practice)
            elif how == "late":
                enrol(held, person, practice, EnrolmentState.LATE_CANCELLED)
            elif how == "waits":
                enrol(held, person, practice, EnrolmentState.WAITING)
            if how == "guest" or chance.random() < 0.6:
                come(held, person, present=chance.random() < 0.8)
    found = costs_by_practice(cost_lines(2025, today=date(2025, 11, 30)))
    assert {one.practice.pk: (one.quarters, one.unknown) for one in found} == _oracle(
        date(2025, 11, 30)
    )


def _oracle(today: date) -> dict[int, tuple[tuple[Decimal, ...], int]]:
    """Row by row, sharing no code."""
    quarters = defaultdict(lambda: [Decimal(0)] * 4)
    unknown: dict[int, int] = defaultdict(int)
    seen = set(
        Enrolment.objects.filter(
            state__in=["confirmed", "late_cancelled"], session__held_on__lte=today
        ).values_list("practice", flat=True)
    )
    for held in Session.objects.filter(held_on__lte=today):
        for practice in _who_pay(held):
            seen.add(practice)
            if held.price is None:
                unknown[practice] += 1
            else:
                quarters[practice][(held.held_on.month - 1) // 3] += held.price
    return {one: (tuple(quarters[one]), unknown[one]) for one in seen}


def _who_pay(held: Session) -> list[int]:
    places = {one.person_id: one.practice_id for one in held.enrolments.filter(state="confirmed")}
    paying = list(places.values())
    for one in held.attendances.filter(present=True):
        if one.person_id in places:
            continue
        best = None
        for spell in Employment.objects.filter(person=one.person_id, started_on__lte=held.held_on):
            still = spell.ended_on is None or held.held_on <= spell.ended_on
            if still and (best is None or spell.started_on < best.started_on):
                best = spell
        if best is not None:
            paying.append(best.practice_id)
    return paying


@pytest.mark.parametrize("number", [1, 3])
def test_the_number_of_queries_does_not_grow(number, django_assert_num_queries):
    for _one in range(number):
        practice = factories.practice()
        held = session(held_on=date(2025, 2, 3), **priced("5"))
        enrol(held, factories.employment(practice=practice).person, practice)
        come(held, factories.employment(practice=practice).person)
    with django_assert_num_queries(4):
        cost_lines(2025, today=TODAY)


def test_the_region_takes_the_costs_along_as_csv():
    linde = factories.practice(name="=De Linde")
    year = timezone.localdate().year
    held = session(held_on=date(year, 1, 1), **priced("75.50"), title="Basis")
    enrol(held, factories.employment(practice=linde).person, linde)
    client = signed_in(coordinator())
    content = client.get(reverse("training_costs_file", args=["csv"])).content
    row = list(csv.reader(io.StringIO(content.decode("utf-8-sig")), delimiter=";"))[1]
    assert row == [
        *("'=De Linde", linde.code, "1", f"{year}-01-01", "Basis"),
        *("1", "0", "0", "75.50", "75.50"),
    ]
    assert AuditEvent.objects.filter(action=AuditAction.EXPORT).count() == 1
    assert "€ 75.50" in words(client.get(reverse("training_costs")))


def test_a_practice_sees_its_own_costs_only():
    linde, korvel = factories.practice(name="De Linde"), factories.practice(name="Korvel")
    year = timezone.localdate().year
    held = session(held_on=date(year, 1, 1), **priced("75.50"))
    for practice in (linde, korvel):
        enrol(held, factories.employment(practice=practice).person, practice)
    manager = signed_in(factories.staff_user(linde, StaffRole.MANAGER))
    page = words(manager.get(reverse("practice_training_costs", args=[linde.slug])))
    assert "De Linde" in page
    assert "Korvel" not in page
    response = manager.get(reverse("practice_training_costs", args=[korvel.slug]))
    assert response.status_code == 404
