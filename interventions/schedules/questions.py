"""Which question or group of patients gets which length: the region's example, and the practice's
own table that starts from it."""

import re
from collections.abc import Iterable
from itertools import groupby

from django.db import transaction
from django.utils.translation import gettext as _

from interventions.models import QuestionLength
from interventions.schedules.states import LENGTHS
from interventions.schedules.texts import QUESTIONS
from practices.audit import record
from practices.models import Practice, User
from practices.states import AuditAction
from practices.texts.registry import find
from practices.texts.services import current

MOST_LINES = 120
_HEADING = re.compile(r"#+\s+(.*)")
_ITEM = re.compile(r"[-*]\s+(.*)")
_MINUTES = re.compile(r"(\d+) min\w*,?\s*(.*)")

Line = tuple[str, int | None, str]
"""Question, minutes, with whom."""


class QuestionTakenError(Exception):
    """The table holds this question already."""


class ChangedMeanwhileError(Exception):
    """Somebody else changed the line; `now` is how it is, None when it is gone."""

    def __init__(self, now: QuestionLength | None) -> None:
        super().__init__()
        self.now = now


def example_lines(body: str) -> list[Line]:
    """The table in a text of the region: a heading "15 minuten, huisarts" above a list. A heading
    without one of the known lengths says how it goes otherwise."""
    lines: list[Line] = []
    minutes: int | None = None
    with_whom = ""
    for row in body.splitlines():
        if heading := _HEADING.fullmatch(row.strip()):
            minutes, with_whom = _read(heading[1])
        elif item := _ITEM.fullmatch(row.strip()):
            lines.append((item[1][:160], minutes, with_whom))
    return lines


def _read(heading: str) -> tuple[int | None, str]:
    found = _MINUTES.fullmatch(heading.strip())
    if found and int(found[1]) in LENGTHS:
        return int(found[1]), found[2][:80]
    return None, heading.strip()[:80]


def grouped(lines: Iterable[QuestionLength]) -> list[tuple[str, list[QuestionLength]]]:
    """By length, the short ones first, what goes otherwise last."""
    ordered = sorted(lines, key=lambda one: (one.minutes or 1000, one.with_whom, one.question))
    return [
        (_length_words(minutes), list(group))
        for minutes, group in groupby(ordered, key=lambda one: one.minutes)
    ]


def _length_words(minutes: int | None) -> str:
    return _("%(count)s minutes") % {"count": minutes} if minutes else _("Otherwise")


@transaction.atomic
def copy_example(*, practice: Practice, actor: User) -> int:
    """What the table does not hold yet is added; how many lines that is."""
    Practice.objects.select_for_update(no_key=True).get(pk=practice.pk)
    text = find(QUESTIONS)
    lines = example_lines(current(text).body) if text else []
    present = QuestionLength.objects.filter(practice=practice).values_list("question", flat=True)
    taken = {question.casefold() for question in present}
    room = MOST_LINES - len(taken)
    fresh = {one[0].casefold(): one for one in lines if one[0].casefold() not in taken}
    made = [
        QuestionLength(practice=practice, question=question, minutes=minutes, with_whom=whom)
        for question, minutes, whom in list(fresh.values())[:room]
    ]
    QuestionLength.objects.bulk_create(made)
    _changed(practice, actor, AuditAction.CREATE, lines=len(made))
    return len(made)


@transaction.atomic
def save_question(
    *,
    practice: Practice,
    pk: int | None,
    based_on: int,
    question: str,
    minutes: int | None,
    with_whom: str,
    actor: User,
) -> QuestionLength:
    """Raises `QuestionTakenError`, `ChangedMeanwhileError`."""
    Practice.objects.select_for_update(no_key=True).get(pk=practice.pk)
    others = QuestionLength.objects.filter(practice=practice)
    if pk:
        others = others.exclude(pk=pk)
    if others.filter(question__iexact=question).exists():
        raise QuestionTakenError
    saved = _as_seen(practice, pk, based_on) if pk else QuestionLength(practice=practice, version=0)
    saved.question, saved.minutes, saved.with_whom = question, minutes, with_whom
    saved.version += 1
    saved.save()
    _changed(practice, actor, AuditAction.CHANGE if pk else AuditAction.CREATE, lines=1)
    return saved


@transaction.atomic
def drop_question(*, practice: Practice, pk: int, based_on: int, actor: User) -> None:
    """Raises `ChangedMeanwhileError`."""
    _as_seen(practice, pk, based_on).delete()
    _changed(practice, actor, AuditAction.DELETE, lines=1)


def _as_seen(practice: Practice, pk: int, based_on: int) -> QuestionLength:
    kept = QuestionLength.objects.select_for_update(no_key=True)
    now = kept.filter(practice=practice, pk=pk).first()
    if now is None or now.version != based_on:
        raise ChangedMeanwhileError(now)
    return now


def _changed(practice: Practice, actor: User, action: AuditAction, *, lines: int) -> None:
    kind = QuestionLength._meta.label_lower
    record(actor=actor, action=action, obj=(kind, practice.pk), practice=practice, lines=lines)
