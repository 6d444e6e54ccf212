"""Keeping the schedules of a practice: what it uses, and since when."""

from datetime import date

from django.db import transaction
from django.utils import timezone

from interventions.models import ConsultationSchedule
from practices.audit import record
from practices.models import Practice, User
from practices.states import AuditAction


class PatternTakenError(Exception):
    """The practice has this pattern already."""


@transaction.atomic
def save_schedule(
    *,
    practice: Practice,
    schedule: ConsultationSchedule | None,
    pattern: str,
    in_use_from: date | None,
    in_use_until: date | None,
    actor: User,
    on_behalf: bool,
) -> ConsultationSchedule:
    """Add a schedule, or change this one. Raises `PatternTakenError`."""
    Practice.objects.select_for_update(no_key=True).get(pk=practice.pk)
    saved = schedule or ConsultationSchedule(practice=practice)
    others = ConsultationSchedule.objects.filter(practice=practice).exclude(pk=saved.pk)
    if others.filter(pattern__iexact=pattern).exists():
        raise PatternTakenError
    saved.pattern, saved.in_use_from, saved.in_use_until = pattern, in_use_from, in_use_until
    _said(saved, actor, on_behalf)
    saved.save()
    action = AuditAction.CHANGE if schedule else AuditAction.CREATE
    record(actor=actor, action=action, obj=saved, practice=practice)
    return saved


@transaction.atomic
def take_out_of_use(
    *,
    practice: Practice,
    schedule: ConsultationSchedule,
    last_day: date,
    actor: User,
    on_behalf: bool,
) -> None:
    """What is not in use on that day stays as it is."""
    found = ConsultationSchedule.objects.select_for_update(no_key=True).get(
        practice=practice, pk=schedule.pk
    )
    if not found.in_use(last_day):
        return
    found.in_use_until = last_day
    _said(found, actor, on_behalf)
    found.save()
    record(
        actor=actor,
        action=AuditAction.CHANGE,
        obj=found,
        practice=practice,
        fields=["in_use_until"],
    )


def _said(schedule: ConsultationSchedule, actor: User, on_behalf: bool) -> None:
    schedule.said_by, schedule.said_at = actor, timezone.now()
    schedule.on_behalf = on_behalf
