"""Enrolling and what follows from it: one lock order, counted rows, places filled at once.

Everybody locks people first (by id), then sessions (by id). Places of a session change only under
its lock, so what is counted there is true until the end of the transaction.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from practices.audit import record
from practices.models import Person, Practice, User
from practices.states import AuditAction
from training.enrolment.places import Places, places_of, runs_itself
from training.enrolment.rules import Problem, Reason, person_problems, session_problems
from training.mail.services import post
from training.models import Enrolment, QueueChange, Session
from training.states import INTERVISION_PLACES, EnrolmentState, MailKind, SessionKind


class EnrolmentRefusedError(Exception):
    """Nothing was changed; `problems` says why, by person."""

    def __init__(self, problems: Mapping[Person, Sequence[Problem]]) -> None:
        super().__init__(problems)
        self.problems = problems


class NotPossibleError(Exception):
    """Nothing was changed; says why in the reader's language."""


@transaction.atomic
def enrol(
    *,
    session: Session,
    people: Collection[Person],
    practice: Practice,
    actor: User | None,
    on_behalf: bool = False,
) -> list[Enrolment]:
    """Give each of these people a place, or one in the queue when the session is full.

    All of them or nobody: raises `EnrolmentRefusedError` when one of them may not.
    """
    people = _locked_people(people)
    personal = person_problems(session, people, practice)
    asked_about, (session,) = session, lock_sessions([session.pk])
    if _has_moved(session, asked_about):
        personal = person_problems(session, people, practice)
    now = timezone.now()
    general = session_problems(session, now)
    problems = {p: [*general, *personal[p.pk]] for p in people if general or personal[p.pk]}
    if problems:
        raise EnrolmentRefusedError(problems)
    return [
        _admitted(session, person, practice, places, actor=actor, on_behalf=on_behalf, now=now)
        for person, places in _one_by_one(people, places_of(session))
    ]


@transaction.atomic
def cancel(*, enrolment: Enrolment, actor: User | None) -> Enrolment:
    """Give up a place or a turn; the place goes to whoever is first in the queue.

    After the last day for cancelling a place counts as given up late.
    """
    enrolment, session, now = _locked_enrolment(enrolment)
    if now >= session.begins:
        raise NotPossibleError(_("This session has begun or is over."))
    late = would_be_late(enrolment, now)
    state = EnrolmentState.LATE_CANCELLED if late else EnrolmentState.CANCELLED
    _end(enrolment, state, actor=actor, now=now)
    fill(session, actor=actor, now=now)
    return enrolment


@transaction.atomic
def decline(*, enrolment: Enrolment) -> Enrolment:
    """Pass on the place that came free, by the link in the mail: nobody is signed in."""
    enrolment, session, now = _locked_enrolment(enrolment)
    reason = why_not_decline(enrolment, now)
    if reason:
        raise NotPossibleError(reason)
    _end(enrolment, EnrolmentState.DECLINED, actor=None, now=now)
    fill(session, actor=None, now=now)
    return enrolment


def why_not_decline(enrolment: Enrolment, now: datetime) -> str:
    """'' when the place can still be passed on."""
    promoted = enrolment.promoted_at is not None
    if enrolment.state != EnrolmentState.CONFIRMED or not promoted:
        return _("There is no place to decline any more.")
    if not runs_itself(enrolment.session, now):
        return _("The session begins within 48 hours. Call PrimaCura when you cannot come.")
    return ""


def would_be_late(enrolment: Enrolment, now: datetime) -> bool:
    """Whether giving up this place now counts as late; a turn in the queue never does."""
    until = enrolment.session.cancel_until
    confirmed = enrolment.state == EnrolmentState.CONFIRMED
    return confirmed and until is not None and timezone.localdate(now) > until


@transaction.atomic
def promote(*, enrolment: Enrolment, actor: User, reason: str = "") -> Enrolment:
    """Give somebody of the queue a free place by hand; out of turn only with a reason."""
    enrolment, session, now = _locked_enrolment(enrolment)
    _refuse_unless_to_come(session, now)
    if places_of(session).free == 0:
        raise NotPossibleError(_("No place is free. Raise the capacity first."))
    queue = list(session.enrolments.queue().values_list("pk", flat=True))
    if enrolment.pk not in queue:
        raise NotPossibleError(_("This person is not on the waiting list any more."))
    place = queue.index(enrolment.pk) + 1
    if place > 1:
        _log_queue_change(enrolment, place, 1, reason, actor)
    _promote(enrolment, actor=actor, now=now)
    return enrolment


