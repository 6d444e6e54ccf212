"""The standing of practices: gathers the facts and norms and asks the engine.

Practice page, regional matrix, visit sheet, report and the `compliance` command all begin here.
"""

from collections.abc import Collection
from datetime import date

from highusers import facts as highuser_facts
from interventions import facts as intervention_facts
from monitoring import facts as region_facts
from monitoring.compliance import NOBODY, PracticeStanding, YearFacts, judge
from practices.facts import programme_calendar
from practices.programme_calendar import Calendar, FactKey
from practices.programme_year import NORMED_YEARS
from training import facts as training_facts
from training.facts import Participation

_NOBODY_TOOK_PART = Participation(NOBODY, NOBODY, NOBODY)


def standing(as_of: date, practices: Collection[int] | None = None) -> list[PracticeStanding]:
    """Where all practices, or those with these ids, stand on `as_of`, in order of their codes.

    The number of queries does not depend on the number of practices.
    """
    calendar = programme_calendar(as_of, practices)
    facts = _facts(calendar)
    return [
        judge(participant, [facts[participant.practice_id, year] for year in NORMED_YEARS], as_of)
        for participant in calendar.participants
    ]


def _facts(calendar: Calendar) -> dict[FactKey, YearFacts]:
    extracts = highuser_facts.extracts(calendar)
    plans = highuser_facts.plans(calendar)
    took_part = training_facts.participation(calendar)
    schedules = intervention_facts.schedules(calendar)
    visits = region_facts.visits(calendar)
    answers = region_facts.questionnaires(calendar)
    exemptions = region_facts.exemptions(calendar)
    facts = {}
    for participant in calendar.participants:
        for year in NORMED_YEARS:
            key = participant.practice_id, year
            groups = took_part.get(key, _NOBODY_TOOK_PART)
            facts[key] = YearFacts(
                extract_on=extracts.get(key),
                plans=plans.get(key, 0),
                assistants=groups.assistants,
                visit_on=visits.get(key),
                schedule_from=schedules.get(key),
                professionals=groups.professionals,
                gps_twice=groups.gps_twice,
                answered_on=answers.get(key),
                exempt=exemptions.get(key, frozenset()),
            )
    return facts
