"""How long what a practice does about the interventions is kept."""

from practices.retention import Rule, Whose

RULES = (
    Rule(
        "interventions.ConsultationSchedule",
        Whose.NOBODY,
        "as long as the region accounts for the programme",
        harmless=("pattern",),
    ),
)
