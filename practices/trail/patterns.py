"""What stands out among the events nobody looked at yet. A reason to ask, never a verdict."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count
from django.db.models.functions import TruncDate, TruncHour
from django.utils import timezone
from django.utils.translation import gettext as _

from practices.models import User
from practices.trail.querysets import AuditEventQuerySet
from practices.trail.states import PatternKind

MANY_PATIENTS = 20
"""Different patients opened by one person within one hour on the clock."""

MANY_REFUSALS = 5
"""Refusals of one person on one day."""

SHOWN = 10
"""Of each kind, the most striking."""


@dataclass(frozen=True, slots=True)
class Pattern:
    """`day` is the day on the calendar; a night is told on the day its hours belong to."""

    kind: PatternKind
    actor: User
    practice: str
    day: date
    count: int

    @property
    def sentence(self) -> str:
        named = {"who": self.actor, "count": self.count}
        if self.kind == PatternKind.PATIENTS:
            return _("%(who)s opened %(count)d patients within an hour.") % named
        if self.kind == PatternKind.REFUSED:
            return _("%(who)s was refused %(count)d times in one day.") % named
        return _("%(who)s worked between 22:00 and 6:00 (%(count)d events).") % named


def patterns(events: AuditEventQuerySet) -> list[Pattern]:
    """Four queries, however many events: one per kind and one for the names."""
    zone = timezone.get_default_timezone()
    waiting = events.by_people().unreviewed().order_by()
    hour, day = TruncHour("at", tzinfo=zone), TruncDate("at", tzinfo=zone)
    different = Count("patient_key", distinct=True)
    found = {
        PatternKind.PATIENTS: _rows(waiting, hour, different, MANY_PATIENTS),
        PatternKind.REFUSED: _rows(waiting.turned_away(), day, Count("id"), MANY_REFUSALS),
        PatternKind.NIGHT: _rows(waiting.at_night(), day, Count("id"), 1),
    }
    actors = {row["actor"] for rows in found.values() for row in rows}
    people = User.objects.select_related("person").in_bulk(actors)
    return [
        Pattern(
            kind=kind,
            actor=people[row["actor"]],
            practice=row["practice__name"] or "",
            day=timezone.localdate(row["moment"])
            if kind == PatternKind.PATIENTS
            else row["moment"],
            count=row["count"],
        )
        for kind, rows in found.items()
        for row in rows
        if row["actor"] in people
    ]


def _rows(
    events: AuditEventQuerySet, moment: TruncDate | TruncHour, count: Count, least: int
) -> list[dict[str, Any]]:
    grouped = events.annotate(moment=moment).values("actor", "practice__name", "moment")
    counted = grouped.annotate(count=count).filter(count__gte=least)
    return list(counted.order_by("-count", "-moment", "actor")[:SHOWN])
