"""How many practices were visited in the year, and what they said there."""

from datetime import date

from django.db import connection
from django.db.models import TextChoices

from monitoring.report.parts import AnswerFigures
from monitoring.report.scope import Scope
from monitoring.report.value import VisitFigures
from monitoring.visits.questions import EFFECT, GOING, HABIT, IN_USE, TIME_OUT, USED, key_of
from monitoring.visits.states import Effect, Going, Habit, InUse, Used


def visits(scope: Scope) -> VisitFigures:
    """One query; visits are those at the practices in the report."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT count(*),
                   count(DISTINCT practice_id) FILTER (WHERE practice_id = ANY(%(going_on)s)),
                   count(DISTINCT practice_id)
                       FILTER (WHERE time_out_discussed AND practice_id = ANY(%(going_on)s))
            FROM monitoring_visit
            WHERE practice_id = ANY(%(ids)s) AND held_on BETWEEN %(first)s AND %(as_of)s
            """,
            {
                "ids": scope.ids,
                "going_on": scope.going_on,
                "first": date(scope.year, 1, 1),
                "as_of": scope.as_of,
            },
        )
        visits, practices, time_out = cursor.fetchone()
    return VisitFigures(visits, practices, time_out, len(scope.going_on))


_ANSWERS_SQL = """
    WITH latest AS (
        SELECT DISTINCT ON (visit.practice_id, answer.key) answer.key, answer.choice
        FROM monitoring_visitanswer answer
        JOIN monitoring_visit visit ON visit.id = answer.visit_id
        WHERE visit.practice_id = ANY(%(ids)s) AND visit.held_on BETWEEN %(first)s AND %(as_of)s
          AND answer.choice <> ''
        ORDER BY visit.practice_id, answer.key, visit.held_on DESC, answer.id DESC
    )
    SELECT key, choice, count(*) FROM latest GROUP BY key, choice
"""

ASKED: dict[str, type[TextChoices]] = {
    **{key_of(number, GOING): Going for number in range(1, 7)},
    key_of(TIME_OUT, USED): Used,
    key_of(TIME_OUT, EFFECT): Effect,
    key_of(1, HABIT): Habit,
    key_of(4, IN_USE): InUse,
}
"""The questions of a visit with a choice of answers, in the order of the report."""


def answers(scope: Scope) -> tuple[AnswerFigures, ...]:
    """What practices in the report chose at visits of the year, each with its latest answer; a
    question that nobody answered is left out. One query that opens no words of a visit."""
    period = {"first": date(scope.year, 1, 1), "as_of": scope.as_of}
    with connection.cursor() as cursor:
        cursor.execute(_ANSWERS_SQL, {"ids": scope.ids, **period})
        counts = {(key, choice): number for key, choice, number in cursor.fetchall()}
    answered = {key for key, _choice in counts}
    return tuple(
        AnswerFigures(question, answer, counts.get((question, answer), 0))
        for question, choices in ASKED.items()
        if question in answered
        for answer in choices.values
    )
