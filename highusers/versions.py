"""The version of an extract that a new one replaced: set aside, and brought back.

Rows move as a whole inside the database. There is one version aside per practice and period;
each function runs in the scope of the practice, under its lock.
"""

from datetime import datetime, timedelta
from typing import Any

from django.db import connection
from django.utils import timezone

from highusers.models import Extract, ReplacedExtract
from highusers.retention import UNDO_DAYS

FIGURES = (
    "source",
    "shape",
    "definition",
    "definition_version",
    "mapping",
    "threshold",
    "patients",
    "contacts",
    "high_users",
    "rejected_rows",
    "by_type",
    "warnings",
    "compared",
)
"""Fields of an extract that come back as they were; who stored it and when come back besides."""

_SET_ASIDE = """
    WITH moved AS (DELETE FROM highusers_patienttotal WHERE extract_id = %s RETURNING *)
    INSERT INTO highusers_replacedtotal
        (replaced_id, practice_id, patient_key, contacts, by_type, by_month, birth_year, sex)
    SELECT %s, practice_id, patient_key, contacts, by_type, by_month, birth_year, sex FROM moved
"""
_BRING_BACK = """
    WITH moved AS (DELETE FROM highusers_replacedtotal WHERE replaced_id = %s RETURNING *)
    INSERT INTO highusers_patienttotal
        (extract_id, practice_id, patient_key, contacts, by_type, by_month, birth_year, sex)
    SELECT %s, practice_id, patient_key, contacts, by_type, by_month, birth_year, sex FROM moved
    ORDER BY patient_key
"""


def undo_deadline() -> datetime:
    return timezone.now() + timedelta(days=UNDO_DAYS)


def set_aside(extract: Extract) -> None:
    """Keep this version, rows and all, in the place of one that was set aside before."""
    ReplacedExtract.objects.filter(**_place(extract)).delete()
    replaced = ReplacedExtract.objects.create(
        **_place(extract),
        figures={
            **{name: getattr(extract, name) for name in FIGURES},
            "stored_at": extract.stored_at.isoformat(),
        },
        stored_by=extract.stored_by,
        kept_until=undo_deadline(),
    )
    _move(_SET_ASIDE, extract.pk, replaced.pk)


def bring_back(extract: Extract) -> Extract | None:
    """Put the version that was set aside in the place of this one; `None` when there was none and
    this extract is gone. What came back is not undone a second time."""
    replaced = ReplacedExtract.objects.filter(**_place(extract)).first()
    if replaced is None:
        extract.delete()
        return None
    extract.totals.all().delete()
    Extract.objects.filter(pk=extract.pk).update(
        **replaced.figures, stored_by=replaced.stored_by, undo_until=None
    )
    _move(_BRING_BACK, replaced.pk, extract.pk)
    replaced.delete()
    extract.refresh_from_db()
    return extract


def aside(extract: Extract) -> ReplacedExtract | None:
    """The version that undoing would bring back."""
    return ReplacedExtract.objects.filter(**_place(extract)).first()


def _place(extract: Extract) -> dict[str, Any]:
    return {
        "practice_id": extract.practice_id,
        "period_start": extract.period_start,
        "period_end": extract.period_end,
    }


def _move(statement: str, source: int, target: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, [source, target])
