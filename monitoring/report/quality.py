"""What is missing, so that a reader can weigh the figures."""

from collections.abc import Sequence
from datetime import date

from django.db import connection
from django.utils.translation import gettext as _

from monitoring.compliance import PracticeStanding, Status
from monitoring.report.figures import questionnaire_statuses
from monitoring.report.scope import Scope
from monitoring.report.value import ExtractFigures, QualityFigures
from practices.programme_year import NORMED_YEARS

_MISSING_SQL = """
    WITH practice (id) AS (SELECT * FROM unnest(%(going_on)s::bigint[]))
    SELECT
        (SELECT count(*) FROM practice WHERE NOT EXISTS (
            SELECT FROM practices_employment e
            WHERE e.practice_id = practice.id AND e.started_on <= %(as_of)s
              AND (e.ended_on IS NULL OR e.ended_on >= %(as_of)s))),
        (SELECT count(*) FROM practice WHERE NOT EXISTS (
            SELECT FROM practices_panel p
            WHERE p.practice_id = practice.id AND p.insurer_id = %(insurer)s
              AND p.quarter = %(quarter)s)),
        (SELECT count(*) FROM practice WHERE NOT EXISTS (
            SELECT FROM highusers_extract x
            WHERE x.practice_id = practice.id AND x.period_end BETWEEN %(first)s AND %(as_of)s
              AND x.period_end = (x.period_start + interval '1 year')::date - 1)),
        (SELECT count(*) FROM practice WHERE NOT EXISTS (
            SELECT FROM monitoring_visit v
            WHERE v.practice_id = practice.id AND v.held_on BETWEEN %(first)s AND %(as_of)s)),
        (SELECT count(*) FROM highusers_extract x
         WHERE x.practice_id = ANY(%(ids)s) AND x.period_end BETWEEN %(first)s AND %(as_of)s),
        (SELECT count(*) FROM training_session s
         WHERE s.held_on BETWEEN %(first)s AND %(as_of)s AND NOT EXISTS (
            SELECT FROM training_attendance a WHERE a.session_id = s.id)),
        (SELECT count(*) FROM training_session s WHERE s.held_on BETWEEN %(first)s AND %(as_of)s),
        (SELECT count(*) FROM monitoring_indicatordefinition d WHERE NOT d.own AND NOT EXISTS (
            SELECT FROM monitoring_indicatorvalue v
            WHERE v.definition_id = d.id AND v.practice_id IS NULL AND v.year = %(year)s
              AND v.denominator > 0)),
        (SELECT count(*) FROM monitoring_indicatordefinition WHERE NOT own)
"""


def item_words(item: str) -> str:
    """What an item of the data quality page counts."""
    return {
        "no_staff": _("Practices without anybody in the staff list on 31 December"),
        "no_panel": _("Practices without a number of patients of this insurer in quarter 4"),
        "no_extract": _("Practices without an extract over 12 months that ended in the year"),
        "no_visit": _("Practices without a recorded visit in the year"),
        "other_length": _("Extracts over a period other than 12 months (not counted)"),
        "no_attendance": _("Meetings without an attendance list"),
        "no_indicator": _("Indicators without a figure for the region"),
        "open_questionnaires": _("Questionnaires that were open and not answered"),
    }[item]


def missing(
    scope: Scope,
    standings: Sequence[PracticeStanding],
    extracts: ExtractFigures,
) -> tuple[QualityFigures, ...]:
    """One query for all counts; practices are those that had not stopped."""
    going_on = scope.going_on
    with connection.cursor() as cursor:
        cursor.execute(
            _MISSING_SQL,
            {
                "going_on": going_on,
                "ids": scope.ids,
                "insurer": scope.insurer.pk,
                "quarter": f"{scope.year}Q4",
                "first": date(scope.year, 1, 1),
                "as_of": scope.as_of,
                "year": scope.year,
            },
        )
        row = cursor.fetchone()
    staff, panel, extract, visit, any_length, no_list, held, no_figure, known = row
    open_ones = [
        statuses
        for one in standings
        for year in NORMED_YEARS
        if (statuses := questionnaire_statuses(one, year))
    ]
    unanswered = sum(Status.MET not in statuses for statuses in open_ones)
    return (
        QualityFigures("no_staff", staff, len(going_on)),
        QualityFigures("no_panel", panel, len(going_on)),
        QualityFigures("no_extract", extract, len(going_on)),
        QualityFigures("no_visit", visit, len(going_on)),
        QualityFigures("other_length", any_length - extracts.number, any_length),
        QualityFigures("no_attendance", no_list, held),
        QualityFigures("open_questionnaires", unanswered, len(open_ones)),
        QualityFigures("no_indicator", no_figure, known),
    )
