"""How long reported bottlenecks are kept."""

from datetime import date, timedelta

from monitoring.models import Bottleneck
from monitoring.retention import NAMELESS, PROGRAMME
from practices.retention import Rule, Whose

WITHDRAWN_DAYS = 365


def delete_withdrawn(today: date) -> int:
    """What its practice took back; the report of its year is made by then."""
    limit = today - timedelta(days=WITHDRAWN_DAYS)
    gone = Bottleneck.objects.filter(withdrawn_at__date__lt=limit).delete()[1]
    return gone.get("monitoring.Bottleneck", 0)


RULES = (
    Rule(
        "monitoring.Bottleneck",
        Whose.STAFF,
        f"{PROGRAMME}; {WITHDRAWN_DAYS} days once it was withdrawn; {NAMELESS}",
        personal=("reported_by",),
        harmless=("partner_name", "text"),
        delete=delete_withdrawn,
    ),
    Rule("monitoring.BottleneckStep", Whose.STAFF, "with its bottleneck", personal=("by",)),
    Rule(
        "monitoring.StructuralBottleneck",
        Whose.STAFF,
        f"{PROGRAMME}; {NAMELESS}",
        personal=("responsible", "made_by"),
        harmless=("title", "partner_name", "doing"),
    ),
    Rule(
        "monitoring.StructuralStep",
        Whose.STAFF,
        "with its structural bottleneck",
        personal=("by",),
        harmless=("done",),
    ),
)
