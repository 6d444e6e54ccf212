"""A visit from its beginning to what the practice says of the report."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from monitoring.bottlenecks.services import Reported, amend_bottleneck, report_bottleneck
from monitoring.bottlenecks.states import Source
from monitoring.models import (
    Bottleneck,
    Visit,
    VisitAnswer,
    VisitAppointment,
    VisitComment,
    VisitReport,
)
from monitoring.visit_planning.states import AppointmentState
from monitoring.visits.capture import STUCK, Stuck, locked, read_stuck, write_stuck
from monitoring.visits.contents import contents_of, dumped
from monitoring.visits.questions import NEWEST
from monitoring.visits.states import OPEN, REPORTED, VisitState
from practices.audit import record
from practices.models import Practice, User
from practices.states import AuditAction

LONGEST_COMMENT = 2000


class NotNowError(Exception):
    """The visit is in a state from which this step is not taken."""


@transaction.atomic
def start_visit(
    *,
    practice: Practice,
    actor: User,
    held_on: date | None = None,
    appointment: VisitAppointment | None = None,
) -> Visit:
    """The visit of that day, today by default; twice begins one. A visit that was only recorded is
    filled in further. An open appointment of the day is taken along."""
    Practice.objects.select_for_update(no_key=True).get(pk=practice.pk)
    day = held_on or timezone.localdate()
    if day > timezone.localdate():
        raise ValidationError(_("Choose today or an earlier day."))
    visit, is_new = Visit.objects.get_or_create(practice=practice, held_on=day)
    if visit.state != VisitState.RECORDED:
        return visit
    visit.state, visit.questions = VisitState.HELD, NEWEST
    visit.was_recorded = not is_new
    visit.begun_by, visit.begun_at = actor, timezone.now()
    visit.consultant = visit.consultant or practice.consultant or actor
    visit.appointment = _taken_along(practice, day, appointment)
    visit.save()
    action = AuditAction.CREATE if is_new else AuditAction.CHANGE
    record(actor=actor, action=action, obj=visit, practice=practice)
    return visit


@transaction.atomic
def drop_visit(*, visit: Visit, actor: User) -> None:
    """Begun by mistake: only one in which nothing was put down. What a spreadsheet recorded
    stays recorded."""
    fresh = _in_state(visit, OPEN)
    if not contents_of(fresh).empty or fresh.reports.exists():
        raise NotNowError
    record(actor=actor, action=AuditAction.DELETE, obj=fresh, practice=fresh.practice)
    if fresh.appointment is not None:
        _give_back(fresh.appointment)
    if fresh.was_recorded:
        fresh.was_recorded = False
        fresh.state, fresh.questions, fresh.appointment = VisitState.RECORDED, 0, None
        fresh.begun_by, fresh.begun_at, fresh.read_back_at = None, None, None
        fresh.save()
    else:
        fresh.delete()


@transaction.atomic
def read_back(*, visit: Visit, actor: User) -> None:
    """Consultant and practice went through it together."""
    fresh = _in_state(visit, OPEN)
    if contents_of(fresh).empty:
        raise NotNowError
    fresh.read_back_at = timezone.now()
    _into(fresh, VisitState.READ_BACK, actor)


@transaction.atomic
def send_report(*, visit: Visit, actor: User, changed: str = "") -> VisitReport:
    """Freeze what it says for the practice; its bottlenecks go to the region. An amended visit
    gets another version, `changed` tells in words what is other."""
    fresh = _in_state(visit, OPEN)
    contents = contents_of(fresh)
    if contents.empty:
        raise NotNowError
    last = fresh.reports.order_by("-number").first()
    report = VisitReport.objects.create(
        visit=fresh,
        number=last.number + 1 if last else 1,
        contents=dumped(contents),
        changed=changed,
        sent_by=actor,
    )
    fresh.read_back_at = fresh.read_back_at or timezone.now()
    _into(fresh, VisitState.SENT, actor, version=report.number)
    _report_bottlenecks(fresh, actor)
    return report


@transaction.atomic
def confirm_report(*, report: VisitReport, actor: User) -> None:
    """The practice agrees with the newest version. An older one raises `NotNowError`."""
    visit = _in_state(report.visit, (VisitState.SENT, VisitState.COMMENTED))
    newest = visit.reports.order_by("-number").first()
    if newest is None or newest.pk != report.pk:
        raise NotNowError
    newest.confirmed_by, newest.confirmed_at = actor, timezone.now()
    newest.save(update_fields=["confirmed_by", "confirmed_at"])
    _into(visit, VisitState.CONFIRMED, actor, version=newest.number)


@transaction.atomic
def comment(*, visit: Visit, text: str, actor: User, of_practice: bool) -> VisitComment:
    """The practice says what is other; the consultant answers, and the practice looks again."""
    only = REPORTED if of_practice else (VisitState.COMMENTED,)
    fresh = _in_state(visit, only)
    made = VisitComment.objects.create(
        visit=fresh, text=text, of_practice=of_practice, written_by=actor
    )
    record(actor=actor, action=AuditAction.CREATE, obj=made, practice=fresh.practice)
    _into(fresh, VisitState.COMMENTED if of_practice else VisitState.SENT, actor)
    return made


@transaction.atomic
def amend(*, visit: Visit, actor: User) -> None:
    """Open it again; the practice keeps what was sent until it gets the next version."""
    fresh = _in_state(visit, REPORTED)
    fresh.read_back_at = None
    _into(fresh, VisitState.HELD, actor)


def _in_state(visit: Visit, only: tuple[VisitState, ...]) -> Visit:
    fresh = locked(visit)
    if fresh.state not in only:
        raise NotNowError
    return fresh


def _into(visit: Visit, state: VisitState, actor: User, **detail: Any) -> None:
    visit.state = state
    visit.save(update_fields=["state", "read_back_at"])
    record(
        actor=actor,
        action=AuditAction.CHANGE,
        obj=visit,
        practice=visit.practice,
        state=str(state),
        **detail,
    )


def _taken_along(
    practice: Practice, day: date, given: VisitAppointment | None
) -> VisitAppointment | None:
    """The one that was given, or that of the day, as long as it stands open: one that was
    cancelled or of which a visit began says nothing of this one."""
    planned = VisitAppointment.objects.open().filter(practice=practice, visit=None)
    chosen = planned.filter(held_on=day) if given is None else planned.filter(pk=given.pk)
    found = chosen.select_for_update(no_key=True, of=("self",)).first()
    if found is not None:
        found.state = AppointmentState.HELD
        found.save(update_fields=["state"])
    return found


def _give_back(appointment: VisitAppointment) -> None:
    """The appointment stands open again, unless another was made with the practice since."""
    if VisitAppointment.objects.open().filter(practice=appointment.practice_id).exists():
        return
    appointment.state = AppointmentState.INVITED
    if appointment.replied_at is not None:
        asked = AppointmentState.ANOTHER if appointment.reply else AppointmentState.CONFIRMED
        appointment.state = asked
    appointment.save(update_fields=["state"])


def _report_bottlenecks(visit: Visit, actor: User) -> None:
    """Those that the region has not heard of yet, and of those it has what is said anew. Only read
    does an encrypted text say whether it was taken back."""
    answers = VisitAnswer.objects.filter(visit=visit, key__startswith=STUCK)
    for answer in filter(lambda one: one.text, answers):
        stuck = read_stuck(answer.text)
        if stuck.bottleneck is None:
            _report(visit, answer, stuck, actor)
        else:
            _say_anew(stuck.bottleneck, visit, stuck, actor)


def _say_anew(told: int, visit: Visit, stuck: Stuck, actor: User) -> None:
    reports = Bottleneck.objects.filter(practice=visit.practice_id, source=Source.VISIT)
    known = reports.filter(pk=told).first()
    if known is not None:
        name, weight = known.partner_name, int(stuck.weight)
        said = Reported(stuck.partner, name, stuck.kind, weight, stuck.text)
        amend_bottleneck(bottleneck=known, said=said, actor=actor)


def _report(visit: Visit, answer: VisitAnswer, stuck: Stuck, actor: User) -> None:
    made = report_bottleneck(
        practice=visit.practice,
        partner=stuck.partner,
        kind=stuck.kind,
        weight=stuck.weight,
        text=stuck.text,
        source=Source.VISIT,
        actor=actor,
    )
    told = Stuck(stuck.partner, stuck.kind, stuck.weight, stuck.text, made.pk)
    answer.text = write_stuck(told)
    answer.save(update_fields=["text"])
