"""Inviting a practice for a visit, moving and cancelling it, and what the practice answers.

Who is told is told by mail, written down in the same transaction. Appointments of one consultant
are made one after the other: her account is locked first, then the appointment.
"""

from collections.abc import Iterable
from datetime import date

from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from monitoring.models import AppointmentMail, VisitAppointment
from monitoring.visit_planning.people import holders_of
from monitoring.visit_planning.proposals import Busy
from monitoring.visit_planning.rules import Moment, busy_of, slot_problems, visit_problems
from monitoring.visit_planning.states import AppointmentMailKind, AppointmentState
from practices.audit import record
from practices.mailing import services as mailing
from practices.mailing.message import LANGUAGE
from practices.models import Practice, User
from practices.states import AuditAction, MailTrouble


class CannotPlanError(Exception):
    """Its words are for whoever tried."""


@transaction.atomic
def invite(*, practice: Practice, moment: Moment, actor: User) -> VisitAppointment:
    """By the practice's own consultant, also when the coordinator does it for her."""
    today = timezone.localdate()
    _refuse(visit_problems(practice, today))
    consultant = _lock(practice.consultant_id)
    if VisitAppointment.objects.open().filter(practice=practice).exists():
        raise CannotPlanError(_("There is an appointment with this practice already."))
    _refuse(slot_problems(practice, moment.slot, _busy(consultant, moment), today))
    appointment = VisitAppointment(practice=practice, consultant=consultant)
    _set(appointment, moment)
    appointment.save()
    record(actor=actor, practice=practice, action=AuditAction.CREATE, obj=appointment)
    _tell_practice(appointment, AppointmentMailKind.INVITATION)
    return appointment


@transaction.atomic
def move(*, appointment: VisitAppointment, moment: Moment, actor: User) -> VisitAppointment:
    """Another day, time or place: the practice is asked anew. With the same nothing happens."""
    today = timezone.localdate()
    consultant = _lock(appointment.practice.consultant_id or appointment.consultant_id)
    appointment = _open(appointment)
    busy = _busy(consultant, moment, but=appointment.pk)
    _refuse(slot_problems(appointment.practice, moment.slot, busy, today))
    before = _told(appointment)
    _set(appointment, moment)
    if before == _told(appointment) and appointment.consultant == consultant:
        return appointment
    appointment.consultant = consultant
    appointment.state, appointment.reply = AppointmentState.INVITED, ""
    appointment.replied_by, appointment.replied_at = None, None
    _new_version(appointment)
    record(actor=actor, practice=appointment.practice, action=AuditAction.CHANGE, obj=appointment)
    _tell_practice(appointment, AppointmentMailKind.MOVED)
    return appointment


@transaction.atomic
def cancel(*, appointment: VisitAppointment, reason: str, actor: User) -> VisitAppointment:
    appointment = _open(appointment)
    if not reason.strip():
        raise CannotPlanError(_("Say why the visit is cancelled. The practice reads it."))
    _cancel(appointment, reason.strip(), actor)
    return appointment


@transaction.atomic
def hand_over(*, practice: Practice, actor: User) -> None:
    """The open appointment goes along with the practice's consultant of now, who may be elsewhere
    at that time: she moves it herself. Nobody is told before there is a new one."""
    found = _waiting(practice)
    if found is None or found.consultant_id == practice.consultant_id:
        return
    found.consultant = practice.consultant
    _new_version(found)
    record(actor=actor, practice=practice, action=AuditAction.CHANGE, obj=found)
    if found.consultant is not None:
        _tell_practice(found, AppointmentMailKind.OTHER)
        AppointmentMail.objects.create(appointment=found, kind=AppointmentMailKind.HANDED)


@transaction.atomic
def call_off(*, practice: Practice, day: date, actor: User) -> None:
    """The practice takes part no more from this day on. Goes it on after all, then its consultant
    is offered the date again (offers.py)."""
    found = _waiting(practice)
    if found is not None and found.held_on >= day:
        with translation.override(LANGUAGE):
            reason = _("Your practice stops with the programme.")
        found.called_off = True
        _cancel(found, reason, actor)


@transaction.atomic
def accept(*, appointment: VisitAppointment, seen: int, actor: User) -> VisitAppointment:
    """The date suits. `seen` is the version that the practice looked at."""
    appointment = _open(appointment, seen=seen)
    if appointment.state == AppointmentState.CONFIRMED:
        return appointment
    return _answer(appointment, AppointmentState.CONFIRMED, "", actor)


