"""The least it takes to fetch the facts behind every obligation: plain SQL, plain tuples.

Written by hand against the tables, sharing nothing with the product's own queries: no dated
norms, no stops, no exemptions by intervention, no statuses.
"""

from datetime import date
from typing import Any

import psycopg

_YEARS = """
    WITH year AS (
        SELECT practice.id AS practice_id, number AS programme_year,
               (start + (number - 1) * interval '1 year')::date AS first_day,
               (start + number * interval '1 year')::date - 1 AS last_day, start
        FROM (SELECT practice.id, coalesce(practice.start_on, cohort.start_on) AS start
              FROM practices_practice practice
              JOIN practices_cohort cohort ON cohort.id = practice.cohort_id) practice,
             generate_series(1, 2) number)
"""

QUERIES = (
    "SELECT id, code, cohort_id, start_on, stopped_on FROM practices_practice ORDER BY code",
    _YEARS
    + """SELECT year.practice_id, programme_year, max(period_end) FROM year
         JOIN highusers_extract extract ON extract.practice_id = year.practice_id
          AND period_end BETWEEN first_day AND least(last_day, %(day)s)
         GROUP BY 1, 2""",
    _YEARS
    + """SELECT year.practice_id, programme_year, count(DISTINCT plan.high_user_id) FROM year
         JOIN highusers_patientplan plan ON plan.practice_id = year.practice_id
          AND drafted_on BETWEEN first_day AND least(last_day, %(day)s)
         JOIN highusers_highuser patient ON patient.id = plan.high_user_id
         LEFT JOIN highusers_patienttotal total ON total.practice_id = patient.practice_id
          AND total.patient_key = patient.patient_key
         WHERE contacts_before >= 30 OR total.contacts >= 30
         GROUP BY 1, 2""",
    *(
        _YEARS
        + f"""SELECT practice_id, programme_year, count(*),
                     count(*) FILTER (WHERE sessions >= {times})
              FROM (SELECT year.practice_id, programme_year, employment.person_id,
                           count(session.id) AS sessions
                    FROM year
                    JOIN practices_employment employment
                      ON employment.practice_id = year.practice_id AND role IN ({roles})
                     AND started_on <= least(last_day, %(day)s)
                     AND coalesce(ended_on, 'infinity') >= least(last_day, %(day)s)
                    LEFT JOIN (training_attendance attendance
                               JOIN training_session session
                                 ON session.id = attendance.session_id
                                AND kind = '{kind}' AND present)
                      ON attendance.person_id = employment.person_id
                     AND held_on BETWEEN {since} AND least(last_day, %(day)s)
                    WHERE programme_year <= {years}
                    GROUP BY 1, 2, 3) person
              GROUP BY 1, 2"""
        for kind, roles, times, years, since in (
            ("triage", "'assistant'", 1, 1, "start - interval '1 year'"),
            ("conversation", "'gp_owner', 'gp_locum', 'poh'", 1, 1, "start - interval '1 year'"),
            ("intervision", "'gp_owner', 'gp_locum'", 2, 2, "first_day"),
        )
    ),
    _YEARS
    + """SELECT year.practice_id, programme_year, max(held_on) FROM year
         JOIN monitoring_visit visit ON visit.practice_id = year.practice_id
          AND time_out_discussed AND held_on BETWEEN first_day AND least(last_day, %(day)s)
         GROUP BY 1, 2""",
    _YEARS
    + """SELECT year.practice_id, programme_year, min(in_use_from) FROM year
         JOIN interventions_consultationschedule schedule
           ON schedule.practice_id = year.practice_id
          AND in_use_from <= least(last_day, %(day)s)
         GROUP BY 1, 2""",
    """SELECT practice_id, programme_year, max(answered_on) FROM monitoring_questionnaireanswer
       WHERE answered_on <= %(day)s GROUP BY 1, 2""",
    """SELECT practice_id, programme_year, array_agg(intervention) FROM monitoring_exemption
       WHERE recorded_on <= %(day)s GROUP BY 1, 2""",
)


def fetch(connection: psycopg.Connection[Any], day: date) -> list[dict[Any, Any]]:
    """Every fact on this day, by practice and year."""
    found = []
    for query in QUERIES:
        rows = connection.execute(query, {"day": day}).fetchall()
        found.append({row[:2]: row[2:] for row in rows})
    return found
