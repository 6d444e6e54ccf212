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
    """SELECT practice.id, practice.slug, practice.name, code, city, insurer.name,
              coalesce(practice.start_on, cohort.start_on), stopped_on
       FROM practices_practice practice JOIN practices_cohort cohort ON cohort.id = cohort_id
       LEFT JOIN practices_insurer insurer ON insurer.id = preferred_insurer_id""",
    """SELECT practice_id, quarter, patients FROM practices_panel
       WHERE insurer_id = %(insurer)s AND quarter BETWEEN %(year)s || 'Q1' AND %(year)s || 'Q4'""",
    """SELECT practice_id, from_on, until_on FROM monitoring_regionalfeelisting
       WHERE insurer_id = %(insurer)s AND from_on <= %(day)s""",
    """SELECT kind, insurer_id, valid_from, valid_until, amount FROM practices_tariff
       WHERE withdrawn_at IS NULL AND valid_from <= %(day)s""",
    """SELECT definition_id, detail, year, numerator, denominator, national
       FROM monitoring_indicatorvalue WHERE practice_id IS NULL""",
    """SELECT definition_id, detail, year, count(*), sum(numerator), sum(denominator),
              sum(numerator * numerator), sum(numerator * denominator),
              sum(denominator * denominator)
       FROM monitoring_indicatorvalue WHERE practice_id IS NOT NULL GROUP BY 1, 2, 3""",
    """SELECT key, choice, count(DISTINCT practice_id) FROM monitoring_visitanswer answer
       JOIN monitoring_visit visit ON visit.id = visit_id
       WHERE held_on BETWEEN %(first)s AND %(day)s AND choice <> '' GROUP BY 1, 2""",
    """SELECT count(*), count(DISTINCT practice_id) FROM monitoring_visit
       WHERE held_on BETWEEN %(first)s AND %(day)s""",
    """SELECT practice_id, person_id, kind, specialism, step, outcome, count(*)
       FROM interventions_timeout WHERE held_on BETWEEN %(first)s AND %(day)s
       GROUP BY 1, 2, 3, 4, 5, 6""",
    """SELECT partner, kind, count(DISTINCT practice_id), count(*)
       FROM monitoring_bottleneck GROUP BY 1, 2""",
    "SELECT title, partner, state, doing FROM monitoring_structuralbottleneck",
    """SELECT kind, text FROM monitoring_blocktext JOIN monitoring_reportblock block
         ON block.id = block_id WHERE year::text = %(year)s""",
    "SELECT block, text FROM monitoring_reportquote WHERE year::text = %(year)s",
    "SELECT year, value FROM monitoring_report WHERE state = 'final'",
    *(
        f"""SELECT count(*) FROM practices_practice practice
            LEFT JOIN (SELECT DISTINCT practice_id FROM {table} WHERE {condition}) known
              ON known.practice_id = practice.id
            WHERE known.practice_id IS NULL"""
        for table, condition in (
            (
                "practices_employment",
                "started_on <= %(day)s AND coalesce(ended_on, 'infinity') >= %(day)s",
            ),
            (
                "practices_panel",
                "insurer_id = %(insurer)s AND quarter = %(year)s || 'Q4'",
            ),
            ("highusers_extract", "period_end BETWEEN %(first)s AND %(day)s"),
            ("monitoring_visit", "held_on BETWEEN %(first)s AND %(day)s"),
        )
    ),
    """SELECT count(*), count(*) FILTER (WHERE attended.session_id IS NULL)
       FROM training_session session
       LEFT JOIN (SELECT DISTINCT session_id FROM training_attendance) attended
         ON attended.session_id = session.id
       WHERE held_on BETWEEN %(first)s AND %(day)s""",
)
"""What is asked once: figures, words, and what is missing."""


def fetch(connection: psycopg.Connection[Any], day: date, insurer: int) -> None:
    """Every figure of a report on the last day of its year, with those of the year before."""
    for last in (day, date(day.year - 1, 12, 31)):
        region_floor.fetch(connection, last)
        given = {"day": last, "first": date(last.year, 1, 1), "insurer": insurer}
        for query in COMPARED:
            connection.execute(query, given).fetchall()
    first = date(day.year, 1, 1)
    given = {"day": day, "first": first, "insurer": insurer, "year": str(day.year)}
    for query in QUERIES:
        connection.execute(query, given).fetchall()
