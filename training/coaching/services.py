"""Coaching in the practice: a practice asks, the region plans it there or says why not."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from practices.audit import record
from practices.models import Person, Practice, User
from practices.states import AuditAction
from training.enrolment.services import EnrolmentRefusedError, NotPossibleError, enrol
from training.models import CoachingRequest, Course, Session
from training.sessions.services import Repeat, make_sessions
from training.states import RequestState


@dataclass(frozen=True, slots=True)
class Wish:
    """What a practice would like: for whom, about what, in which period (both days included)."""

    people: Collection[Person]
    text: str
    from_on: date
    until_on: date


@transaction.atomic
def ask_coaching(
    *, course: Course, practice: Practice, wish: Wish, actor: User, on_behalf: bool = False
) -> CoachingRequest:
    if not (course.active and course.in_practice):
        raise NotPossibleError(_("This is not given in a practice on request."))
    made = CoachingRequest.objects.create(
        course=course,
        practice=practice,
        wish=wish.text.strip(),
        from_on=wish.from_on,
        until_on=wish.until_on,
        asked_by=actor,
        on_behalf=on_behalf,
    )
    made.people.set(wish.people)
    record(actor=actor, action=AuditAction.CREATE, obj=made, practice=practice)
    return made


@transaction.atomic
def plan_coaching(
    *, request: CoachingRequest, fields: Mapping[str, Any], actor: User
) -> tuple[Session, list[str]]:
    """Plan a session for this practice only and give those asked for a place, as far as they may
    come. Returns the session, and the names of those who have no place."""
    request = _locked(request)
    planned = {"kind": request.course.kind, "course": request.course, "only_for": request.practice}
    (session,) = make_sessions(fields={**fields, **planned}, repeat=Repeat(), actor=actor)
    without = [
        person.name
        for person in request.people.order_by("name", "pk")
        if not _placed(session, person, request, actor)
    ]
    request.session = session
    _answer(request, RequestState.PLANNED, actor)
    return session, without


@transaction.atomic
def decline_coaching(*, request: CoachingRequest, reason: str, actor: User) -> None:
    if not reason.strip():
        raise NotPossibleError(_("Write the reason: the practice reads it."))
    request = _locked(request)
    request.reason = reason.strip()
    _answer(request, RequestState.DECLINED, actor)


@transaction.atomic
def withdraw_coaching(*, request: CoachingRequest, actor: User) -> None:
    request = _locked(request)
    _answer(request, RequestState.WITHDRAWN, actor)


def _placed(session: Session, person: Person, request: CoachingRequest, actor: User) -> bool:
    try:
        enrol(session=session, people=[person], practice=request.practice, actor=actor)
    except EnrolmentRefusedError:
        return False
    return True


def _locked(request: CoachingRequest) -> CoachingRequest:
    """As it stands now; only what is open can be answered."""
    found = CoachingRequest.objects.select_for_update(no_key=True, of=("self",))
    request = found.select_related("course", "practice").get(pk=request.pk)
    if not request.is_open:
        raise NotPossibleError(_("This request has been answered or withdrawn already."))
    return request


def _answer(request: CoachingRequest, state: RequestState, actor: User) -> None:
    request.state, request.answered_by, request.answered_at = state, actor, timezone.now()
    request.save()
    record(
        actor=actor,
        action=AuditAction.CHANGE,
        obj=request,
        practice=request.practice,
        state=str(state),
    )
