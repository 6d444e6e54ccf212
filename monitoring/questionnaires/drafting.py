"""The region's questions as data: drawing up the next version, and publishing it from a day on.

Whatever changes a draft holds the lock on its version, so that nothing slips in while it is being
published; the database itself refuses to change the questions of a published one.
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F, Max
from django.utils import timezone

from monitoring.models import QuestionnaireQuestion, QuestionnaireVersion
from monitoring.questionnaires.shipped import FIXED_KEYS, KNOWN_KEYS
from monitoring.questionnaires.states import QuestionKind
from practices.audit import record
from practices.models import User
from practices.states import AuditAction


class NoDraftError(Exception):
    """It was published or thrown away meanwhile, or there is a draft already."""


class FixedQuestionError(Exception):
    """The programme itself needs this answer: the question stays."""


class PastDayError(Exception):
    """Nobody can be asked otherwise on a day that is over."""


@dataclass(frozen=True, slots=True)
class Written:
    """A question as the coordinator writes it; of a fixed one only text and hint are taken."""

    text: str
    hint: str = ""
    kind: str = QuestionKind.TEXT
    options: Sequence[str] = ()
    programme_year: int | None = None
    prefill: str = ""


@transaction.atomic
def begin_draft(*, actor: User) -> QuestionnaireVersion:
    """A copy of the newest version. Raises `NoDraftError` when a draft is there."""
    newest = QuestionnaireVersion.objects.exclude(published_at=None).order_by("-number")[0]
    last = QuestionnaireVersion.objects.aggregate(last=Max("number"))["last"]
    try:
        with transaction.atomic():
            draft = QuestionnaireVersion.objects.create(number=last + 1, made_by=actor)
    except IntegrityError as error:
        raise NoDraftError from error
    copies = list(newest.questions.order_by("position"))
    for one in copies:
        one.pk, one.version = None, draft
    QuestionnaireQuestion.objects.bulk_create(copies)
    record(actor=actor, action=AuditAction.CREATE, obj=draft)
    return draft


@transaction.atomic
def add_question(
    *, version: QuestionnaireVersion, written: Written, actor: User, key: str = ""
) -> QuestionnaireQuestion:
    """At the end. `key` is one of `KNOWN_KEYS` for what the report reads, else it is made up: one
    that no version had, so that no two questions share their answers."""
    draft = _locked(version)
    last = draft.questions.aggregate(last=Max("position"))["last"] or 0
    made = QuestionnaireQuestion.objects.create(
        version=draft,
        key=key if key in KNOWN_KEYS else _new_key(),
        position=last + 1,
        **_fields(written),
    )
    record(actor=actor, action=AuditAction.CHANGE, obj=draft, what="question added")
    return made


@transaction.atomic
def change_question(
    *, version: QuestionnaireVersion, key: str, written: Written, actor: User
) -> None:
    draft = _locked(version)
    question = draft.questions.get(key=key)
    changed = {"text": written.text, "hint": written.hint}
    if key not in FIXED_KEYS:
        changed = _fields(written)
        if key in KNOWN_KEYS:
            del changed["kind"], changed["options"]
    for name, value in changed.items():
        setattr(question, name, value)
    question.save(update_fields=list(changed))
    record(actor=actor, action=AuditAction.CHANGE, obj=draft, what="question changed")


@transaction.atomic
def remove_question(*, version: QuestionnaireVersion, key: str, actor: User) -> None:
    """Raises `FixedQuestionError` for one that the engine reads."""
    draft = _locked(version)
    if key in FIXED_KEYS:
        raise FixedQuestionError
    question = draft.questions.get(key=key)
    question.delete()
    draft.questions.filter(position__gt=question.position).update(position=F("position") - 1)
    record(actor=actor, action=AuditAction.CHANGE, obj=draft, what="question removed")


@transaction.atomic
def move_question(*, version: QuestionnaireVersion, key: str, up: bool, actor: User) -> None:
    """Past its neighbour; at the end of the list it stays."""
    draft = _locked(version)
    question = draft.questions.get(key=key)
    place = question.position + (-1 if up else 1)
    neighbour = draft.questions.filter(position=place).first()
    if neighbour is None:
        return
    neighbour.position, question.position = question.position, place
    QuestionnaireQuestion.objects.bulk_update([neighbour, question], ["position"])
    record(actor=actor, action=AuditAction.CHANGE, obj=draft, what="question moved")


@transaction.atomic
def discard_draft(*, version: QuestionnaireVersion, actor: User) -> None:
    draft = _locked(version)
    record(actor=actor, action=AuditAction.DELETE, obj=draft)
    draft.delete()


@transaction.atomic
def publish(*, version: QuestionnaireVersion, holds_from: date, actor: User) -> None:
    """Asked from this day on of whoever begins; who began before finishes what was begun."""
    draft = _locked(version)
    if holds_from < timezone.localdate():
        raise PastDayError
    draft.holds_from, draft.published_by = holds_from, actor
    draft.published_at = timezone.now()
    draft.save(update_fields=["holds_from", "published_by", "published_at"])
    record(
        actor=actor,
        action=AuditAction.CHANGE,
        obj=draft,
        published=True,
        holds_from=holds_from.isoformat(),
    )


@transaction.atomic
def withdraw(*, version: QuestionnaireVersion, actor: User) -> None:
    """Back to a draft, before the day that it would be asked from. Raises `NoDraftError` when
    that day has come, or when there is another draft."""
    found = QuestionnaireVersion.objects.select_for_update(no_key=True).get(pk=version.pk)
    if found.holds_from is None or found.holds_from <= timezone.localdate():
        raise NoDraftError
    found.holds_from = found.published_by = found.published_at = None
    try:
        with transaction.atomic():
            found.save(update_fields=["holds_from", "published_by", "published_at"])
    except IntegrityError as error:
        raise NoDraftError from error
    record(actor=actor, action=AuditAction.CHANGE, obj=found, published=False)


def _locked(version: QuestionnaireVersion) -> QuestionnaireVersion:
    """Raises `NoDraftError` when it is no draft any more."""
    drafts = QuestionnaireVersion.objects.select_for_update(no_key=True).filter(pk=version.pk)
    found = drafts.first()
    if found is None or found.published_at is not None:
        raise NoDraftError
    return found


def _fields(written: Written) -> dict[str, Any]:
    fields = asdict(written)
    choice = written.kind == QuestionKind.CHOICE
    return fields | {"options": list(written.options) if choice else []}


def _new_key() -> str:
    taken = QuestionnaireQuestion.objects.filter(key__startswith="q").values_list("key", flat=True)
    numbers = [int(key[1:]) for key in taken if key[1:].isdecimal()]
    return f"q{max(numbers, default=0) + 1}"
