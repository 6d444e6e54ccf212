"""Facts about taking part: who of the groups that the norms name was where."""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from practices.facts import counted
from practices.programme_calendar import Calendar, FactKey, Group
from training.states import SessionKind

CALENDAR_COLUMNS = ("first_day", "reference_on", "course_from", "intervision_sessions")

MEMBERS_SQL = """
    wanted (kind, role, lasts_years) AS (
        VALUES ('triage', 'assistant', 1),
               ('conversation', 'gp_owner', 1), ('conversation', 'gp_locum', 1),
               ('conversation', 'poh', 1),
               ('intervision', 'gp_owner', 2), ('intervision', 'gp_locum', 2)
    ),
    member AS (
        SELECT calendar.practice_id, calendar.programme_year, wanted.kind,
               employment.person_id, calendar.reference_on, calendar.intervision_sessions,
               CASE wanted.kind WHEN 'intervision' THEN calendar.first_day
                                ELSE calendar.course_from END AS counts_from,
               min(employment.started_on) AS serving_since
        FROM calendar
        JOIN practices_employment employment
          ON employment.practice_id = calendar.practice_id
         AND employment.started_on <= calendar.reference_on
         AND (employment.ended_on IS NULL OR employment.ended_on >= calendar.reference_on)
        JOIN wanted
          ON wanted.role = employment.role AND calendar.programme_year <= wanted.lasts_years
        GROUP BY calendar.practice_id, calendar.programme_year, wanted.kind,
                 employment.person_id, calendar.reference_on, calendar.intervision_sessions,
                 counts_from
    )
"""
"""Whoever serves a practice in a role that a norm names, on the reference date of the year."""


def _served_on(day: str) -> str:
    """Whether `member` served the practice that day. Who has been serving without a break needs
    no looking up; that is nearly everybody."""
    return f"""
    (member.serving_since <= {day} OR EXISTS (
        SELECT FROM practices_employment employment
        WHERE employment.practice_id = member.practice_id
          AND employment.person_id = member.person_id
          AND employment.started_on <= {day}
          AND (employment.ended_on IS NULL OR employment.ended_on >= {day})))
"""


SERVED_THAT_DAY_SQL = _served_on("session.held_on")

# A session attended on the same day, of the same kind, is the same training.
_CLAIM_COUNTS_SQL = f"""
    claim.person_id = member.person_id AND claim.counts_for = member.kind
    AND claim.state = 'accepted' AND claim.counts_for <> ''
    AND claim.followed_on BETWEEN member.counts_from AND member.reference_on
    AND {_served_on("claim.followed_on")}
    AND NOT EXISTS (
        SELECT FROM training_attendance attendance
        JOIN training_session session ON session.id = attendance.session_id
        WHERE attendance.person_id = claim.person_id AND attendance.present
          AND session.kind = claim.counts_for AND session.held_on = claim.followed_on)
"""

CLAIMED_SQL = f"""
    (CASE WHEN member.person_id IN (SELECT person_id FROM training_trainingclaim
                                    WHERE state = 'accepted' AND counts_for <> '')
          THEN (SELECT count(*) FROM training_trainingclaim claim WHERE {_CLAIM_COUNTS_SQL})
          ELSE 0 END)
"""  # noqa: S608
"""How often a `member` followed training elsewhere that counts for the norm of its kind. Nearly
nobody did: who did not costs one look in a hash."""

_ELSEWHERE_SQL = f"""
    (SELECT coalesce(array_agg(claim.followed_on ORDER BY claim.followed_on), '{{}}')
     FROM training_trainingclaim claim WHERE {_CLAIM_COUNTS_SQL})
"""  # noqa: S608

# OFFSET 0 keeps the planner from pairing members with sessions of their kind first: with some
# hundreds of practices it did, and went through twenty million attendances.
_SEATS_SQL = """
    (SELECT member.*, attendance.session_id
     FROM member
     JOIN training_attendance attendance
       ON attendance.person_id = member.person_id AND attendance.present
     OFFSET 0)
"""

