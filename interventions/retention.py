"""How long what a practice does about the interventions is kept."""

from datetime import date

from interventions.models import TimeOut
from interventions.timeouts.states import YEARS_BACK
from practices.programme_year import add_years
from practices.retention import Rule, Whose


def delete_time_outs(today: date) -> int:
    """With them goes where they were put forward, not the case itself."""
    due = TimeOut.objects.filter(held_on__lt=add_years(today, -YEARS_BACK))
    return due.delete()[1].get("interventions.TimeOut", 0)


RULES = (
    Rule(
        "interventions.Example",
        Whose.STAFF,
        "as long as the region runs the programme; nameless once the account is",
        personal=("offered_by", "decided_by"),
        harmless=("title", "body", "reason"),
    ),
    Rule(
        "interventions.ExampleDocument",
        Whose.NOBODY,
        "with its example; at once when the practice takes it back or the region keeps it out; "
        "as it was handed in only until it is copied or refused",
        harmless=("content",),
    ),
    Rule("interventions.ExampleThanks", Whose.STAFF, "as long as the account", personal=("user",)),
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
    Rule(
        "interventions.DayTemplate",
        Whose.STAFF,
        "until the practice drops it; nameless once the account is",
        personal=("made_by",),
        harmless=("name",),
    ),
    Rule(
        "interventions.TemplateBlock",
        Whose.STAFF,
        "with its day template",
        personal=("who",),
    ),
    Rule(
        "interventions.SharedTemplate",
        Whose.STAFF,
        "as long as the region runs the programme; nameless once the account is",
        personal=("offered_by", "decided_by"),
        harmless=("name", "explanation", "blocks", "reason"),
    ),
    Rule(
        "interventions.QuestionLength",
        Whose.NOBODY,
        "until the practice drops it",
        harmless=("question", "with_whom"),
    ),
    Rule(
        "interventions.StepDone",
        Whose.STAFF,
        "as long as the practice takes part; nameless once the account is",
        personal=("ticked_by",),
    ),
    Rule(
        "interventions.PracticePlan",
        Whose.NOBODY,
        "as long as the region accounts for the programme",
    ),
    Rule("interventions.PlanSection", Whose.NOBODY, "with its plan of the practice"),
    Rule(
        "interventions.SectionText",
        Whose.STAFF,
        "with its plan of the practice; nameless once the account is",
        personal=("person", "written_by", "text"),
    ),
    Rule(
        "interventions.SectionComment",
        Whose.STAFF,
        "with its plan of the practice; nameless once the account is",
        personal=("written_by",),
        harmless=("text",),
    ),
    Rule(
        "interventions.PlanVersion",
        Whose.STAFF,
        "with its plan of the practice; nameless once the account is",
        personal=("handed_in_by", "practice_agreed_by", "consultant_agreed_by", "contents"),
    ),
)
