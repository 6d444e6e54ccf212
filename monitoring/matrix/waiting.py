"""What waits for somebody of the region, above the overview: so many, and where to go."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, QuerySet, Value
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import ngettext

from interventions.models import Example
from interventions.schedules.sharing import to_decide
from monitoring.kitchen.region_views import waiting_long
from monitoring.models import Bottleneck
from monitoring.practice_plans.facts import plans_without_consultant
from monitoring.report.blocks.page import blocks_to_write
from monitoring.visit_planning.due import due_visits
from practices.joining.board import applications_to_decide
from practices.models import Practice
from practices.permissions import Permission
from practices.tenancy import Access
from training.mail.overview import failed_mails
from training.models import CoachingRequest, TrainingClaim

FAILED_MAILS = "region_mail"


@dataclass(frozen=True, slots=True)
class Waiting:
    words: str
    url: str


@dataclass(frozen=True, slots=True)
class WaitingWork:
    """`failed_mails` is how many could not be sent."""

    listed: tuple[Waiting, ...]
    failed_mails: int


@dataclass(frozen=True, slots=True)
class _Source:
    """Whose work it is, what it is called, the page of it, and what there is of it; without
    `rows` it is in `_APART`."""

    permission: Permission
    words: Callable[[int], str]
    page: str
    rows: Callable[[], QuerySet[Any]] | None = None


def waiting_for(access: Access, practices: Iterable[Practice]) -> WaitingWork:
    """At most four queries, whatever there is to do; `practices` are those of the region."""
    sources = [source for source in _SOURCES if source.permission in access]
    found = [(source.page, source.rows()) for source in sources if source.rows]
    if Permission.RUN_SESSIONS in access:
        found += [(FAILED_MAILS, mails) for mails in failed_mails(timezone.now())]
    numbers = _counted(found)
    listed = []
    for source in sources:
        number = numbers[source.page] if source.rows else _APART[source.page](practices)
        if number:
            listed.append(Waiting(source.words(number) % {"count": number}, reverse(source.page)))
    return WaitingWork(tuple(listed), numbers[FAILED_MAILS])


def _counted(found: Iterable[tuple[str, QuerySet[Any]]]) -> Counter[str]:
    """How many rows there are by page, in one query for all of them together."""
    counts = [
        rows.order_by().values(of_page=Value(page)).annotate(so_many=Count("pk"))
        for page, rows in found
    ]
    numbers: Counter[str] = Counter()
    if counts:
        for row in counts[0].union(*counts[1:], all=True):
            numbers[row["of_page"]] += row["so_many"]
    return numbers


def _applications(number: int) -> str:
    return ngettext(
        "%(count)s practice wants to take part", "%(count)s practices want to take part", number
    )


def _blocks(number: int) -> str:
    return ngettext(
        "%(count)s block of the yearly report is not ready",
        "%(count)s blocks of the yearly report are not ready",
        number,
    )


def _plans(number: int) -> str:
    return ngettext(
        "%(count)s plan of a practice without a consultant waits for you",
        "%(count)s plans of practices without a consultant wait for you",
        number,
    )


def _claims(number: int) -> str:
    return ngettext(
        "%(count)s training followed elsewhere waits for you",
        "%(count)s trainings followed elsewhere wait for you",
        number,
    )


def _coaching(number: int) -> str:
    return ngettext(
        "%(count)s practice asks for coaching", "%(count)s practices ask for coaching", number
    )


def _examples(number: int) -> str:
    return ngettext("%(count)s example is offered", "%(count)s examples are offered", number)


def _weeks(number: int) -> str:
    return ngettext("%(count)s week is offered", "%(count)s weeks are offered", number)


def _bottlenecks(number: int) -> str:
    return ngettext("%(count)s bottleneck is new", "%(count)s bottlenecks are new", number)


def _visits(number: int) -> str:
    return ngettext(
        "%(count)s visit is to be planned soon", "%(count)s visits are to be planned soon", number
    )


def _kitchens(number: int) -> str:
    return ngettext(
        "%(count)s practice waits for long to look in another kitchen",
        "%(count)s practices wait for long to look in another kitchen",
        number,
    )


_SOURCES = (
    _Source(Permission.RUN_PIPELINE, _applications, "pipeline", applications_to_decide),
    _Source(Permission.SEE_REGION, _visits, "region_visits"),
    _Source(Permission.RUN_PIPELINE, _plans, "region_practice_plans", plans_without_consultant),
    _Source(Permission.JUDGE_CLAIMS, _claims, "claims", TrainingClaim.objects.to_judge),
    _Source(
        Permission.RUN_SESSIONS, _coaching, "coaching_requests", CoachingRequest.objects.unanswered
    ),
    _Source(Permission.EDIT_TEXTS, _examples, "manage_examples", Example.objects.to_decide),
    _Source(Permission.EDIT_TEXTS, _weeks, "region_templates", to_decide),
    _Source(
        Permission.GROUP_BOTTLENECKS,
        _bottlenecks,
        "region_bottlenecks",
        lambda: Bottleneck.objects.standing().filter(structural=None),
    ),
    _Source(
        Permission.SEE_REGION, _kitchens, "region_kitchens", lambda: waiting_long(timezone.now())
    ),
    _Source(Permission.BUILD_REPORT, _blocks, "reports"),
)

_APART: dict[str, Callable[[Iterable[Practice]], int]] = {
    "region_visits": lambda practices: len(due_visits(practices, timezone.localdate())),
    "reports": lambda _practices: blocks_to_write(timezone.localdate()),
}
"""What takes more than counting rows."""
