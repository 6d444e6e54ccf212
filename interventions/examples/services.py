"""Offering an example, deciding on it, and saying thanks."""

from dataclasses import asdict, dataclass

from django.db import transaction
from django.utils import timezone

from interventions.examples import documents
from interventions.examples.states import ExampleState
from interventions.models import Example, ExampleDocument, ExampleThanks
from practices.audit import record
from practices.models import Practice, User
from practices.states import AuditAction


class DecidedMeanwhileError(Exception):
    """The example is no longer where the actor saw it."""


class DocumentWaitsError(Exception):
    """Nobody can have opened the document yet: a worker still has to look at it."""


@dataclass(frozen=True, slots=True)
class Written:
    kind: str
    title: str
    body: str
    intervention: int | None
    profile: int | None


@transaction.atomic
def offer(
    *,
    written: Written,
    practice: Practice,
    named: bool,
    actor: User,
    document: bytes | None = None,
) -> Example:
    example = Example.objects.create(
        **asdict(written), practice=practice, practice_named=named, offered_by=actor
    )
    if document is not None:
        documents.keep(example, document)
    record(actor=actor, action=AuditAction.CREATE, obj=example, practice=practice)
    return example


@transaction.atomic
def write(*, written: Written, actor: User, document: bytes | None = None) -> Example:
    """By the region itself: in the library at once, its document once a worker looked at it."""
    example = Example.objects.create(
        **asdict(written),
        offered_by=actor,
        state=ExampleState.PUBLISHED,
        decided_by=actor,
        decided_at=timezone.now(),
    )
    if document is not None:
        documents.keep(example, document)
    record(actor=actor, action=AuditAction.CREATE, obj=example)
    return example


@transaction.atomic
def publish(
    *,
    example: Example,
    written: Written,
    actor: User,
    document: bytes | None = None,
    without_document: bool = False,
) -> None:
    """As the coordinator edited it; also for changing what is in the library. Another document
    takes the place of the one that was there. `DocumentWaitsError` for one that nobody could open
    yet."""
    fresh = _locked(example, ExampleState.OFFERED, ExampleState.PUBLISHED, ExampleState.DECLINED)
    for name, value in asdict(written).items():
        setattr(fresh, name, value)
    fresh.reason = ""
    if without_document:
        documents.let_go(fresh)
    if document is not None:
        documents.keep(fresh, document)
    elif ExampleDocument.objects.waiting().filter(example=fresh).exists():
        raise DocumentWaitsError
    _decide(fresh, ExampleState.PUBLISHED, actor, *asdict(written), "reason")


@transaction.atomic
def decline(*, example: Example, reason: str, actor: User) -> None:
    """Out of the library, or not in it; who offered it reads why. Its document goes at once: a
    patient in it may be the reason."""
    fresh = _locked(example, ExampleState.OFFERED, ExampleState.PUBLISHED)
    fresh.reason = reason
    documents.let_go(fresh)
    _decide(fresh, ExampleState.DECLINED, actor, "reason")


@transaction.atomic
def take_back(*, example: Example, actor: User) -> None:
    """By the practice that offered it, also when it was published."""
    fresh = _locked(example, ExampleState.OFFERED, ExampleState.PUBLISHED)
    fresh.state = ExampleState.WITHDRAWN
    documents.let_go(fresh)
    fresh.save(update_fields=["state"])
    record(actor=actor, action=AuditAction.DELETE, obj=fresh, practice=fresh.practice)


def thank(*, example: Example, user: User) -> None:
    ExampleThanks.objects.get_or_create(example=example, user=user)


def take_thanks_back(*, example: Example, user: User) -> None:
    ExampleThanks.objects.filter(example=example, user=user).delete()


def _locked(example: Example, *states: ExampleState) -> Example:
    fresh = Example.objects.select_for_update(no_key=True, of=("self",)).get(pk=example.pk)
    if fresh.state not in states:
        raise DecidedMeanwhileError
    return fresh


def _decide(example: Example, state: ExampleState, actor: User, *fields: str) -> None:
    example.state, example.decided_by, example.decided_at = state, actor, timezone.now()
    example.save(update_fields=["state", "decided_by", "decided_at", *fields])
    record(
        actor=actor,
        action=AuditAction.CHANGE,
        obj=example,
        practice=example.practice,
        state=str(state),
    )
