"""What the visit of the year says already, so that it is not asked twice."""

from monitoring.questionnaires.questions import NO_VISIT, ToldAtVisit
from monitoring.visits.facts import said_in_year
from monitoring.visits.states import Habit
from practices.models import Practice

_HABIT = {Habit.YES.value: True, Habit.NO.value: False}
"""Whoever said 'partly' decides anew."""


def told_at_visit(practice: Practice, year: int) -> ToldAtVisit:
    said = said_in_year(practice, year)
    if said is None:
        return NO_VISIT
    return ToldAtVisit(habit=_HABIT.get(said.habit), experiences=said.experiences)
