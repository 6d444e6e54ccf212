"""Facts that the region records itself: visits, questionnaires and exemptions."""

from datetime import date

from practices.facts import counted
from practices.programme_calendar import Calendar, FactKey

_VISITS_SQL = """
    SELECT calendar.practice_id, calendar.programme_year, max(visit.held_on)
    FROM calendar
    JOIN monitoring_visit visit
      ON visit.practice_id = calendar.practice_id
     AND visit.held_on BETWEEN calendar.first_day AND calendar.reference_on
    WHERE visit.time_out_discussed
    GROUP BY calendar.practice_id, calendar.programme_year
"""

_QUESTIONNAIRES_SQL = """
    SELECT answer.practice_id, answer.programme_year, answer.answered_on
    FROM calendar
    JOIN monitoring_questionnaireanswer answer
      ON answer.practice_id = calendar.practice_id
     AND answer.programme_year = calendar.programme_year
     AND answer.answered_on <= calendar.counted_on
"""

_EXEMPTIONS_SQL = """
    SELECT exemption.practice_id, exemption.programme_year, array_agg(exemption.intervention)
    FROM calendar
    JOIN monitoring_exemption exemption
      ON exemption.practice_id = calendar.practice_id
     AND exemption.programme_year = calendar.programme_year
     AND exemption.recorded_on <= calendar.counted_on
    GROUP BY exemption.practice_id, exemption.programme_year
"""


def visits(calendar: Calendar) -> dict[FactKey, date]:
    """The latest visit in the year at which time-out was discussed."""
    return {
        (practice, year): held_on
        for practice, year, held_on in counted(calendar, _VISITS_SQL, "first_day", "reference_on")
    }


def questionnaires(calendar: Calendar) -> dict[FactKey, date]:
    """When the questionnaire about the year was answered; early and late answers included."""
    return {
        (practice, year): answered
        for practice, year, answered in counted(calendar, _QUESTIONNAIRES_SQL, "counted_on")
    }


def exemptions(calendar: Calendar) -> dict[FactKey, frozenset[int]]:
    """The interventions of the year for which an exemption was on record."""
    return {
        (practice, year): frozenset(numbers)
        for practice, year, numbers in counted(calendar, _EXEMPTIONS_SQL, "counted_on")
    }
