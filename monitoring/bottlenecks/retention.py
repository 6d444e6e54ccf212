"""How long reported bottlenecks are kept."""

from monitoring.retention import NAMELESS, PROGRAMME
from practices.retention import Rule, Whose

RULES = (
    Rule(
        "monitoring.Bottleneck",
        Whose.STAFF,
        f"{PROGRAMME}; {NAMELESS}",
        personal=("reported_by",),
        harmless=("partner_name", "text"),
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
