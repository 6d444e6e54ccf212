"""Who was chosen and has no plan of this programme year yet, in the order of choice.

No plan is made ahead of what the team agrees: a plan counts for the norm from the day on which it
says something.
"""

from datetime import date

from django.db.models import Exists, OuterRef
from django.utils import timezone

from highusers.models import HighUser, Judgement, PatientPlan
from highusers.plans.services import year_begins
from practices.models import Practice


def next_to_plan(practice: Practice, period_end: date) -> HighUser | None:
    """The first of those chosen on the extract until this day; the scope must be open."""
    today = timezone.localdate()
    made = PatientPlan.objects.filter(
        high_user=OuterRef("high_user"),
        drafted_on__gte=year_begins(practice, today),
        drafted_on__lte=today,
    )
    chosen = Judgement.objects.filter(
        practice=practice, period_end=period_end, chosen_on__isnull=False
    )
    waiting = chosen.exclude(Exists(made)).select_related("high_user").order_by("position")
    first = waiting.first()
    return first.high_user if first else None