@transaction.atomic
def reorder(*, enrolment: Enrolment, to_place: int, reason: str, actor: User) -> None:
    """Put somebody elsewhere in the queue (1 is first); the others keep their order."""
    enrolment, session, now = _locked_enrolment(enrolment)
    _refuse_unless_to_come(session, now)
    queue = list(session.enrolments.queue())
    if enrolment not in queue:
        raise NotPossibleError(_("This person is not on the waiting list any more."))
    from_place = queue.index(enrolment) + 1
    to_place = max(1, min(to_place, len(queue)))
    if from_place == to_place:
        return
    _log_queue_change(enrolment, from_place, to_place, reason, actor)
    turns = [one.turn for one in queue]
    queue.insert(to_place - 1, queue.pop(from_place - 1))
    for one, turn in zip(queue, turns, strict=True):
        one.turn = turn
    Enrolment.objects.bulk_update(queue, ["turn"])


@transaction.atomic
def change_capacity(
    *, session: Session, capacity: int | None, actor: User, reason: str = ""
) -> Session:
    """Set the number of places; those that come free are filled. Never below those given out."""
    _nobody, (session,) = _locked((), session)
    session.capacity, session.capacity_reason = capacity, reason.strip()
    if _many_places(session) and not session.capacity_reason:
        raise NotPossibleError(_("Say why there are more than 12 places for intervision."))
    confirmed, limit = places_of(session).confirmed, session.places
    if limit is not None and limit < confirmed:
        raise NotPossibleError(
            _("%(people)s people have a place already. Fewer places is not possible.")
            % {"people": confirmed}
        )
    session.save(update_fields=["capacity", "capacity_reason"])
    record(actor=actor, action=AuditAction.CHANGE, obj=session, fields=["capacity"])
    fill(session, actor=actor, now=timezone.now())
    return session


@transaction.atomic
def move_waiters(
    *, enrolments: Collection[Enrolment], to: Session, actor: User
) -> tuple[list[Enrolment], dict[Person, Sequence[Problem]]]:
    """Take people from a queue to another session, in their order, where they may enrol.

    Returns the new enrolments, and who stayed behind with the reasons.
    """
    wanted = [one.pk for one in enrolments]
    _people, sessions = _locked([one.person for one in enrolments], to, *_sessions(enrolments))
    to = next(session for session in sessions if session.pk == to.pk)
    now = timezone.now()
    waiting = Enrolment.objects.queue().filter(pk__in=wanted).exclude(session=to)
    moved: list[Enrolment] = []
    stayed: dict[Person, Sequence[Problem]] = {}
    for old in waiting.select_related("person", "practice"):
        problems = session_problems(to, now)
        problems += person_problems(to, [old.person], old.practice)[old.person_id]
        if problems:
            stayed[old.person] = problems
            continue
        _end(old, EnrolmentState.MOVED, actor=actor, now=now, mail=False)
        places = places_of(to)
        moved.append(_admitted(to, old.person, old.practice, places, actor=actor, now=now))
    return moved, stayed


def fill(session: Session, *, actor: User | None, now: datetime) -> list[Enrolment]:
    """Give free places to the first in the queue. The caller holds the lock on the session."""
    if session.cancelled_at is not None or not runs_itself(session, now):
        return []
    free = places_of(session).free
    first = list(session.enrolments.queue().select_related("person", "practice")[:free])
    for enrolment in first:
        _promote(enrolment, actor=actor, now=now)
    return first


def lock_sessions(sessions: Iterable[int]) -> list[Session]:
    """By id; nobody else changes their places until this transaction ends."""
    found = Session.objects.select_for_update(no_key=True, of=("self",)).select_related("course")
    return list(found.filter(pk__in=set(sessions)).order_by("pk"))


def _locked(
    people: Collection[Person], session: Session, *more: Session
) -> tuple[list[Person], list[Session]]:
    """People first, then sessions; fresh from the database."""
    locked = _locked_people(people) if people else []
    return locked, lock_sessions({session.pk, *(one.pk for one in more)})