# OFFSET 0 keeps `sessions` from being worked out again for each of the figures that ask for it.
_PARTICIPATION_SQL = f"""
    SELECT * FROM (
        WITH {MEMBERS_SQL},
        seen AS (
            SELECT member.*, count(session.id) AS sessions
            FROM member
            LEFT JOIN (
                training_attendance attendance
                JOIN training_session session
                  ON session.id = attendance.session_id AND attendance.present)
              ON attendance.person_id = member.person_id
             AND session.kind = member.kind
             AND session.held_on BETWEEN member.counts_from AND member.reference_on
             AND {SERVED_THAT_DAY_SQL}
            GROUP BY member.practice_id, member.programme_year, member.kind, member.person_id,
                     member.reference_on, member.intervision_sessions, member.counts_from,
                     member.serving_since
        ),
        done AS (
            SELECT member.practice_id, member.programme_year, member.kind,
                   member.intervision_sessions, member.sessions + {CLAIMED_SQL} AS sessions
            FROM seen AS member
            OFFSET 0
        )
        SELECT practice_id, programme_year,
               count(*) FILTER (WHERE kind = 'triage'),
               count(*) FILTER (WHERE kind = 'triage' AND sessions >= 1),
               count(*) FILTER (WHERE kind = 'conversation'),
               count(*) FILTER (WHERE kind = 'conversation' AND sessions >= 1),
               count(*) FILTER (WHERE kind = 'intervision'),
               count(*) FILTER (WHERE kind = 'intervision' AND sessions >= intervision_sessions)
        FROM done
        GROUP BY practice_id, programme_year
    ) AS took_part
"""  # noqa: S608  (put together of fixed text only)

_ATTENDEES_SQL = f"""
    SELECT * FROM (
        WITH {MEMBERS_SQL},
        attended AS (
            SELECT member.programme_year, member.kind, member.person_id,
                   array_agg(session.held_on ORDER BY session.held_on) AS days
            FROM {_SEATS_SQL} AS member
            JOIN training_session session
              ON session.id = member.session_id AND session.kind = member.kind
             AND session.held_on BETWEEN member.counts_from AND member.reference_on
            WHERE {SERVED_THAT_DAY_SQL}
            GROUP BY member.programme_year, member.kind, member.person_id
        )
        SELECT member.kind, member.programme_year, person.name, coalesce(attended.days, '{{}}'),
               {_ELSEWHERE_SQL},
               CASE WHEN member.kind = 'intervision' THEN member.intervision_sessions ELSE 1 END
        FROM member
        JOIN practices_person person ON person.id = member.person_id
        LEFT JOIN attended USING (programme_year, kind, person_id)
        ORDER BY member.programme_year, person.name, person.id
    ) AS named
"""  # noqa: S608

_COUNTS_THAT_DAY_SQL = f"""
    session.kind = member.kind
    AND session.held_on BETWEEN member.counts_from AND member.reference_on
    AND {SERVED_THAT_DAY_SQL}
"""

_PROSPECTS_SQL = f"""
    SELECT * FROM (
        WITH {MEMBERS_SQL}
        SELECT member.person_id,
               CASE WHEN member.kind = 'intervision' THEN member.intervision_sessions ELSE 1 END,
               (SELECT count(*) FROM training_attendance attendance
                JOIN training_session session ON session.id = attendance.session_id
                WHERE attendance.person_id = member.person_id AND attendance.present
                  AND session.id <> asked.id AND {_COUNTS_THAT_DAY_SQL}) + {CLAIMED_SQL},
               (SELECT count(*) FROM training_enrolment enrolment
                JOIN training_session session ON session.id = enrolment.session_id
                WHERE enrolment.person_id = member.person_id AND enrolment.state = 'confirmed'
                  AND session.cancelled_at IS NULL AND session.held_on >= %(today)s
                  AND session.id <> asked.id AND {_COUNTS_THAT_DAY_SQL}
                  AND NOT EXISTS (SELECT FROM training_attendance attendance
                                  WHERE attendance.session_id = session.id
                                    AND attendance.person_id = member.person_id))
        FROM member, training_session asked
        WHERE asked.id = %(session)s AND asked.kind = member.kind
          AND asked.held_on BETWEEN member.counts_from AND member.reference_on
    ) AS prospects
"""  # noqa: S608


