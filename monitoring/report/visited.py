"""How many practices were visited in the year."""

from datetime import date

from django.db import connection

from monitoring.report.scope import Scope
from monitoring.report.value import VisitFigures


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