def _locked_people(people: Iterable[Person]) -> list[Person]:
    """By id; their enrolments begin and end under this lock only, so what is found of a person
    stays true while waiting for the lock on a session, which is held as short as can be."""
    locked = Person.objects.select_for_update(no_key=True).order_by("pk")
    return list(locked.filter(pk__in={person.pk for person in people}))


def _has_moved(session: Session, asked_about: Session) -> bool:
    """Whether what decides who may come is other than it was."""
    names = ("held_on", "starts_at", "ends_at", "kind", "course_id")
    return any(getattr(session, name) != getattr(asked_about, name) for name in names)


def _locked_enrolment(enrolment: Enrolment) -> tuple[Enrolment, Session, datetime]:
    """The live enrolment as it stands now, with its person and its session locked."""
    _people, (session,) = _locked([enrolment.person], enrolment.session)
    fresh = (
        Enrolment.objects.live()
        .select_for_update(no_key=True, of=("self",))
        .select_related("person", "practice")
        .filter(pk=enrolment.pk)
        .first()
    )
    if fresh is None:
        raise NotPossibleError(_("This enrolment has ended already."))
    fresh.session = session
    return fresh, session, timezone.now()


def _refuse_unless_to_come(session: Session, now: datetime) -> None:
    """Past the last day to enrol the coordinator still decides who gets a place."""
    for problem in session_problems(session, now):
        if problem.reason is not Reason.CLOSED:
            raise NotPossibleError(problem.text)


def _sessions(enrolments: Iterable[Enrolment]) -> list[Session]:
    return [one.session for one in enrolments]


def _one_by_one(people: Iterable[Person], places: Places) -> Iterable[tuple[Person, Places]]:
    """Each person with the places as they are when those before have theirs."""
    for person in people:
        yield person, places
        places = Places(
            places.limit,
            places.confirmed + (not places.full),
            places.waiting + places.full,
            places.last_turn + 1,
        )


def _admitted(
    session: Session,
    person: Person,
    practice: Practice,
    places: Places,
    *,
    actor: User | None,
    now: datetime,
    on_behalf: bool = False,
) -> Enrolment:
    state = EnrolmentState.WAITING if places.full else EnrolmentState.CONFIRMED
    enrolment = Enrolment.objects.create(
        session=session,
        person=person,
        practice=practice,
        state=state,
        turn=places.last_turn + 1,
        enrolled_by=actor,
        on_behalf=on_behalf,
        enrolled_at=now,
    )
    record(
        actor=actor, practice=practice, action=AuditAction.CREATE, obj=enrolment, state=str(state)
    )
    post(enrolment, MailKind.WAITING if places.full else MailKind.CONFIRMED)
    return enrolment


def _promote(enrolment: Enrolment, *, actor: User | None, now: datetime) -> None:
    enrolment.state, enrolment.promoted_at = EnrolmentState.CONFIRMED, now
    enrolment.save(update_fields=["state", "promoted_at"])
    _record_change(enrolment, actor)
    post(enrolment, MailKind.PROMOTED)


def _end(
    enrolment: Enrolment,
    state: EnrolmentState,
    *,
    actor: User | None,
    now: datetime,
    mail: bool = True,
) -> None:
    enrolment.state, enrolment.ended_at = state, now
    enrolment.save(update_fields=["state", "ended_at"])
    _record_change(enrolment, actor)
    if mail:
        post(enrolment, MailKind.ENDED)


def _record_change(enrolment: Enrolment, actor: User | None) -> None:
    record(
        actor=actor,
        practice=enrolment.practice,
        action=AuditAction.CHANGE,
        obj=enrolment,
        state=str(enrolment.state),
    )


def _log_queue_change(
    enrolment: Enrolment, from_place: int, to_place: int, reason: str, actor: User
) -> None:
    if not reason.strip():
        raise NotPossibleError(_("Say why the order of the waiting list changes."))
    change = QueueChange.objects.create(
        enrolment=enrolment,
        from_place=from_place,
        to_place=to_place,
        reason=reason.strip(),
        changed_by=actor,
    )
    record(
        actor=actor,
        practice=enrolment.practice,
        action=AuditAction.CHANGE,
        obj=change,
        from_place=from_place,
        to_place=to_place,
    )


def _many_places(session: Session) -> bool:
    return session.kind == SessionKind.INTERVISION and (session.capacity or 0) > INTERVISION_PLACES
