"""Facts about participation: who takes part from when, until when, under which norms."""

from collections.abc import Collection
from datetime import date

from django.db.models.functions import Coalesce

from practices.models import Norm, Practice
from practices.norms import DatedNorm, NormTable
from practices.programme_calendar import Calendar, Participant, calendar_of
from practices.programme_year import normed_years


def norm_table() -> NormTable:
    """The norms of the region as they stand in the dated table."""
    rows = Norm.objects.values_list("key", "cohort_id", "valid_from", "value")
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
    return calendar_of((_participant(*row, norms) for row in rows), as_of)


def _participant(
    practice_id: int,
    code: str,
    cohort_id: int,
    start_on: date,
    stopped_on: date | None,
    norms: NormTable,
) -> Participant:
    in_force = tuple(norms.in_force(cohort_id, year.first_day) for year in normed_years(start_on))
    return Participant(practice_id, code, cohort_id, start_on, stopped_on, in_force)
