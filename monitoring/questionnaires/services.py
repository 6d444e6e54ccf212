"""Filling in the region's questionnaire: saving, handing in, reopening."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.utils import timezone

from monitoring.bottlenecks.services import report_bottleneck
from monitoring.bottlenecks.states import Source
from monitoring.compliance import PracticeStanding, Status
from monitoring.models import QuestionnaireAnswer, QuestionnaireDraft, QuestionnaireVersion
from monitoring.questionnaires.merging import Merged, merge
from monitoring.questionnaires.questions import asked, part_of, questions_of, version_of
from monitoring.questionnaires.reminding import tell_reopened
from monitoring.questionnaires.shipped import FIXED_KEYS
from monitoring.questionnaires.states import QuestionKind
from monitoring.standing import standing
from practices.audit import record
from practices.models import Practice, User
from practices.states import AuditAction


class NotOpenError(Exception):
    """The year is not over, nothing is asked of this practice, or it was handed in already."""


class OvertakenError(Exception):
    """A colleague answered the same question otherwise since this person opened the page; `theirs`
    are those answers by key, empty where it cannot be said which."""

    def __init__(self, theirs: Mapping[str, Any] | None = None) -> None:
        super().__init__()
        self.theirs = dict(theirs or {})


class LookAgainError(Exception):
    """A colleague filled in other questions meanwhile. Everything is saved, nothing handed in."""


def draft_of(practice: Practice, year: int) -> QuestionnaireDraft | None:
    found = QuestionnaireDraft.objects.filter(practice=practice, programme_year=year)
    return found.select_related("saved_by__person", "version").first()


def answer_of(practice: Practice, year: int) -> QuestionnaireAnswer | None:
    found = QuestionnaireAnswer.objects.filter(practice=practice, programme_year=year)
    return found.select_related("handed_in_by__person", "reopened_by__person", "version").first()


def may_fill_in(standing: PracticeStanding, year: int, answer: QuestionnaireAnswer | None) -> bool:
    """From the day after the year, once, and anew after it was reopened."""
    if part_of(standing, year).status in (Status.NOT_DUE, Status.NOT_APPLICABLE):
        return False
    return answer is None or answer.reopened_at is not None


def state_of(practice: Practice, year: int) -> str:
    """Which state of the questionnaire somebody looks at."""
    draft, answer = draft_of(practice, year), answer_of(practice, year)
    moments = [draft and draft.saved_at, answer and (answer.reopened_at or answer.handed_in_at)]
    return " ".join(moment.isoformat() if moment else "-" for moment in moments)


@transaction.atomic
def save_draft(
    *,
    practice: Practice,
    year: int,
    version: QuestionnaireVersion,
    answers: Mapping[str, Any],
    seen: str,
    actor: User,
    on_behalf: bool,
    shown: Mapping[str, Any] | None = None,
) -> None:
    """Keep what was filled in so far, on the version it was begun on; a first time that is
    `version`. With the answers that were `shown` on the screen, what a colleague changed meanwhile
    stays. Raises `NotOpenError` and `OvertakenError`."""
    _found, version = _open(practice, year, version, seen, actor, merges=shown is not None)
    answers = _merged(practice, year, shown, answers).answers
    draft, is_new = QuestionnaireDraft.objects.update_or_create(
        practice=practice,
        programme_year=year,
        defaults={
            "answers": dict(answers),
            "saved_by": actor,
            "saved_at": timezone.now(),
            "on_behalf": on_behalf,
        },
        create_defaults={
            "version": version,
            "answers": dict(answers),
            "saved_by": actor,
            "on_behalf": on_behalf,
        },
    )
    action = AuditAction.CREATE if is_new else AuditAction.CHANGE
    record(actor=actor, action=action, obj=draft, practice=practice, programme_year=year)


@transaction.atomic
def hand_in(
    *,
    practice: Practice,
    year: int,
    version: QuestionnaireVersion,
    answers: Mapping[str, Any],
    seen: str,
    actor: User,
    on_behalf: bool,
    shown: Mapping[str, Any] | None = None,
) -> QuestionnaireAnswer:
    """Once handed in it counts; anew, it keeps the day it was first answered on. Each bottleneck
    in it is reported, one time: what was handed in before stays as it was reported. Raises
    `LookAgainError` too: nobody hands in what is not on the screen."""
    found, version = _open(practice, year, version, seen, actor, merges=shown is not None)
    if _merged(practice, year, shown, answers).taken:
        raise LookAgainError
    before = answer_of(practice, year)
    questions = questions_of(version, year)
    others = {key: value for key, value in answers.items() if key not in FIXED_KEYS}
    for key in (one.key for one in questions if one.kind == QuestionKind.BOTTLENECKS):
        earlier = before.answers.get(key, []) if before else []
        others[key] = earlier + _all_reported(practice, others[key] or (), actor, on_behalf)
    given = {
        **{key: answers[key] for key in FIXED_KEYS},
        "answers": others,
        "version": version,
        "asked": asked(questions, found, year),
        "handed_in_by": actor,
        "handed_in_at": timezone.now(),
        "on_behalf": on_behalf,
        "reopened_by": None,
        "reopened_at": None,
        "reopen_reason": "",
    }
    return _stored(practice, year, given, actor)


def _stored(
    practice: Practice, year: int, given: dict[str, Any], actor: User
) -> QuestionnaireAnswer:
    """In place of what was handed in before and of what was saved in between."""
    answer, is_new = QuestionnaireAnswer.objects.update_or_create(
        practice=practice,
        programme_year=year,
        defaults=given,
        create_defaults={**given, "answered_on": timezone.localdate()},
    )
    QuestionnaireDraft.objects.filter(practice=practice, programme_year=year).delete()
    action = AuditAction.CREATE if is_new else AuditAction.CHANGE
    record(actor=actor, action=action, obj=answer, practice=practice, programme_year=year)
    return answer


@transaction.atomic
def reopen(*, practice: Practice, year: int, reason: str, actor: User) -> None:
    """Let the practice change what it handed in, which counts until it hands in anew, and tell who
    may answer."""
    answer = QuestionnaireAnswer.objects.select_for_update(no_key=True).filter(
        practice=practice, programme_year=year
    )
    found = answer.first()
    if found is None or found.reopened_at is not None:
        raise NotOpenError
    found.reopened_by, found.reopened_at = actor, timezone.now()
    found.reopen_reason = reason
    found.save(update_fields=["reopened_by", "reopened_at", "reopen_reason"])
    record(
        actor=actor,
        action=AuditAction.CHANGE,
        obj=found,
        practice=practice,
        programme_year=year,
        what="reopened",
    )
    tell_reopened(found)


def _all_reported(
    practice: Practice, said: Sequence[Mapping[str, Any]], actor: User, on_behalf: bool
) -> list[dict[str, Any]]:
    return [_reported(practice, one, actor, on_behalf) for one in said]


def _reported(
    practice: Practice, said: Mapping[str, Any], actor: User, on_behalf: bool
) -> dict[str, Any]:
    """What was said of a bottleneck, with the number of the report it became; the words stay with
    that report, where the practice may still change or withdraw them."""
    made = report_bottleneck(
        practice=practice,
        partner=said["partner"],
        kind=said["kind"],
        weight=int(said["weight"]),
        text=said["text"],
        source=Source.QUESTIONNAIRE,
        actor=actor,
        on_behalf=on_behalf,
    )
    kept = {name: said[name] for name in ("partner", "kind", "weight")}
    return {**kept, "report": made.pk}


def _merged(
    practice: Practice, year: int, shown: Mapping[str, Any] | None, mine: Mapping[str, Any]
) -> Merged:
    """With what is stored by now. Raises `OvertakenError`."""
    draft = draft_of(practice, year)
    if shown is None or draft is None:
        return Merged(dict(mine), (), taken=False)
    merged = merge(shown, mine, draft.answers)
    if merged.clashes:
        raise OvertakenError({key: draft.answers[key] for key in merged.clashes})
    return merged


def _open(
    practice: Practice,
    year: int,
    version: QuestionnaireVersion,
    seen: str,
    actor: User,
    *,
    merges: bool,
) -> tuple[PracticeStanding, QuestionnaireVersion]:
    """Lock the practice, so that two colleagues do not hand in at once, and look again. `merges`:
    whoever calls compares its answers with those of the draft, where there still is one."""
    Practice.objects.select_for_update(no_key=True).get(pk=practice.pk)
    found = standing(timezone.localdate(), [practice.pk])[0]
    draft, answer = draft_of(practice, year), answer_of(practice, year)
    if not may_fill_in(found, year, answer):
        raise NotOpenError
    compared = draft is not None and (merges or draft.saved_by == actor)
    if not compared and seen != state_of(practice, year):
        raise OvertakenError
    return found, version_of(draft, answer) or version
