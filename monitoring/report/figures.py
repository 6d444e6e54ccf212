"""The figures of a report, counted over all practices at once.

Each function is a fixed number of queries, however many practices there are. Nothing is hidden
here: what may not be shown is decided in `monitoring.report.hiding`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection

from monitoring.compliance import DUTIES, QUESTIONNAIRE, PracticeStanding, Status
from monitoring.models import IndicatorValue
from monitoring.report.scope import Scope
from monitoring.report.value import (
    CohortFigures,
    ExtractFigures,
    ObligationFigures,
    PlanFigures,
    QuestionnaireFigures,
    SessionFigures,
)
from monitoring.words import norm_phrase
from practices.norms import SHIPPED_NORMS
from training.states import SessionKind

EARLIER_YEARS = 3
"""How many years before the report's own are shown beside it."""


@dataclass(frozen=True, slots=True)
class PracticeExtract:
    """The latest twelve-month extract of a practice that ended in the year."""

    practice_id: int
    until: date
    patients: int
    high_users: int


def cohorts(scope: Scope) -> tuple[CohortFigures, ...]:
    """Per cohort how many practices had taken each step; all practices, begun or not.

    A cohort in which nobody had taken a step yet is left out.
    """
    rows = _rows(
        """
        SELECT cohort.number, cohort.name, cohort.start_on,
               count(*) FILTER (WHERE practice.invited_on <= %(as_of)s),
               count(*) FILTER (WHERE practice.information_on <= %(as_of)s),
               count(*) FILTER (WHERE practice.enrolled_on <= %(as_of)s),
               count(*) FILTER (WHERE practice.requested_on <= %(as_of)s),
               count(*) FILTER (
                   WHERE coalesce(practice.start_on, cohort.start_on) <= %(as_of)s),
               count(*) FILTER (
                   WHERE coalesce(practice.start_on, cohort.start_on) <= %(as_of)s
                     AND practice.stopped_on <= %(as_of)s)
        FROM practices_cohort cohort
        JOIN practices_practice practice ON practice.cohort_id = cohort.id
        GROUP BY cohort.number, cohort.name, cohort.start_on
        ORDER BY cohort.number
        """,
        as_of=scope.as_of,
    )
    return tuple(
        CohortFigures(row[0], row[1], row[2].isoformat(), *row[3:]) for row in rows if any(row[3:])
    )


def obligations(standings: Sequence[PracticeStanding]) -> tuple[ObligationFigures, ...]:
    """Practices per status for each of the eight duties, in the order they are shown."""
    figures = []
    for place, duty in enumerate(DUTIES):
        statuses = [one.obligations[place].status for one in standings]
        counts = {status: statuses.count(status) for status in Status}
        outside = counts[Status.NOT_DUE] + counts[Status.NOT_APPLICABLE]
        figures.append(
            ObligationFigures(
                intervention=duty.intervention,
                programme_year=duty.programme_year,
                met=counts[Status.MET],
                applicable=len(statuses) - outside,
                on_track=counts[Status.ON_TRACK],
                at_risk=counts[Status.AT_RISK],
                missed=counts[Status.MISSED],
                not_due=counts[Status.NOT_DUE],
                not_applicable=counts[Status.NOT_APPLICABLE],
                definitions=_definitions(standings, duty.parts, duty.programme_year),
            )
        )
    return tuple(figures)


def _definitions(
    standings: Sequence[PracticeStanding], parts: Sequence[str], year: int
) -> tuple[str, ...]:
    """The norm of each part in words; where cohorts differ, each of their norms."""
    in_force = {one.participant.norms[year - 1] for one in standings} or {SHIPPED_NORMS}
    phrases = [sorted({norm_phrase(part, norms) for norms in in_force}) for part in parts]
    return tuple(" / ".join(of_part) for of_part in phrases)


def extracts(scope: Scope) -> list[ExtractFigures]:
    """The year of the report and those before it, the earliest first; always its own year.

    An earlier year counts the practices begun by its own 31 December, as its own report did: with
    later ones the two reports side by side would tell what a single newcomer has.
    """
    rows = _rows(
        """
        WITH begun (practice_id, start_on) AS (
            SELECT * FROM unnest(%(ids)s::bigint[], %(starts)s::date[])),
        chosen AS (
            SELECT DISTINCT ON (extract.practice_id, date_part('year', extract.period_end))
                   date_part('year', extract.period_end)::integer AS year, extract.*,
                   count(*) OVER (
                       PARTITION BY extract.practice_id, date_part('year', extract.period_end)
                   ) AS number
            FROM highusers_extract extract
            JOIN begun ON begun.practice_id = extract.practice_id
                      AND date_part('year', begun.start_on)
                          <= date_part('year', extract.period_end)
            WHERE extract.period_end = (extract.period_start + interval '1 year')::date - 1
              AND extract.period_end BETWEEN %(first)s AND %(as_of)s
            ORDER BY extract.practice_id, date_part('year', extract.period_end),
                     extract.period_end DESC
        )
        SELECT year, sum(number)::bigint, count(*), sum(patients)::bigint,
               sum(high_users)::bigint, sum(contacts)::bigint
        FROM chosen GROUP BY year ORDER BY year
        """,
        ids=scope.ids,
        starts=[one.start_on for one in scope.begun],
        first=date(scope.year - EARLIER_YEARS, 1, 1),
        as_of=scope.as_of,
    )
    found = [ExtractFigures(*row) for row in rows]
    if not found or found[-1].year != scope.year:
        found.append(ExtractFigures(scope.year, 0, 0, 0, 0, 0))
    return found


