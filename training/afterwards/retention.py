"""How long marks, scripts, cases, certificates and evaluations are kept, and on whom."""

from datetime import date
from typing import Any

from django.db.models import QuerySet

from practices.models import Person, User
from practices.programme_year import add_years
from practices.retention import Rule, Whose
from practices.rights.people import rows
from training.models import (
    AttendanceMark,
    Case,
    Certificate,
    Evaluation,
    EvaluationDone,
    LearningPoint,
    Script,
    TeamSharing,
    WalkIn,
)
from training.retention import PROGRAMME

YEARS_OF_TALK = 2
YEARS_OF_PROOF = 5
"""Registers of professionals look back over a period of five years."""
AFTER_TALK = f"{YEARS_OF_TALK} years after the session"
AFTER_PROOF = f"{YEARS_OF_PROOF} years after the session"


def _delete(rows_of: "QuerySet[Any]", today: date, years: int) -> int:
    return rows_of.filter(session__held_on__lt=add_years(today, -years)).delete()[0]


def _delete_walk_ins(today: date) -> int:
    return _delete(WalkIn.objects.all(), today, YEARS_OF_TALK)


def _delete_cases(today: date) -> int:
    return _delete(Case.objects.all(), today, YEARS_OF_TALK)


def _delete_evaluations(today: date) -> int:
    return _delete(Evaluation.objects.all(), today, YEARS_OF_TALK)


def _delete_evaluations_done(today: date) -> int:
    return _delete(EvaluationDone.objects.all(), today, YEARS_OF_TALK)


def _delete_marks(today: date) -> int:
    return _delete(AttendanceMark.objects.all(), today, YEARS_OF_PROOF)


def _delete_certificates(today: date) -> int:
    return _delete(Certificate.objects.all(), today, YEARS_OF_PROOF)


RULES = (
    Rule(
        "training.AttendanceMark",
        Whose.STAFF,
        AFTER_PROOF,
        personal=("person", "marked_by"),
        harmless=("change",),
        delete=_delete_marks,
    ),
    Rule(
        "training.WalkIn",
        Whose.STAFF,
        AFTER_TALK,
        personal=("name", "person", "noted_by"),
        harmless=("field", "change"),
        delete=_delete_walk_ins,
    ),
    Rule(
        "training.Script",
        Whose.STAFF,
        PROGRAMME,
        personal=("written_by",),
        harmless=("topic", "text", "questions"),
    ),
    Rule("training.DiscussionQuestion", Whose.NOBODY, PROGRAMME, harmless=("text",)),
    Rule(
        "training.Case",
        Whose.STAFF,
        AFTER_TALK,
        personal=("person", "text"),
        delete=_delete_cases,
    ),
    Rule(
        "training.LearningPoint",
        Whose.STAFF,
        f"{PROGRAMME}; nameless once the account is",
        personal=("written_by", "shared_by"),
        harmless=("text",),
    ),
    Rule(
        "training.Certificate",
        Whose.STAFF,
        AFTER_PROOF,
        personal=("person",),
        harmless=("number", "accreditation_body"),
        delete=_delete_certificates,
    ),
    Rule(
        "training.EvaluationDone",
        Whose.STAFF,
        AFTER_TALK,
        personal=("person",),
        delete=_delete_evaluations_done,
    ),
    Rule(
        "training.Evaluation",
        Whose.NOBODY,
        f"{AFTER_TALK}; never with a person",
        harmless=("remark",),
        delete=_delete_evaluations,
    ),
    Rule(
        "training.TeamSharing",
        Whose.STAFF,
        f"{PROGRAMME}; nameless once the account is",
        personal=("recorded_by",),
        harmless=("agreed",),
    ),
)


def held_on_person(person: Person | None, account: User | None) -> dict[str, Any]:
    return _as_participant(person) | _as_account(account)


def _as_participant(person: Person | None) -> dict[str, Any]:
    if person is None:
        return {}
    marks = AttendanceMark.objects.filter(person=person)
    cases = Case.objects.filter(person=person)
    certificates = Certificate.objects.filter(person=person)
    evaluated = EvaluationDone.objects.filter(person=person)
    return {
        "marks_of_attendance": rows(marks, "session__title", "present", "marked_at"),
        "cases": rows(cases, "session__title", "text", "put_forward_at", "withdrawn_at"),
        "certificates": rows(certificates, "session__title", "number", "issued_at"),
        "evaluated": rows(evaluated, "session__title", "session__held_on"),
        "noted_as_participant": rows(
            WalkIn.objects.filter(person=person), "session__title", "name", "noted_at"
        ),
    }


def _as_account(account: User | None) -> dict[str, Any]:
    if account is None:
        return {}
    return {
        "attendance_marked": AttendanceMark.objects.filter(marked_by=account).count(),
        "participants_noted": WalkIn.objects.filter(noted_by=account).count(),
        "scripts_written": Script.objects.filter(written_by=account).count(),
        "learning_points": rows(
            LearningPoint.objects.filter(written_by=account), "text", "written_at", "shared_at"
        ),
        "learning_points_shared": LearningPoint.objects.filter(shared_by=account).count(),
        "team_sharings": rows(
            TeamSharing.objects.filter(recorded_by=account), "practice__name", "shared_on"
        ),
    }
