"""Putting down who was there: each tap once, nothing of somebody else overwritten unseen.

What is put down counts at once: attendance is read where it stands, never summed up beforehand.
"""

import json
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from practices.audit import record
from practices.drafts.exchange import Change, Outcome
from practices.models import Employment, Person, User
from practices.states import AuditAction
from training.attendance.roll import VALUES, last_mark, roll
from training.models import Attendance, AttendanceMark, Enrolment, Session, WalkIn

NEW = "new-"
LONGEST_NAME = 120


@dataclass(frozen=True, slots=True)
class Disputed:
    """Somebody else put down something else about this person since the page was opened."""

    name: str
    by: str


def keep(change: Change, *, session: Session, actor: User) -> Outcome:
    """One change from a device: a tap on a name, or a name that was not on the list."""
    if change.field.startswith(NEW):
        return note_walk_in(change, session=session, actor=actor)
    person = Person.objects.filter(pk=_person_key(change.field)).first()
    if person is None or change.value not in VALUES:
        raise ValidationError(_("This name is not known. Reload the page."))
    return mark(change, session=session, person=person, actor=actor)


@transaction.atomic
def mark(change: Change, *, session: Session, person: Person, actor: User) -> Outcome:
    """Put down that somebody was there, was not, or that it is unknown again.

    A change that is known already is not put down twice. `CONFLICT` when somebody else put down
    something else since `change.base`; nothing changes then.
    """
    session = Session.objects.select_for_update(no_key=True).get(pk=session.pk)
    known = AttendanceMark.objects.filter(change=change.id).first()
    if known is not None:
        return _same(known.session_id == session.pk and known.person_id == person.pk)
    _check(session, person)
    last, present = last_mark(session, person), VALUES[change.value]
    held = Attendance.objects.filter(session=session, person=person).first()
    stands = held.present if held else None
    if change.base != (last.change if last else "") and stands != present:
        return Outcome.CONFLICT
    _put(session, person, present)
    AttendanceMark.objects.create(
        session=session,
        person=person,
        present=present,
        change=change.id,
        marked_by=actor,
        marked_at=change.at,
    )
    record(actor=actor, action=AuditAction.CHANGE, obj=session, fields=["attendance"])
    return Outcome.KEPT


@transaction.atomic
def note_walk_in(change: Change, *, session: Session, actor: User) -> Outcome:
    """Note the name of somebody who is not known, or take a noted name back (no value)."""
    session = Session.objects.select_for_update(no_key=True).get(pk=session.pk)
    noted = WalkIn.objects.filter(field=change.field).first()
    if noted is not None and noted.session_id != session.pk:
        raise ValidationError(_("This name is not known. Reload the page."))
    if noted is not None:
        if not change.value and noted.withdrawn_at is None:
            noted.withdrawn_at = timezone.now()
            noted.save(update_fields=["withdrawn_at"])
            record(actor=actor, action=AuditAction.DELETE, obj=noted)
        return Outcome.KEPT
    _check_day(session)
    if change.value:
        made = WalkIn.objects.create(
            session=session,
            field=change.field,
            change=change.id,
            name=_noted_name(change.value),
            noted_by=actor,
            noted_at=change.at,
        )
        record(actor=actor, action=AuditAction.CREATE, obj=made)
    return Outcome.KEPT


@transaction.atomic
def settle_walk_in(*, walk_in: WalkIn, person: Person, actor: User) -> None:
    """Say who a noted name was; that person was there. The note lets the name go: it is the
    person's from now on, and goes when the person is made nameless."""
    walk_in = WalkIn.objects.select_for_update(no_key=True).get(pk=walk_in.pk)
    if walk_in.person_id is None and walk_in.withdrawn_at is None:
        add(session=walk_in.session, person=person, actor=actor)
        walk_in.person, walk_in.name = person, ""
        walk_in.save(update_fields=["person", "name"])


def add(*, session: Session, person: Person, actor: User) -> None:
    """Somebody who was not expected is there."""
    last = last_mark(session, person)
    base = last.change if last else ""
    mark(_on_page(f"p{person.pk}", "present", base), session=session, person=person, actor=actor)


def save_page(
    *, session: Session, posted: Mapping[str, str], actor: User
) -> tuple[int, list[Disputed]]:
    """The whole list, from a page without scripts: what was changed on it, and no more.

    Per person the page sends the value, what it showed (`was-`) and of which version (`of-`).
    Returns how many were put down and what somebody else changed meanwhile.
    """
    saved, disputed = 0, []
    for line in roll(session):
        value = posted.get(line.field, line.value)
        if value not in VALUES or value == posted.get(f"was-{line.field}", line.value):
            continue
        change = _on_page(line.field, value, posted.get(f"of-{line.field}", ""))
        if mark(change, session=session, person=line.person, actor=actor) == Outcome.KEPT:
            saved += 1
        else:
            disputed.append(Disputed(line.person.name, line.by))
    if name := posted.get("name", "").strip():
        value = json.dumps({"name": name})
        note_walk_in(_on_page(f"{NEW}{uuid.uuid4().hex}", value, ""), session=session, actor=actor)
        saved += 1
    return saved, disputed


def opens_on(session: Session) -> datetime | None:
    """From when attendance can be put down: the day itself; None when that has come."""
    start = session.begins.replace(hour=0, minute=0)
    return start if start > timezone.now() else None


def _on_page(field: str, value: str, base: str) -> Change:
    return Change(f"page-{uuid.uuid4().hex}", field, value, base, timezone.now())


def _put(session: Session, person: Person, present: bool | None) -> None:
    if present is None:
        Attendance.objects.filter(session=session, person=person).delete()
    else:
        Attendance.objects.update_or_create(
            session=session, person=person, defaults={"present": present}
        )


def _same(agrees: bool) -> Outcome:
    if not agrees:
        raise ValidationError(_("This name is not known. Reload the page."))
    return Outcome.KEPT


def _check(session: Session, person: Person) -> None:
    _check_day(session)
    expected = Enrolment.objects.filter(session=session, person=person)
    serving = Employment.objects.in_service(session.held_on).filter(person=person)
    seen = Attendance.objects.filter(session=session, person=person)
    if not (expected.exists() or serving.exists() or seen.exists()):
        raise ValidationError(
            _("%(name)s does not work in a practice on that day.") % {"name": person.name}
        )


def _check_day(session: Session) -> None:
    if session.cancelled_at is not None:
        raise ValidationError(_("This session has been cancelled."))
    if opens_on(session) is not None:
        day = date_format(session.held_on)
        raise ValidationError(_("Attendance can be put down from %(date)s.") % {"date": day})


def _person_key(field: str) -> int:
    return int(field[1:]) if field[:1] == "p" and field[1:].isdecimal() and len(field) < 12 else 0


def _noted_name(value: str) -> str:
    try:
        name = str(json.loads(value)["name"]).strip()
    except (ValueError, KeyError, TypeError) as error:
        raise ValidationError(_("Fill in a name.")) from error
    if not name or len(name) > LONGEST_NAME:
        raise ValidationError(_("Fill in a name."))
    return name
