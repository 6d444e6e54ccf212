"""Applying, deciding, and noting the steps of a practice into the programme and out of it."""

from datetime import date
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from practices.audit import record
from practices.changes.codes import practice_with_code
from practices.changes.registry import when_stopped
from practices.invitations.services import ForPractice, invite
from practices.joining.stages import FIELD, has_begun
from practices.models import Application, Cohort, Employment, JoiningMail, Practice, User
from practices.models.joining import APPLICANTS
from practices.slugs import free_slug
from practices.states import (
    ApplicationState,
    AuditAction,
    JoiningMailKind,
    RegionRoleName,
    Stage,
)


class DecidedError(Exception):
    """Somebody decided on this application already, or its address was never confirmed."""


class StartsTooLateError(Exception):
    """A practice that began cannot go to another cohort: its obligations would move."""


@transaction.atomic
def apply(**fields: Any) -> Application:
    """Keep what the public form brought; only whoever reads that mail can go on."""
    application = Application.objects.create(**fields)
    _post(JoiningMailKind.CONFIRM, application=application)
    record(actor=None, action=AuditAction.CREATE, obj=application)
    return application


@transaction.atomic
def confirm(*, application: Application) -> None:
    """Once; a second click changes nothing."""
    fresh = Application.objects.select_for_update(no_key=True).get(pk=application.pk)
    if fresh.confirmed_at is None:
        fresh.confirmed_at = timezone.now()
        fresh.save(update_fields=["confirmed_at"])
        record(actor=None, action=AuditAction.CHANGE, obj=fresh, confirmed=True)


@transaction.atomic
def accept(
    *, application: Application, cohort: Cohort, consultant: User | None, actor: User
) -> Practice:
    """Enrol the practice from the day it confirmed, and invite whoever applied.

    A practice that is known by its AGB code keeps its name and address, and one that began its
    cohort too: anybody can apply under its code, and its obligations would move."""
    fresh = _undecided(application)
    practice = _practice_of(fresh, cohort)
    if not has_begun(practice, timezone.localdate()):
        practice.cohort = cohort
        practice.enrolled_on = practice.enrolled_on or timezone.localdate(fresh.confirmed_at)
    practice.consultant = consultant or practice.consultant
    practice.save()
    _decided(fresh, actor, practice=practice)
    record(actor=actor, action=AuditAction.CHANGE, obj=practice, practice=practice, enrolled=True)
    if _may_be_invited(practice, fresh.email):
        invite(
            email=fresh.email,
            name=fresh.contact_name,
            to=ForPractice(practice, fresh.contact_role),
            actor=actor,
            site=settings.SITE_URL,
        )
    _post(JoiningMailKind.ACCEPTED, application=fresh, practice=practice)
    return practice


@transaction.atomic
def decline(*, application: Application, reason: str, actor: User) -> None:
    fresh = _undecided(application)
    _decided(fresh, actor, refusal=reason)
    _post(JoiningMailKind.DECLINED, application=fresh)


@transaction.atomic
def note_step(*, practice: Practice, stage: Stage, day: date | None, actor: User) -> None:
    """Write down the day of a step; None takes it back."""
    fresh = _locked(practice)
    setattr(fresh, FIELD[stage], day)
    fresh.save(update_fields=[FIELD[stage]])
    _changed(fresh, actor, FIELD[stage])


@transaction.atomic
def move_to_cohort(*, practice: Practice, cohort: Cohort, actor: User) -> None:
    """Only before its start; `StartsTooLateError` after it."""
    fresh = _locked(practice)
    if has_begun(fresh, timezone.localdate()):
        raise StartsTooLateError
    fresh.cohort, fresh.start_on = cohort, None
    fresh.save(update_fields=["cohort", "start_on"])
    _changed(fresh, actor, "cohort", "start_on")