@dataclass(frozen=True, slots=True)
class Participation:
    """The three groups of one practice and programme year."""

    assistants: Group
    professionals: Group
    gps_twice: Group


def participation(calendar: Calendar) -> dict[FactKey, Participation]:
    """How many people each group counts, and how many of them took part often enough.

    A group is whoever serves the practice in one of its roles on the reference date, once per
    person. Being present counts on days the person served the practice, whatever the role; so does
    training followed elsewhere that the coordinator accepted for the norm.
    Assistants and professionals belong to year 1 only. Pairs without any group are absent.
    """
    group = lru_cache(maxsize=None)(Group)
    return {
        (row[0], row[1]): Participation(
            group(row[2], row[3]), group(row[4], row[5]), group(row[6], row[7])
        )
        for row in counted(calendar, _PARTICIPATION_SQL, *CALENDAR_COLUMNS)
    }


@dataclass(frozen=True, slots=True)
class Attendee:
    """Somebody who counts for a norm in a programme year; `days` are those of sessions that
    count, `elsewhere` those of training followed elsewhere."""

    programme_year: int
    name: str
    days: tuple[date, ...]
    elsewhere: tuple[date, ...]
    needed: int

    @property
    def done(self) -> bool:
        return len(self.days) + len(self.elsewhere) >= self.needed


def attendees(calendar: Calendar, kind: SessionKind) -> list[Attendee]:
    """The people behind `participation` of the one practice in the calendar, by year and name."""
    rows = counted(calendar, _ATTENDEES_SQL, *CALENDAR_COLUMNS)
    return [
        Attendee(year, name, tuple(days), tuple(elsewhere), needed)
        for of_kind, year, name, days, elsewhere, needed in rows
        if of_kind == kind
    ]


@dataclass(frozen=True, slots=True)
class Prospect:
    """What one more session would do for somebody whom a norm is about: `attended` count already,
    training followed elsewhere included; `planned` are the other coming ones with a place, up to
    that day; `needed` is the norm."""

    attended: int
    planned: int
    needed: int


def prospects(calendar: Calendar, session_id: int, today: date) -> dict[int, Prospect]:
    """By person: those in the one practice of the calendar for whose norm this session counts.

    The calendar is that of the session's day, so that it says what compliance will say.
    """
    rows = counted(
        calendar,
        _PROSPECTS_SQL,
        *CALENDAR_COLUMNS,
        more={"session": session_id, "today": today},
    )
    return {
        person: Prospect(attended, planned, needed) for person, needed, attended, planned in rows
    }


_YEARS_SQL = f"""
    SELECT * FROM (
        WITH {MEMBERS_SQL}
        SELECT DISTINCT member.kind, member.practice_id, member.programme_year
        FROM member
        WHERE member.person_id = %(person)s
          AND %(day)s BETWEEN member.counts_from AND member.reference_on
          AND {_served_on("%(day)s")}
        ORDER BY 1, 2, 3
    ) AS years
"""  # noqa: S608


def years_that_count(
    calendar: Calendar, person_id: int, day: date
) -> list[tuple[SessionKind, int, int]]:
    """For which kind, practice (by id) and programme year what somebody followed on a day would
    count, as the groups stand on the calendar's day."""
    more = {"person": person_id, "day": day}
    rows = counted(calendar, _YEARS_SQL, *CALENDAR_COLUMNS, more=more)
    return [(SessionKind(kind), practice, year) for kind, practice, year in rows]
