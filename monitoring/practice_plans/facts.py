"""Plans that were handed in and wait for somebody of the region to read them."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.urls import reverse
from django.utils import timezone

from interventions.models import PlanVersion, PracticePlan
from interventions.practice_plan.page import period_of
from interventions.practice_plan.states import PlanState
from practices.models import Practice, User


@dataclass(frozen=True, slots=True)
class WaitingPlan:
    practice: Practice
    year: int
    since: datetime

    @property
    def period(self) -> str:
        return period_of(self.practice, self.year)

    @property
    def url(self) -> str:
        return reverse("practice_plan_year", args=[self.practice.slug, self.year])


def plans_waiting(consultant: User) -> list[WaitingPlan]:
    """Of the practices that somebody visits, the longest waiting first; one query."""
    found = _handed_in().filter(practice__consultant=consultant)
    return [WaitingPlan(one.practice, one.programme_year, one.since) for one in found]


def plans_without_consultant() -> QuerySet[PracticePlan]:
    """Or with one who cannot sign in: the coordinator reads these."""
    return _handed_in().exclude(practice__in=Practice.objects.with_consultant())


def _handed_in() -> QuerySet[PracticePlan]:
    """What PrimaCura did not agree to yet, of practices that take part."""
    takes_part = Q(practice__stopped_on=None) | Q(practice__stopped_on__gt=timezone.localdate())
    versions = PlanVersion.objects.filter(plan=OuterRef("pk")).order_by("-number")
    read = Subquery(versions.values("consultant_agreed_at")[:1])
    waiting = PracticePlan.objects.filter(takes_part, state=PlanState.HANDED_IN)
    unread = waiting.annotate(read_at=read).filter(read_at=None)
    return unread.select_related("practice__cohort").order_by("since", "pk")
