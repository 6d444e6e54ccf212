"""Facts about high users: extracts and plans, per practice and programme year."""

from datetime import date

from practices.facts import counted
from practices.programme_calendar import Calendar, FactKey

_EXTRACTS_SQL = """
    SELECT calendar.practice_id, calendar.programme_year, max(extract.period_end)
    FROM calendar
    JOIN highusers_extract extract
      ON extract.practice_id = calendar.practice_id
     AND extract.period_end BETWEEN calendar.extract_from AND calendar.reference_on
    WHERE extract.period_end = (extract.period_start + interval '1 year')::date - 1
    GROUP BY calendar.practice_id, calendar.programme_year
"""

_PLANS_SQL = """
    SELECT practice_id, programme_year, patients
    FROM highusers_plan_counts(
        %(practice_id)s::bigint[], %(programme_year)s::smallint[], %(first_day)s::date[],
        %(reference_on)s::date[], %(high_user_contacts)s::integer[])
"""


def extracts(calendar: Calendar) -> dict[FactKey, date]:
    """The last day of the latest twelve-month extract that counts for the year."""
    return {
        (practice, year): last_day
        for practice, year, last_day in counted(
            calendar, _EXTRACTS_SQL, "extract_from", "reference_on"
        )
    }


def plans(calendar: Calendar) -> dict[FactKey, int]:
    """How many patients have a plan that counts for the year; see `highusers_plan_counts`."""
    return {
        (practice, year): patients for practice, year, patients in counted(calendar, _PLANS_SQL)
    }