@transaction.atomic
def stop(*, practice: Practice, day: date, reason: str, actor: User) -> None:
    """From this day on nothing is asked any more; what was met or missed before stays."""
    fresh = _locked(practice)
    fresh.stopped_on, fresh.stop_reason = day, reason
    fresh.save(update_fields=["stopped_on", "stop_reason"])
    for settle in when_stopped:
        settle(fresh, day, actor)
    _changed(fresh, actor, "stopped_on", "stop_reason")


@transaction.atomic
def go_on(*, practice: Practice, actor: User) -> None:
    """Take a stop back, as if it had not been noted."""
    fresh = _locked(practice)
    fresh.stopped_on, fresh.stop_reason = None, ""
    fresh.save(update_fields=["stopped_on", "stop_reason"])
    _changed(fresh, actor, "stopped_on", "stop_reason")


@transaction.atomic
def remind(*, practice: Practice, kind: JoiningMailKind, actor: User) -> int:
    """Mail to whoever holds the practice's account, or to who applied; the number of addresses."""
    addresses = addresses_of(practice)
    for email, name in addresses.items():
        JoiningMail.objects.create(kind=kind, email=email, name=name, practice=practice)
    if addresses:
        record(
            actor=actor,
            action=AuditAction.CREATE,
            obj=("practices.joiningmail", practice.pk),
            practice=practice,
            kind=str(kind),
            addresses=len(addresses),
        )
    return len(addresses)


def addresses_of(practice: Practice) -> dict[str, str]:
    """By e-mail address the name of who reads it."""
    holders = (
        Employment.objects.in_service(timezone.localdate())
        .filter(practice=practice, role__in=APPLICANTS)
        .exclude(person__email="")
        .values_list("person__email", "person__name")
    )
    return dict(holders) or dict(
        practice.applications.exclude(confirmed_at=None).values_list("email", "contact_name")
    )


def consultants() -> Any:
    """Accounts that are consultant for the region."""
    return User.objects.filter(
        region_roles__role=RegionRoleName.CONSULTANT, is_active=True
    ).distinct()


def _may_be_invited(practice: Practice, email: str) -> bool:
    """Anybody can apply under the AGB code of somebody else. Where people work already, an
    application opens their patients only for an address that the region has of one of them."""
    people = Employment.objects.filter(practice=practice)
    serving = people.in_service(timezone.localdate()).filter(person__email__iexact=email)
    return not people.exists() or serving.exists()


def _practice_of(application: Application, cohort: Cohort) -> Practice:
    known = practice_with_code(application.code)
    if known is not None:
        return _locked(known)
    taken = set(Practice.objects.values_list("slug", flat=True).order_by())
    return Practice(
        code=application.code,
        slug=free_slug(application.practice_name, application.code, taken),
        name=application.practice_name,
        city=application.city,
        cohort=cohort,
    )


def _undecided(application: Application) -> Application:
    fresh = Application.objects.select_for_update(no_key=True, of=("self",)).get(pk=application.pk)
    if fresh.state is not ApplicationState.CONFIRMED:
        raise DecidedError
    return fresh


def _decided(application: Application, actor: User, **fields: Any) -> None:
    application.decided_at, application.decided_by = timezone.now(), actor
    for name, value in fields.items():
        setattr(application, name, value)
    application.save(update_fields=["decided_at", "decided_by", *fields])
    record(actor=actor, action=AuditAction.CHANGE, obj=application, state=application.state)


def _locked(practice: Practice) -> Practice:
    locked = Practice.objects.select_for_update(of=("self",)).select_related("cohort")
    return locked.get(pk=practice.pk)


def _changed(practice: Practice, actor: User, *fields: str) -> None:
    record(
        actor=actor,
        action=AuditAction.CHANGE,
        obj=practice,
        practice=practice,
        fields=list(fields),
    )


def _post(
    kind: JoiningMailKind, *, application: Application, practice: Practice | None = None
) -> None:
    JoiningMail.objects.create(
        kind=kind,
        email=application.email,
        name=application.contact_name,
        application=application,
        practice=practice,
    )
