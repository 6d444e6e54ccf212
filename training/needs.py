"""Who of the people that the norms are about has not done enough yet, and by when it must be."""

from dataclasses import dataclass
from datetime import date

from practices.facts import counted
from practices.programme_calendar import Calendar
from training.facts import CALENDAR_COLUMNS, CLAIMED_SQL, MEMBERS_SQL, SERVED_THAT_DAY_SQL

_OPEN_YEARS_SQL = "calendar AS (SELECT * FROM calendar WHERE reference_on >= %(today)s)"

_NEEDS_SQL = f"""
    SELECT * FROM (
        WITH {_OPEN_YEARS_SQL}, {MEMBERS_SQL},
        attended AS (
            SELECT member.practice_id, member.programme_year, member.kind, member.person_id,
                   count(*) AS times
            FROM member
            JOIN training_attendance attendance
              ON attendance.person_id = member.person_id AND attendance.present
            JOIN training_session session
              ON session.id = attendance.session_id AND session.kind = member.kind
             AND session.held_on BETWEEN member.counts_from
                                     AND least(member.reference_on, %(today)s)
            WHERE {SERVED_THAT_DAY_SQL}
            GROUP BY 1, 2, 3, 4
        ),
        planned AS (
            SELECT member.practice_id, member.programme_year, member.kind, member.person_id,
                   array_agg(session.id ORDER BY session.id) AS sessions
            FROM training_session session
            JOIN training_enrolment enrolment
              ON enrolment.session_id = session.id AND enrolment.state = 'confirmed'
            JOIN member
              ON member.person_id = enrolment.person_id AND member.kind = session.kind
             AND session.held_on BETWEEN member.counts_from AND member.reference_on
            WHERE session.cancelled_at IS NULL AND session.held_on >= %(today)s
              AND {SERVED_THAT_DAY_SQL}
              AND NOT EXISTS (SELECT FROM training_attendance attendance
                              WHERE attendance.session_id = session.id
                                AND attendance.person_id = member.person_id)
            GROUP BY 1, 2, 3, 4
        ),
        stand AS (
            SELECT member.*, coalesce(attended.times, 0) + {CLAIMED_SQL} AS times,
                   coalesce(planned.sessions, '{{}}') AS planned,
                   CASE member.kind WHEN 'intervision' THEN member.intervision_sessions
                                    ELSE 1 END AS needed
            FROM member
            LEFT JOIN attended USING (practice_id, programme_year, kind, person_id)
            LEFT JOIN planned USING (practice_id, programme_year, kind, person_id)
        ),
        grouped AS (
            SELECT stand.*, count(*) OVER team AS people,
                   count(*) FILTER (WHERE times >= needed) OVER team AS reached
            FROM stand
            WINDOW team AS (PARTITION BY practice_id, programme_year, kind)
        )
        SELECT kind, practice_id, programme_year, person_id,
               greatest(counts_from, serving_since), reference_on, needed, times, planned,
               people, reached,
               (SELECT array_agg(DISTINCT employment.role ORDER BY employment.role)
                FROM practices_employment employment
                WHERE employment.practice_id = grouped.practice_id
                  AND employment.person_id = grouped.person_id
                  AND employment.started_on <= grouped.reference_on
                  AND (employment.ended_on IS NULL
                       OR employment.ended_on >= grouped.reference_on))
        FROM grouped
        WHERE times < needed
        ORDER BY kind, practice_id, programme_year, needed - times - cardinality(planned), person_id
    ) AS needs
"""  # noqa: S608  (put together of fixed text only)


@dataclass(frozen=True, slots=True)
class OpenNeed:
    """Somebody of a practice who did `attended` of the `needed` times of a norm, training that was
    followed elsewhere and accepted included.

    What is attended from `opens` to `deadline`, both included, counts. `planned` are the coming
    sessions in between in which there is a place already. Of the `people` whom the norm is about
    in that practice and programme year `reached` have done enough. `roles` are those on the
    deadline.
    """

    kind: str
    practice_id: int
    programme_year: int
    person_id: int
    opens: date
    deadline: date
    needed: int
    attended: int
    planned: frozenset[int]
    people: int
    reached: int
    roles: frozenset[str]

    @property
    def left(self) -> int:
        """How many more times, over what is planned."""
        return max(0, self.needed - self.attended - len(self.planned))


def open_needs(calendar: Calendar, today: date) -> list[OpenNeed]:
    """Everybody who is not done for a programme year of the calendar that is not out yet.

    One query. The calendar is that of a day after all deadlines, so that groups are those of the
    deadline as far as employment is now known; what was attended counts up to `today`. By kind,
    practice and year; whoever needs least first.
    """
    rows = counted(calendar, _NEEDS_SQL, *CALENDAR_COLUMNS, more={"today": today})
    return [
        OpenNeed(*row[:8], frozenset(row[8]), *row[9:11], frozenset(row[11]))  # type: ignore[call-arg]
        for row in rows
    ]
