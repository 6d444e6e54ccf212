"""How long what a practice does about the interventions is kept."""

from datetime import date

from interventions.models import TimeOut
from interventions.timeouts.rules import YEARS_BACK
from practices.programme_year import add_years
from practices.retention import Rule, Whose


def delete_time_outs(today: date) -> int:
    """With them goes where they were put forward, not the case itself."""
    due = TimeOut.objects.filter(held_on__lt=add_years(today, -YEARS_BACK))
    return due.delete()[1].get("interventions.TimeOut", 0)


RULES = (
    Rule(
        "interventions.ConsultationSchedule",
        Whose.STAFF,
        "as long as the region accounts for the programme; nameless once the account is",
        personal=("said_by",),
        harmless=("pattern",),
    ),
    Rule(
        "interventions.TimeOut",
        Whose.STAFF,
        f"{YEARS_BACK} years",
        personal=("person", "learned"),
        harmless=("device_key",),
        delete=delete_time_outs,
    ),
)
