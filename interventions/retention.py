"""How long what a practice does about the interventions is kept."""

from practices.retention import Rule, Whose

RULES = (
    Rule(
        "interventions.ConsultationSchedule",
        Whose.STAFF,
        "as long as the region accounts for the programme; nameless once the account is",
        personal=("said_by",),
        harmless=("pattern",),
    ),
)
