"""Facts about what a practice changed in its own way of working."""

from datetime import date

from practices.facts import counted
from practices.programme_calendar import Calendar, FactKey

_SCHEDULES_SQL = """
    SELECT calendar.practice_id, calendar.programme_year, min(schedule.in_use_from)
    FROM calendar
    JOIN interventions_consultationschedule schedule
      ON schedule.practice_id = calendar.practice_id
     AND schedule.in_use_from <= calendar.reference_on
     AND coalesce(schedule.in_use_until, 'infinity') >= calendar.reference_on
    GROUP BY calendar.practice_id, calendar.programme_year
"""


def schedules(calendar: Calendar) -> dict[FactKey, date]:
    """Since when a schedule is in use that was so on the year's last day, or is today."""
    return {
        (practice, year): in_use
        for practice, year, in_use in counted(calendar, _SCHEDULES_SQL, "reference_on")
    }
