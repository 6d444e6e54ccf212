"""A week as an example for the region: offered with consent, published, copied."""

from django.db import models, transaction
from django.utils import timezone

from interventions.models import DayTemplate, SharedTemplate
from interventions.schedules.blocks import as_rows, nameless
from interventions.schedules.states import ShareState
from practices.audit import record
from practices.models import Practice, User
from practices.states import AuditAction

OPEN = (ShareState.OFFERED, ShareState.PUBLISHED)


class DecidedMeanwhileError(Exception):
    """The example is no longer where the actor saw it."""


def published() -> "models.QuerySet[SharedTemplate]":
    found = SharedTemplate.objects.filter(state=ShareState.PUBLISHED)
    return found.select_related("practice").order_by("name", "pk")


def to_decide() -> "models.QuerySet[SharedTemplate]":
    found = SharedTemplate.objects.filter(state=ShareState.OFFERED)
    return found.select_related("practice").order_by("offered_at")


def offered_of(template: DayTemplate) -> SharedTemplate | None:
    """Where this week stands as an example; the last time counts."""
    return SharedTemplate.objects.filter(template=template).order_by("-offered_at").first()


@transaction.atomic
def offer(
    *, template: DayTemplate, name: str, explanation: str, named: bool, actor: User
) -> SharedTemplate:
    """As it is now, without names of people; an earlier offer of it makes way."""
    practice = Practice.objects.select_for_update(no_key=True).get(pk=template.practice_id)
    SharedTemplate.objects.filter(template=template, state__in=OPEN).update(
        state=ShareState.WITHDRAWN
    )
    week = [one.block() for one in template.blocks.all()]
    made = SharedTemplate.objects.create(
        practice=practice,
        template=template,
        name=name,
        explanation=explanation,
        practice_named=named,
        blocks=as_rows(nameless(week)),
        offered_by=actor,
    )
    record(actor=actor, action=AuditAction.CREATE, obj=made, practice=practice)
    return made


@transaction.atomic
def take_back(*, shared: SharedTemplate, actor: User) -> None:
    """By the practice; what others copied stays theirs."""
    found = _locked(shared, *OPEN)
    found.state = ShareState.WITHDRAWN
    found.save(update_fields=["state"])
    record(actor=actor, action=AuditAction.DELETE, obj=found, practice=found.practice)


@transaction.atomic
def publish(*, shared: SharedTemplate, actor: User) -> None:
    """By the coordinator. Raises `DecidedMeanwhileError` when it was taken back."""
    _decide(_locked(shared, *OPEN), ShareState.PUBLISHED, actor)


@transaction.atomic
def decline(*, shared: SharedTemplate, reason: str, actor: User) -> None:
    """Not shown, or no longer; who offered it reads why. Raises `DecidedMeanwhileError`."""
    found = _locked(shared, *OPEN)
    found.reason = reason
    _decide(found, ShareState.DECLINED, actor)


def _decide(found: SharedTemplate, state: ShareState, actor: User) -> None:
    found.state, found.decided_by, found.decided_at = state, actor, timezone.now()
    found.save(update_fields=["state", "decided_by", "decided_at", "reason"])
    record(
        actor=actor,
        action=AuditAction.CHANGE,
        obj=found,
        practice=found.practice,
        fields=["state"],
    )


def _locked(shared: SharedTemplate, *states: ShareState) -> SharedTemplate:
    found = SharedTemplate.objects.select_for_update(no_key=True).get(pk=shared.pk)
    if found.state not in states:
        raise DecidedMeanwhileError
    return found