@transaction.atomic
def ask_another(
    *, appointment: VisitAppointment, seen: int, reply: str, actor: User
) -> VisitAppointment:
    """The appointment stays in the calendar, as not agreed, until the consultant moves it."""
    appointment = _open(appointment, seen=seen)
    if not reply.strip():
        raise CannotPlanError(_("Say which days and times suit you better."))
    return _answer(appointment, AppointmentState.ANOTHER, reply.strip(), actor)


@transaction.atomic
def send_again(*, appointment: VisitAppointment, actor: User) -> int:
    """Those that were given up though what they say still stands; returns how many."""
    failed = appointment.mails.filter(given_up_at__isnull=False)
    tried = failed.exclude(trouble=MailTrouble.OVERTAKEN)
    return sum(mailing.send_again(mail=mail, actor=actor) for mail in tried)


def _answer(
    appointment: VisitAppointment, state: AppointmentState, reply: str, actor: User
) -> VisitAppointment:
    appointment.state, appointment.reply = state, reply
    appointment.replied_by, appointment.replied_at = actor, timezone.now()
    _new_version(appointment)
    record(actor=actor, practice=appointment.practice, action=AuditAction.CHANGE, obj=appointment)
    suits = state == AppointmentState.CONFIRMED
    kind = AppointmentMailKind.SUITS if suits else AppointmentMailKind.ANOTHER
    AppointmentMail.objects.create(appointment=appointment, kind=kind)
    return appointment


def _cancel(appointment: VisitAppointment, reason: str, actor: User) -> None:
    appointment.state, appointment.cancel_reason = AppointmentState.CANCELLED, reason
    _new_version(appointment)
    record(actor=actor, practice=appointment.practice, action=AuditAction.CHANGE, obj=appointment)
    _tell_practice(appointment, AppointmentMailKind.CANCELLED)


def _lock(consultant: int | None) -> User:
    if consultant is None:
        raise CannotPlanError(
            _("This practice has no consultant yet. The coordinator chooses one.")
        )
    return User.objects.select_for_update(no_key=True).get(pk=consultant)


def _open(appointment: VisitAppointment, *, seen: int | None = None) -> VisitAppointment:
    """Locked, as it stands now."""
    locked = VisitAppointment.objects.select_for_update(no_key=True, of=("self",))
    fresh = locked.select_related("practice").get(pk=appointment.pk)
    if not fresh.open:
        raise CannotPlanError(_("This visit has been held or cancelled."))
    if seen is not None and seen != fresh.sequence:
        raise CannotPlanError(_("The appointment was changed in the meantime. Look at it again."))
    return fresh


def _waiting(practice: Practice) -> VisitAppointment | None:
    locked = VisitAppointment.objects.open().select_for_update(no_key=True, of=("self",))
    return locked.filter(practice=practice).first()


def _busy(consultant: User, moment: Moment, *, but: int | None = None) -> list[Busy]:
    return busy_of(consultant, moment.slot.day, moment.slot.day, but=but)


def _told(appointment: VisitAppointment) -> tuple[object, ...]:
    return (
        appointment.held_on,
        appointment.starts_at,
        appointment.ends_at,
        appointment.place,
        appointment.online_url,
    )


def _set(appointment: VisitAppointment, moment: Moment) -> None:
    appointment.held_on = moment.slot.day
    appointment.starts_at, appointment.ends_at = moment.slot.starts_at, moment.slot.ends_at
    appointment.place, appointment.online_url = moment.place, moment.online_url


def _new_version(appointment: VisitAppointment) -> None:
    """Calendars take over a change by its number (RFC 5545, 3.8.7.4)."""
    appointment.sequence += 1
    appointment.changed_at = timezone.now()
    appointment.save()


def _tell_practice(appointment: VisitAppointment, kind: AppointmentMailKind) -> None:
    AppointmentMail.objects.bulk_create(
        AppointmentMail(appointment=appointment, person=person, kind=kind)
        for person in holders_of(appointment.practice, timezone.localdate())
    )


def _refuse(problems: Iterable[str]) -> None:
    for problem in problems:
        raise CannotPlanError(problem)
