"""What waits for somebody of the region, above the overview: so many, and where to go."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

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
from practices.joining.board import waiting_applications
from practices.models import Practice
from practices.permissions import Permission
from practices.tenancy import Access
from training.models import CoachingRequest, TrainingClaim


@dataclass(frozen=True, slots=True)
class Waiting:
    words: str
    url: str


@dataclass(frozen=True, slots=True)
class _Source:
    """Whose work it is, how much there is of it, what it is called, and the page of it."""

    permission: Permission
    count: Callable[[], int]
    words: Callable[[int], str]
    page: str


def waiting_for(access: Access) -> Iterator[Waiting]:
    """The same number of queries whatever there is to do."""
    for source in _SOURCES:
        number = source.count() if source.permission in access else 0
        if number:
            yield Waiting(source.words(number) % {"count": number}, reverse(source.page))


def _applications(number: int) -> str:
    return ngettext(
        "%(count)s practice wants to take part", "%(count)s practices want to take part", number
    )


def _undecided() -> int:
    """Applications whose address is confirmed: those wait for the region."""
    return sum(one.confirmed_at is not None for one in waiting_applications())


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


def _due_visits() -> int:
    return len(due_visits(Practice.objects.in_region_order(), timezone.localdate()))


def _kitchens(number: int) -> str:
    return ngettext(
        "%(count)s practice waits for long to look in another kitchen",
        "%(count)s practices wait for long to look in another kitchen",
        number,
    )


_SOURCES = (
    _Source(Permission.RUN_PIPELINE, _undecided, _applications, "pipeline"),
    _Source(Permission.SEE_REGION, _due_visits, _visits, "region_visits"),
    _Source(
        Permission.RUN_PIPELINE,
        lambda: len(plans_without_consultant()),
        _plans,
        "region_practice_plans",
    ),
    _Source(
        Permission.JUDGE_CLAIMS, lambda: TrainingClaim.objects.to_judge().count(), _claims, "claims"
    ),
    _Source(
        Permission.RUN_SESSIONS,
        lambda: CoachingRequest.objects.unanswered().count(),
        _coaching,
        "coaching_requests",
    ),
    _Source(
        Permission.EDIT_TEXTS,
        lambda: Example.objects.to_decide().count(),
        _examples,
        "manage_examples",
    ),
    _Source(Permission.EDIT_TEXTS, lambda: to_decide().count(), _weeks, "region_templates"),
    _Source(
        Permission.GROUP_BOTTLENECKS,
        lambda: Bottleneck.objects.standing().filter(structural=None).count(),
        _bottlenecks,
        "region_bottlenecks",
    ),
    _Source(
        Permission.SEE_REGION, lambda: waiting_long(timezone.now()), _kitchens, "region_kitchens"
    ),
    _Source(
        Permission.BUILD_REPORT, lambda: blocks_to_write(timezone.localdate()), _blocks, "reports"
    ),
)
