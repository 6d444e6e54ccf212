"""What is missing for the report, and whom to remind of it."""

from datetime import date, timedelta

from monitoring.questionnaires.facts import Response, responses
from monitoring.standing import standing


def missing_answers(year: int, today: date) -> list[Response]:
    """Questionnaires that opened in the year and are not answered to this day."""
    return [one for one in responses(standing(today), year) if one.is_missing]


def days_before(due_on: date, today: date) -> str:
    """Which reminder of a dated thing is due: a month, a week or a day ahead; '' for none."""
    left = due_on - today
    for name, ahead in (("day", 1), ("week", 7), ("month", 30)):
        if timedelta(0) <= left <= timedelta(days=ahead):
            return name
    return ""
