"""The visits of a practice and its agreements, as its pages list them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Exists, OuterRef, Q

from monitoring.models import Visit, VisitAgreement, VisitReport
from monitoring.tags import Tag
from monitoring.visits.agreements import owner_name
from monitoring.visits.states import VisitState
from practices.models import Practice

LOOKS = {
    VisitState.RECORDED: ("empty", "circle"),
    VisitState.HELD: ("busy", "circle-half"),
    VisitState.READ_BACK: ("busy", "circle-half"),
    VisitState.SENT: ("attention", "envelope"),
    VisitState.COMMENTED: ("attention", "chat-dots"),
    VisitState.CONFIRMED: ("done", "check-lg"),
}


@dataclass(frozen=True, slots=True)
class VisitLine:
    """`reported`: the practice has something to read."""

    visit: Visit
    tag: Tag
    agreements: int
    reported: bool


@dataclass(frozen=True, slots=True)
class AgreementLine:
    agreement: VisitAgreement
    owner: str
    late: bool


def visits_of(practice: Practice) -> list[VisitLine]:
    """The latest first; one query."""
    still = Q(agreements__done_on=None, agreements__withdrawn_at=None)
    found = (
        Visit.objects.filter(practice=practice)
        .select_related("consultant__person")
        .annotate(
            waiting=Count("agreements", filter=still),
            reported=Exists(VisitReport.objects.filter(visit=OuterRef("pk"))),
        )
        .order_by("-held_on")
    )
    return [VisitLine(one, state_tag(one), one.waiting, one.reported) for one in found]


def state_tag(visit: Visit) -> Tag:
    return Tag(*LOOKS[VisitState(visit.state)], visit.get_state_display())


def agreements_shown(found: Iterable[VisitAgreement], today: date) -> list[AgreementLine]:
    return [
        AgreementLine(one, owner_name(one), one.done_on is None and one.due_on < today)
        for one in found
    ]
