"""Weeks of consultations in the demo: how it is now beside a design, and one that is shared."""

from collections.abc import Iterable

from django.utils import timezone

from interventions.models import ConsultationSchedule, DayTemplate
from interventions.schedules import designing, questions, sharing, steps
from interventions.schedules.blocks import Block
from interventions.schedules.patterns import Pattern, patterns
from interventions.schedules.states import LengthStep
from practices.models import Practice, User
from practices.states import RegionRoleName

PRACTICES = 3
NOW, DESIGN = "Zoals het nu is", "Ontwerp"
SEEN = 125


def lay_out_weeks() -> int:
    """How many there are; again it adds none. The last one offers its design to the region."""
    if DayTemplate.objects.exists():
        return 0
    using = ConsultationSchedule.objects.filter(in_use_from__lte=timezone.localdate())
    practices = Practice.objects.filter(pk__in=using.values("practice")).order_by("code")
    coordinator = User.objects.filter(region_roles__role=RegionRoleName.COORDINATOR).first()
    if coordinator is None:
        return 0
    known = patterns()
    for practice, pattern in zip(practices[:PRACTICES], known, strict=False):
        design = _lay_out(practice, known[1], pattern, coordinator)
    if practices:
        shared = sharing.offer(
            template=design,
            name=design.name,
            explanation="Meer rust in de ochtend, en aan het eind van de dag loopt het minder uit.",
            named=True,
            actor=coordinator,
        )
        sharing.publish(shared=shared, actor=coordinator)
    return DayTemplate.objects.count()


def _lay_out(practice: Practice, before: Pattern, pattern: Pattern, actor: User) -> DayTemplate:
    now = _start(practice, NOW, before.week, actor)
    designing.keep_as_now(template=now, seen_per_week=SEEN, actor=actor)
    questions.copy_example(practice=practice, actor=actor)
    for step in (LengthStep.LENGTHS, LengthStep.GROUPS):
        steps.tick(practice=practice, step=step, actor=actor, on_behalf=True)
    return _start(practice, f"{DESIGN}: {pattern.name}", pattern.week, actor)


def _start(practice: Practice, name: str, week: Iterable[Block], actor: User) -> DayTemplate:
    return designing.start_template(
        practice=practice, name=name, week=week, actor=actor, on_behalf=True
    )
