"""Scripts in versions, cases that people put forward, and what a session taught."""

from collections.abc import Collection
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from practices.audit import record
from practices.models import Person, User
from practices.states import AuditAction
from training.models import Case, LearningPoint, Script, Session


@dataclass(frozen=True, slots=True)
class ScriptText:
    """`questions` one a line."""

    topic: str
    text: str
    questions: str


class ChangedMeanwhileError(Exception):
    """Somebody else wrote a version since this one was opened; both texts are kept by the page."""


@transaction.atomic
def write_script(*, session: Session, text: ScriptText, seen: int, actor: User) -> Script:
    """A new version on top of the one that was seen (0 for none); earlier ones stay."""
    session = Session.objects.select_for_update(no_key=True).get(pk=session.pk)
    last = session.scripts.first()
    number = last.number if last else 0
    if number != seen:
        raise ChangedMeanwhileError
    made = Script.objects.create(
        session=session,
        number=number + 1,
        topic=text.topic,
        text=text.text,
        questions=text.questions,
        written_by=actor,
    )
    record(actor=actor, action=AuditAction.CHANGE, obj=made, version=made.number)
    return made


@transaction.atomic
def put_forward(*, session: Session, person: Person, text: str, actor: User) -> Case:
    """A case for a session that is still to come; `CaseForm` has looked at what it says."""
    if session.cancelled_at is not None or timezone.now() >= session.ends:
        raise ValidationError(_("This session is over. Choose a later one for your case."))
    made = Case.objects.create(session=session, person=person, text=text)
    record(actor=actor, action=AuditAction.CREATE, obj=made)
    return made


@transaction.atomic
def withdraw(*, case: Case, actor: User) -> None:
    """The text goes at once: it may be taken back because it says too much of a patient."""
    case.withdrawn_at, case.text = timezone.now(), ""
    case.save(update_fields=["withdrawn_at", "text"])
    record(actor=actor, action=AuditAction.DELETE, obj=case)


@transaction.atomic
def add_learning_point(*, session: Session, text: str, actor: User) -> LearningPoint:
    made = LearningPoint.objects.create(session=session, text=text, written_by=actor)
    record(actor=actor, action=AuditAction.CREATE, obj=made)
    return made


@transaction.atomic
def share(*, session: Session, points: Collection[int], actor: User) -> int:
    """Let the region read these points of the session, and no others. Returns how many."""
    own = LearningPoint.objects.select_for_update(no_key=True).filter(session=session)
    own.exclude(pk__in=points).update(shared_at=None, shared_by=None)
    own.filter(pk__in=points, shared_at=None).update(shared_at=timezone.now(), shared_by=actor)
    record(actor=actor, action=AuditAction.CHANGE, obj=session, fields=["shared learning points"])
    return own.filter(shared_at__isnull=False).count()
