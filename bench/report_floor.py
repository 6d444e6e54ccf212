"""The least it takes to fetch what a yearly report adds to the facts of compliance."""

from datetime import date
from typing import Any

import psycopg

from bench import region_floor

COMPARED = (
    """SELECT kind, count(DISTINCT session.id), count(*), count(DISTINCT attendance.person_id),
              count(DISTINCT employment.practice_id)
       FROM training_session session
       JOIN training_attendance attendance ON attendance.session_id = session.id AND present
       JOIN practices_employment employment ON employment.person_id = attendance.person_id
       WHERE held_on BETWEEN %(first)s AND %(day)s GROUP BY 1""",
    """SELECT programme_year, count(*), count(*) FILTER (WHERE plans_made),
              count(*) FILTER (WHERE lasting_habit), count(*) FILTER (WHERE flexible_in_use)
       FROM monitoring_questionnaireanswer WHERE answered_on <= %(day)s GROUP BY 1""",
)
"""What is laid beside the year before."""

QUERIES = (
    """SELECT cohort_id, count(*) FROM practices_practice GROUP BY 1""",
    """SELECT date_part('year', period_end), count(*), count(DISTINCT practice_id),
              sum(patients), sum(high_users), sum(contacts)
       FROM highusers_extract WHERE period_end <= %(day)s GROUP BY 1""",
    """SELECT quarter, count(*), sum(patients)
       FROM practices_panel panel
       JOIN monitoring_regionalfeelisting listing USING (practice_id, insurer_id)
       WHERE insurer_id = %(insurer)s AND from_on <= %(day)s GROUP BY 1""",
    """SELECT definition_id, detail, year, numerator, denominator, national
       FROM monitoring_indicatorvalue WHERE practice_id IS NULL""",
    """SELECT count(*), count(DISTINCT practice_id) FROM monitoring_visit
       WHERE held_on BETWEEN %(first)s AND %(day)s""",
    """SELECT practice_id, person_id, kind, specialism, step, outcome, count(*)
       FROM interventions_timeout WHERE held_on BETWEEN %(first)s AND %(day)s
       GROUP BY 1, 2, 3, 4, 5, 6""",
    """SELECT partner, kind, count(DISTINCT practice_id), count(*)
       FROM monitoring_bottleneck GROUP BY 1, 2""",
)


def fetch(connection: psycopg.Connection[Any], day: date, insurer: int) -> None:
    """Every figure of a report on the last day of its year, with those of the year before."""
    for last in (day, date(day.year - 1, 12, 31)):
        region_floor.fetch(connection, last)
        given = {"day": last, "first": date(last.year, 1, 1), "insurer": insurer}
        for query in COMPARED:
            connection.execute(query, given).fetchall()
    given = {"day": day, "first": date(day.year, 1, 1), "insurer": insurer}
    for query in QUERIES:
        connection.execute(query, given).fetchall()
