"""Places, the queue, and what is told and recorded of it."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import override

from practices.models import AuditEvent, Practice
from practices.states import AuditAction
from tests import factories
from tests.training import making
from training.enrolment import services
from training.enrolment.places import places_of
from training.enrolment.rules import Reason
from training.models import Enrolment, QueueChange, Session, SessionMail
from training.states import EnrolmentState, MailKind

pytestmark = pytest.mark.django_db

CONFIRMED, WAITING = EnrolmentState.CONFIRMED, EnrolmentState.WAITING


@pytest.fixture
def practice() -> Practice:
    return factories.practice()


def current(enrolment: Enrolment) -> EnrolmentState:
    return EnrolmentState(Enrolment.objects.get(pk=enrolment.pk).state)


def mails(enrolment: Enrolment) -> list[str]:
    return list(enrolment.mails.order_by("pk").values_list("kind", flat=True))


def test_places_first_then_the_queue(practice: Practice) -> None:
    session = making.session(capacity=2)
    made = making.enrolled(session, *making.doctors(practice, 4))
    assert [one.state for one in made] == [CONFIRMED, CONFIRMED, WAITING, WAITING]
    assert [one.turn for one in made] == [1, 2, 3, 4]
    assert [mails(one) for one in made] == [["confirmed"]] * 2 + [["waiting"]] * 2


def test_a_few_colleagues_at_once_are_all_of_them_or_nobody(practice: Practice) -> None:
    session = making.session(capacity=2)
    people = making.doctors(practice, 3)
    made = services.enrol(session=session, people=people, practice=practice, actor=None)
    assert [one.state for one in made] == [CONFIRMED, CONFIRMED, WAITING]
    (newcomer,) = making.doctors(practice, 1)
    with pytest.raises(services.EnrolmentRefusedError) as refused:
        services.enrol(session=session, people=[newcomer, people[0]], practice=practice, actor=None)
    assert {p: [one.reason for one in why] for p, why in refused.value.problems.items()} == {
        people[0]: [Reason.ENROLLED]
    }
    assert session.enrolments.count() == 3


def test_who_enrolled_and_on_whose_behalf(practice: Practice) -> None:
    session, (doctor,) = making.session(), making.doctors(practice, 1)
    actor = making.coordinator()
    (made,) = services.enrol(
        session=session, people=[doctor], practice=practice, actor=actor, on_behalf=True
    )
    assert (made.enrolled_by, made.on_behalf, made.practice) == (actor, True, practice)
    event = AuditEvent.objects.get(object_type="training.enrolment", object_id=str(made.pk))
    assert (event.actor, event.action, event.practice) == (actor, AuditAction.CREATE, practice)
    assert event.detail == {"state": "confirmed"}


def test_a_free_place_is_for_who_waits_even_when_nobody_filled_it(practice: Practice) -> None:
    """Full is also: somebody waits. Within 48 hours the place stays free for the coordinator."""
    session = making.session(capacity=1, held_on=making.in_days(1))
    first, second, third = making.doctors(practice, 3)
    has, _waits = making.enrolled(session, first, second)
    services.cancel(enrolment=has, actor=None)
    (latecomer,) = making.enrolled(session, third)
    assert places_of(session).free == 1
    assert latecomer.state == WAITING


def test_cancelling_gives_the_place_to_the_first_in_the_queue(practice: Practice) -> None:
    session = making.session(capacity=1)
    has, first, second = making.enrolled(session, *making.doctors(practice, 3))
    services.cancel(enrolment=has, actor=None)
    assert [current(one) for one in (has, first, second)] == [
        *(EnrolmentState.CANCELLED, CONFIRMED, WAITING),
    ]
    assert mails(first) == [MailKind.WAITING, MailKind.PROMOTED]
    assert mails(has) == [MailKind.CONFIRMED, MailKind.ENDED]
    with pytest.raises(services.NotPossibleError):
        services.cancel(enrolment=has, actor=None)


def test_who_comes_back_joins_the_end(practice: Practice) -> None:
    session = making.session(capacity=1)
    has, _first, _second = making.enrolled(session, *making.doctors(practice, 3))
    services.cancel(enrolment=has, actor=None)
    (again,) = making.enrolled(session, has.person)
    assert (again.state, again.turn) == (WAITING, 4)


@pytest.mark.parametrize(
    ("days", "state"), [(0, EnrolmentState.CANCELLED), (-1, EnrolmentState.LATE_CANCELLED)]
)
def test_a_place_given_up_after_the_last_day_is_late(
    practice: Practice, days: int, state: EnrolmentState
) -> None:
    session = making.session(capacity=1, cancel_until=making.in_days(days))
    has, waits = making.enrolled(session, *making.doctors(practice, 2))
    services.cancel(enrolment=waits, actor=None)
    services.cancel(enrolment=has, actor=None)
    assert (current(has), current(waits)) == (state, EnrolmentState.CANCELLED)


def test_nothing_is_cancelled_once_it_began(practice: Practice) -> None:
    session, people = making.session(), making.doctors(practice, 1)
    (has,) = making.enrolled(session, *people)
    Session.objects.filter(pk=session.pk).update(held_on=making.in_days(-1))
    with pytest.raises(services.NotPossibleError):
        services.cancel(enrolment=has, actor=None)
    assert current(has) == CONFIRMED


def test_declining_passes_the_place_on_until_48_hours_before(practice: Practice) -> None:
    session = making.session(capacity=1)
    has, first, second = making.enrolled(session, *making.doctors(practice, 3))
    with pytest.raises(services.NotPossibleError):
        services.decline(enrolment=has)
    services.cancel(enrolment=has, actor=None)
    services.decline(enrolment=first)
    assert [current(one) for one in (first, second)] == [EnrolmentState.DECLINED, CONFIRMED]
    soon = timezone.localtime(timezone.now() + timedelta(hours=47))
    Session.objects.filter(pk=session.pk).update(
        held_on=soon.date(), starts_at=soon.time(), ends_at=None
    )
    with pytest.raises(services.NotPossibleError):
        services.decline(enrolment=second)
    assert current(second) == CONFIRMED


def test_within_48_hours_the_coordinator_decides_who_gets_the_place(practice: Practice) -> None:
    session = making.session(capacity=1, held_on=making.in_days(1))
    has, first, second = making.enrolled(session, *making.doctors(practice, 3))
    services.cancel(enrolment=has, actor=None)
    assert (current(first), current(second)) == (WAITING, WAITING)
    actor = making.coordinator()
    with pytest.raises(services.NotPossibleError):
        services.promote(enrolment=second, actor=actor)
    services.promote(enrolment=second, actor=actor, reason="De eerste kan niet")
    assert (current(first), current(second)) == (WAITING, CONFIRMED)
    change = QueueChange.objects.get()
    assert (change.from_place, change.to_place, change.changed_by) == (2, 1, actor)
    with pytest.raises(services.NotPossibleError):
        services.promote(enrolment=first, actor=actor)


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"cancelled_at": timezone.now(), "cancel_reason": "ziek"}, "has been cancelled"),
        ({"held_on": making.in_days(-1)}, "has begun or is over"),
    ],
)
def test_nobody_is_given_a_place_in_a_session_that_is_cancelled_or_over(
    practice: Practice, fields: dict[str, object], reason: str
) -> None:
    session, actor = making.session(capacity=1), making.coordinator()
    _has, first, second = making.enrolled(session, *making.doctors(practice, 3))
    Session.objects.update(capacity=3, **fields)
    with override("en"):
        with pytest.raises(services.NotPossibleError, match=reason):
            services.promote(enrolment=first, actor=actor)
        with pytest.raises(services.NotPossibleError, match=reason):
            services.reorder(enrolment=second, to_place=1, reason="Laatste kans", actor=actor)
    assert (current(first), list(session.enrolments.queue())) == (WAITING, [first, second])


def test_the_queue_changes_only_with_a_reason_and_is_logged(practice: Practice) -> None:
    session, actor = making.session(capacity=1), making.coordinator()
    _has, *waiting = making.enrolled(session, *making.doctors(practice, 4))
    with pytest.raises(services.NotPossibleError):
        services.reorder(enrolment=waiting[2], to_place=1, reason=" ", actor=actor)
    services.reorder(enrolment=waiting[2], to_place=1, reason="Laatste kans", actor=actor)
    order = [waiting[2], waiting[0], waiting[1]]
    assert list(session.enrolments.queue()) == order
    change = QueueChange.objects.get()
    assert (change.from_place, change.to_place, change.reason) == (3, 1, "Laatste kans")
    event = AuditEvent.objects.get(object_type="training.queuechange")
    assert event.detail == {"from_place": 3, "to_place": 1}


def test_more_places_are_filled_at_once_and_never_fewer_than_given_out(practice: Practice) -> None:
    session, actor = making.session(capacity=1), making.coordinator()
    made = making.enrolled(session, *making.doctors(practice, 4))
    services.change_capacity(session=session, capacity=3, actor=actor)
    assert [current(one) for one in made] == [CONFIRMED, CONFIRMED, CONFIRMED, WAITING]
    with pytest.raises(services.NotPossibleError):
        services.change_capacity(session=session, capacity=2, actor=actor)
    session.refresh_from_db()
    assert session.capacity == 3


def test_intervision_takes_more_than_twelve_only_with_a_reason() -> None:
    session, actor = making.session(capacity=12), making.coordinator()
    with pytest.raises(services.NotPossibleError):
        services.change_capacity(session=session, capacity=13, actor=actor)
    changed = services.change_capacity(
        session=session, capacity=13, actor=actor, reason="Gast uit een andere regio"
    )
    assert (changed.capacity, changed.capacity_reason) == (13, "Gast uit een andere regio")
    with pytest.raises(IntegrityError), transaction.atomic():
        making.session(capacity=13)
    assert making.session(capacity=None).places == 12


def test_waiters_move_to_another_date_in_their_order(practice: Practice) -> None:
    here, there = making.session(capacity=1), making.session(held_on=making.in_days(40))
    has, first, second = making.enrolled(here, *making.doctors(practice, 3))
    busy = making.session(held_on=making.in_days(40))
    making.enrolled(busy, second.person)
    moved, stayed = services.move_waiters(
        enrolments=[second, first, has], to=there, actor=making.coordinator()
    )
    assert [(one.person, one.state, one.session) for one in moved] == [
        (first.person, CONFIRMED, there)
    ]
    assert {p: [one.reason for one in why] for p, why in stayed.items()} == {
        second.person: [Reason.OVERLAP]
    }
    assert [current(one) for one in (has, first, second)] == [
        *(CONFIRMED, EnrolmentState.MOVED, WAITING),
    ]


def test_the_database_refuses_a_second_live_enrolment(practice: Practice) -> None:
    session, (doctor,) = making.session(), making.doctors(practice, 1)
    making.enrolled(session, doctor)
    with pytest.raises(IntegrityError), transaction.atomic():
        Enrolment.objects.create(
            session=session, person=doctor, practice=practice, state=WAITING, turn=9
        )


def test_what_is_refused_leaves_no_mail(practice: Practice) -> None:
    session, (doctor,) = (
        making.session(cancelled_at=timezone.now(), cancel_reason="-"),
        (making.doctors(practice, 1)),
    )
    with pytest.raises(services.EnrolmentRefusedError):
        making.enrolled(session, doctor)
    assert SessionMail.objects.count() == 0


def test_a_session_that_was_moved_meanwhile_is_judged_as_it_is_now(practice: Practice) -> None:
    (doctor,) = making.doctors(practice, 1)
    making.enrolled(making.session(), doctor)
    asked_about = making.session(held_on=making.in_days(31))
    Session.objects.filter(pk=asked_about.pk).update(held_on=making.in_days(30))
    with pytest.raises(services.EnrolmentRefusedError) as refused:
        making.enrolled(asked_about, doctor)
    assert [one.reason for one in refused.value.problems[doctor]] == [Reason.OVERLAP]
