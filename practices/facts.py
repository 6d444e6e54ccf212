"""Facts about participation, and the one way in which all facts are counted.

`programme_calendar` says which programme years of which practices are counted up to which day;
`counted` runs a query by it.
"""

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

from django.db import connection
from django.db.models.functions import Coalesce

from practices.models import Norm, Practice
from practices.norms import DatedNorm, NormTable
from practices.programme_calendar import Calendar, Participant, calendar_of, calendar_sql
from practices.programme_year import normed_years


def norm_table() -> NormTable:
    """The norms of the region as they stand in the dated table."""
    rows = Norm.objects.order_by().values_list("key", "cohort_id", "valid_from", "value")
    return NormTable(DatedNorm(*row) for row in rows)


def programme_calendar(as_of: date, practices: Collection[int] | None = None) -> Calendar:
    """The calendar of all practices, or of those with these ids, in the order of their codes."""
    norms = norm_table()
    found = (
        Practice.objects.all() if practices is None else Practice.objects.filter(pk__in=practices)
    )
    rows = found.order_by("code").values_list(
        "pk", "code", "cohort_id", Coalesce("start_on", "cohort__start_on"), "stopped_on"
    )
    participants = []
    for practice_id, code, cohort_id, start_on, stopped_on in rows:
        in_force = tuple(norms.in_force(cohort_id, y.first_day) for y in normed_years(start_on))
        participants.append(
            Participant(practice_id, code, cohort_id, start_on, stopped_on, in_force)
        )
    return calendar_of(participants, as_of)


def counted(
    calendar: Calendar, query: str, *columns: str, more: Mapping[str, Any] | None = None
) -> list[tuple[Any, ...]]:
    """The rows of a query that reads these columns of the calendar as its table `calendar`, with
    more parameters of its own by name."""
    with connection.cursor() as cursor:
        parameters = {**calendar.parameters, **(more or {})}
        cursor.execute(f"{calendar_sql(*columns)} ({query})", parameters)
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    return rows
