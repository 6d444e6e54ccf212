"""What visits hold on somebody: what they wrote, and what was agreed that they do."""

from typing import Any

from monitoring.models import Visit, VisitAgreement, VisitAnswer, VisitComment, VisitReport
from practices.models import Person, User
from practices.rights.people import rows


def held_on_person(person: Person | None, account: User | None) -> dict[str, Any]:
    held: dict[str, Any] = {}
    if person is not None:
        held["agreements_taken_on"] = _agreements(person=person)
    if account is not None:
        held |= _of_account(account)
    return held


def _agreements(**whose: Any) -> list[dict[str, Any]]:
    found = VisitAgreement.objects.filter(withdrawn_at=None, **whose)
    return rows(found, "visit__practice__name", "what", "due_on", "done_on")


def _of_account(account: User) -> dict[str, Any]:
    of_visit = ("visit__practice__name", "visit__held_on")
    return {
        "visits_begun": rows(
            Visit.objects.filter(begun_by=account), "practice__name", "held_on", "begun_at"
        ),
        "answers_at_visits_written": rows(
            VisitAnswer.objects.filter(written_by=account), *of_visit, "asked", "written_at"
        ),
        "agreements_of_account": _agreements(account=account),
        "agreements_written": rows(
            VisitAgreement.objects.filter(written_by=account), *of_visit, "written_at"
        ),
        "agreements_said_to_be_done": rows(
            VisitAgreement.objects.filter(done_by=account), *of_visit, "done_on"
        ),
        "visit_reports_sent": rows(
            VisitReport.objects.filter(sent_by=account), *of_visit, "number", "sent_at"
        ),
        "visit_reports_confirmed": rows(
            VisitReport.objects.filter(confirmed_by=account), *of_visit, "number", "confirmed_at"
        ),
        "comments_on_visits": rows(
            VisitComment.objects.filter(written_by=account), *of_visit, "text", "written_at"
        ),
    }