def practice_extracts(scope: Scope) -> dict[int, PracticeExtract]:
    """Per practice its latest twelve-month extract that ended in the year."""
    rows = _rows(
        """
        SELECT DISTINCT ON (extract.practice_id) extract.practice_id, extract.period_end,
               extract.patients, extract.high_users
        FROM highusers_extract extract
        WHERE extract.practice_id = ANY(%(ids)s)
              AND extract.period_end = (extract.period_start + interval '1 year')::date - 1
          AND extract.period_end BETWEEN %(first)s AND %(as_of)s
        ORDER BY extract.practice_id, extract.period_end DESC
        """,
        ids=scope.ids,
        first=date(scope.year, 1, 1),
        as_of=scope.as_of,
    )
    return {row[0]: PracticeExtract(*row) for row in rows}


def plans(standings: Sequence[PracticeStanding]) -> tuple[PlanFigures, ...]:
    """Plans that count per programme year, of the practices that had begun that year."""
    figures = []
    for year in sorted({duty.programme_year for duty in DUTIES}):
        begun = [one for one in standings if (one.programme_year or 0) >= year]
        plans_made = sum(one.facts[year - 1].plans for one in begun)
        figures.append(PlanFigures(year, len(begun), plans_made))
    return tuple(figures)


def sessions(scope: Scope) -> tuple[SessionFigures, ...]:
    """Every kind of meeting in the year; attendance counts where the person served that day."""
    rows = _rows(
        """
        WITH present AS (
            SELECT DISTINCT session.kind, session.id AS session_id, attendance.person_id,
                   employment.practice_id
            FROM training_session session
            JOIN training_attendance attendance
              ON attendance.session_id = session.id AND attendance.present
            JOIN practices_employment employment
              ON employment.person_id = attendance.person_id
             AND employment.practice_id = ANY(%(ids)s)
             AND employment.started_on <= session.held_on
             AND (employment.ended_on IS NULL OR employment.ended_on >= session.held_on)
            WHERE session.held_on BETWEEN %(first)s AND %(as_of)s
        )
        SELECT session.kind, count(DISTINCT session.id),
               count(DISTINCT (present.session_id, present.person_id))
                   FILTER (WHERE present.session_id IS NOT NULL),
               count(DISTINCT present.person_id), count(DISTINCT present.practice_id)
        FROM training_session session
        LEFT JOIN present ON present.session_id = session.id
        WHERE session.held_on BETWEEN %(first)s AND %(as_of)s
        GROUP BY session.kind
        """,
        ids=scope.ids,
        first=date(scope.year, 1, 1),
        as_of=scope.as_of,
    )
    found = {row[0]: SessionFigures(*row) for row in rows}
    return tuple(
        found.get(kind.value, SessionFigures(kind.value, 0, 0, 0, 0)) for kind in SessionKind
    )


def questionnaires(
    scope: Scope, standings: Sequence[PracticeStanding]
) -> tuple[QuestionnaireFigures, ...]:
    """Per programme year who should have answered, who did, and what they said."""
    answers = {
        row[0]: row[1:]
        for row in _rows(
            """
            SELECT programme_year, count(*) FILTER (WHERE plans_made),
                   count(*) FILTER (WHERE lasting_habit), count(*) FILTER (WHERE flexible_in_use),
                   count(*)
            FROM monitoring_questionnaireanswer
            WHERE practice_id = ANY(%(ids)s) AND answered_on <= %(as_of)s
            GROUP BY programme_year
            """,
            ids=scope.ids,
            as_of=scope.as_of,
        )
    }
    figures = []
    for year in sorted({duty.programme_year for duty in DUTIES}):
        *said, answered = answers.get(year, (0, 0, 0, 0))
        due = [found for one in standings if (found := questionnaire_statuses(one, year))]
        figures.append(QuestionnaireFigures(year, len(due), answered, *said))
    return tuple(figures)


def questionnaire_statuses(standing: PracticeStanding, year: int) -> set[Status]:
    """The statuses of the year's questionnaire where it is open and asked of the practice.

    Two obligations ask for the questionnaire of year 1; an exemption may excuse one of them.
    """
    found = {
        part.status
        for obligation in standing.obligations
        if obligation.programme_year == year
        for part in obligation.parts
        if part.name == QUESTIONNAIRE
    }
    return found - {Status.NOT_DUE, Status.NOT_APPLICABLE}


def indicator_values(scope: Scope) -> list[IndicatorValue]:
    """The values of the region, for the report's year and those before it."""
    return list(
        IndicatorValue.objects.filter(
            practice=None, year__range=(scope.year - EARLIER_YEARS, scope.year)
        )
        .select_related("definition")
        .order_by("definition__position", "definition__code", "detail", "year")
    )


def _rows(query: str, **parameters: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(query, parameters)
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    return rows
