"""What is missing for the report, and whom to remind of it."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models.functions import Coalesce

from monitoring.models import QuestionnaireAnswer
from monitoring.models.questionnaire import YEARS
from practices.models import Practice
from practices.programme_year import add_years


@dataclass(frozen=True, slots=True)
class Missing:
    """A questionnaire that was open in the year and is not answered to this day."""

    practice: Practice
    programme_year: int


def missing_answers(year: int) -> list[Missing]:
    """Of the practices that had not stopped by the end of the year, in two queries."""
    last = date(year, 12, 31)
    practices = (
        Practice.objects.annotate(begins_on=Coalesce("start_on", "cohort__start_on"))
        .filter(begins_on__lte=last)
        .exclude(stopped_on__lte=last)
        .order_by("name")
    )
    answered = set(QuestionnaireAnswer.objects.values_list("practice", "programme_year"))
    return [
        Missing(one, number)
        for one in practices
        for number in YEARS
        if add_years(one.begins_on, number) <= last and (one.pk, number) not in answered
    ]


def days_before(due_on: date, today: date) -> str:
    """Which reminder of a dated thing is due: a month, a week or a day ahead; '' for none."""
    left = due_on - today
    for name, ahead in (("day", 1), ("week", 7), ("month", 30)):
        if timedelta(0) <= left <= timedelta(days=ahead):
            return name
    return ""
