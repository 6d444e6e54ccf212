"""Facts about taking part: who of the groups that the norms name was where."""

from dataclasses import dataclass
from functools import lru_cache

from practices.facts import counted
from practices.programme_calendar import Calendar, FactKey, Group

_PARTICIPATION_SQL = """
    WITH wanted (kind, role, lasts_years) AS (
        VALUES ('triage', 'assistant', 1),
               ('conversation', 'gp_owner', 1), ('conversation', 'gp_locum', 1),
               ('conversation', 'poh', 1),
               ('intervision', 'gp_owner', 2), ('intervision', 'gp_locum', 2)
    ),
    member AS (
        SELECT DISTINCT calendar.practice_id, calendar.programme_year, wanted.kind,
               employment.person_id, calendar.reference_on, calendar.intervision_sessions,
               CASE wanted.kind WHEN 'intervision' THEN calendar.first_day
                                ELSE calendar.course_from END AS counts_from
        FROM calendar
        JOIN practices_employment employment
          ON employment.practice_id = calendar.practice_id
         AND employment.started_on <= calendar.reference_on
         AND (employment.ended_on IS NULL OR employment.ended_on >= calendar.reference_on)
        JOIN wanted
          ON wanted.role = employment.role AND calendar.programme_year <= wanted.lasts_years
    ),
    attended AS (
        SELECT member.practice_id, member.programme_year, member.kind, member.person_id,
               count(*) AS sessions
        FROM member
        JOIN training_attendance attendance
          ON attendance.person_id = member.person_id AND attendance.present
        JOIN training_session session
          ON session.id = attendance.session_id AND session.kind = member.kind
         AND session.held_on BETWEEN member.counts_from AND member.reference_on
        WHERE EXISTS (
            SELECT FROM practices_employment employment
            WHERE employment.practice_id = member.practice_id
              AND employment.person_id = member.person_id
              AND employment.started_on <= session.held_on
              AND (employment.ended_on IS NULL OR employment.ended_on >= session.held_on))
        GROUP BY member.practice_id, member.programme_year, member.kind, member.person_id
    )
    SELECT practice_id, programme_year,
           count(*) FILTER (WHERE kind = 'triage'),
           count(*) FILTER (WHERE kind = 'triage' AND sessions >= 1),
           count(*) FILTER (WHERE kind = 'conversation'),
           count(*) FILTER (WHERE kind = 'conversation' AND sessions >= 1),
           count(*) FILTER (WHERE kind = 'intervision'),
           count(*) FILTER (
               WHERE kind = 'intervision' AND coalesce(sessions, 0) >= intervision_sessions)
    FROM member LEFT JOIN attended USING (practice_id, programme_year, kind, person_id)
    GROUP BY practice_id, programme_year
"""


@dataclass(frozen=True, slots=True)
class Participation:
    """The three groups of one practice and programme year."""

    assistants: Group
    professionals: Group
    gps_twice: Group


def participation(calendar: Calendar) -> dict[FactKey, Participation]:
    """How many people each group counts, and how many of them took part often enough.

    A group is whoever serves the practice in one of its roles on the reference date, once per
    person. Being present counts on days the person served the practice, whatever the role.
    Assistants and professionals belong to year 1 only. Pairs without any group are absent.
    """
    group = lru_cache(maxsize=None)(Group)
    return {
        (row[0], row[1]): Participation(
            group(row[2], row[3]), group(row[4], row[5]), group(row[6], row[7])
        )
        for row in counted(calendar, _PARTICIPATION_SQL)
    }
