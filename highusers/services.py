"""Extracts: the one door by which a file becomes rows in the database.

Page, command and demo region all come through `import_extract` or, after a check by a person,
through `store_extract`. Only this module writes rows of an extract.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Sum
from django.utils import timezone
from django.utils.translation import gettext as _

from highusers import comparing, rows, versions
from highusers.imports.definitions import DEFAULT_DEFINITION, ContactDefinition
from highusers.imports.mapping import Choice
from highusers.imports.pipeline import NO_CHOICES, parse
from highusers.imports.refusal import Refused
from highusers.imports.result import Parsed
from highusers.imports.synonyms import Field
from highusers.imports.table import Progress
from highusers.models import Extract
from highusers.states import ExtractSource
from practices.audit import record
from practices.facts import norm_table
from practices.isolation import practice_scope
from practices.models import Panel, Practice, User
from practices.programme_year import programme_year, year_start
from practices.states import AuditAction, AuditOutcome

Period = tuple[date, date]


def import_extract(
    *,
    practice: Practice,
    data: bytes,
    period: Period,
    actor: User | None,
    definition: ContactDefinition = DEFAULT_DEFINITION,
    choices: Mapping[Field, Choice] = NO_CHOICES,
    progress: Progress | None = None,
) -> Parsed:
    """Read a file and store it; `Refused` when nothing of it can be taken.

    The trail gets a line either way.
    """
    try:
        parsed = read_extract(
            practice=practice,
            data=data,
            period=period,
            definition=definition,
            choices=choices,
            progress=progress,
        )
    except Refused:
        record_refusal(practice=practice, period=period, actor=actor)
        raise
    store_extract(practice=practice, parsed=parsed, actor=actor)
    return parsed


def read_extract(
    *,
    practice: Practice,
    data: bytes,
    period: Period,
    definition: ContactDefinition = DEFAULT_DEFINITION,
    choices: Mapping[Field, Choice] = NO_CHOICES,
    progress: Progress | None = None,
    most_returned: int = 0,
) -> Parsed:
    """What storing this file for this practice would store; touches no patient row."""
    refuse_period(period)
    return parse(
        data,
        period=period,
        definition=definition,
        choices=choices,
        threshold=threshold_of(practice, period[1]),
        panel=panel_of(practice, period[1]),
        progress=progress,
        most_returned=most_returned,
    )


def refuse_period(period: Period) -> None:
    """A period has its days in order and is over."""
    if period[0] > period[1]:
        raise Refused(_("The first day of the period lies after the last day."))
    if period[1] > timezone.localdate():
        raise Refused(_("The period is not over yet. Choose a last day that is past."))


@transaction.atomic
def store_extract(*, practice: Practice, parsed: Parsed, actor: User | None) -> Extract:
    """Store the counts and the rows per patient, all or nothing.

    An extract of the same period that stands is set aside, so that `undo_extract` can bring it
    back. High users keep their V-code over the years.
    """
    Practice.objects.select_for_update(no_key=True).get(pk=practice.pk)
    with practice_scope(practice):
        keys = rows.keys_of(practice, parsed)
        standing = Extract.objects.filter(
            practice=practice, period_start=parsed.period[0], period_end=parsed.period[1]
        ).first()
        extract = standing or Extract(
            practice=practice, period_start=parsed.period[0], period_end=parsed.period[1]
        )
        counted = comparing.compared(practice, parsed.period, parsed, keys)
        if standing:
            versions.set_aside(standing)
        _store_counts(extract, parsed, counted, actor)
        rows.write_rows(extract, parsed, keys)
        record(
            actor=actor,
            action=AuditAction.CHANGE if standing else AuditAction.CREATE,
            obj=extract,
            practice=practice,
            patients=extract.patients,
            high_users=extract.high_users,
            rejected_rows=extract.rejected_rows,
        )
    return extract


def _store_counts(
    extract: Extract, parsed: Parsed, counted: dict[str, Any], actor: User | None
) -> None:
    extract.source = ExtractSource.UPLOAD
    extract.shape = parsed.shape.value
    extract.definition = parsed.definition
    extract.definition_version = parsed.definition_version
    extract.mapping = {name: text for name, text in parsed.mapping.items() if name in set(Field)}
    extract.threshold = parsed.threshold
    extract.patients = parsed.number_of_patients
    extract.contacts = parsed.number_of_contacts
    extract.high_users = parsed.high_users
    extract.rejected_rows = parsed.rejected_rows
    extract.by_type = parsed.patients.sums_by_type
    extract.warnings = parsed.shown_warnings
    extract.compared = counted
    extract.stored_by = actor
    extract.undo_until = versions.undo_deadline()
    extract.save()


class CannotUndoError(Exception):
    """The extract is not as the person saw it, or was stored too long ago."""


@transaction.atomic
def undo_extract(*, extract: Extract, actor: User, seen: str) -> Extract | None:
    """Bring back what stood before this extract was stored: the version before, or none.

    `seen` is the `version` of the extract that the person looked at. V-codes and all that the
    team wrote stay. `CannotUndoError` when a colleague stored or undid in the meantime.
    """
    practice = Practice.objects.select_for_update(no_key=True).get(pk=extract.practice_id)
    with practice_scope(practice):
        standing = Extract.objects.filter(pk=extract.pk).first()
        if standing is None or not standing.may_be_undone or standing.version != seen:
            raise CannotUndoError
        comes_back = versions.aside(standing) is not None
        record(
            actor=actor,
            action=AuditAction.CHANGE if comes_back else AuditAction.DELETE,
            obj=standing,
            practice=practice,
            undone=True,
            patients=standing.patients,
            high_users=standing.high_users,
        )
        return versions.bring_back(standing)


def record_refusal(*, practice: Practice | None, period: Period, actor: User | None) -> None:
    """A line in the trail about a file that was not taken; nothing else is kept of it."""
    record(
        actor=actor,
        action=AuditAction.CREATE,
        obj=(Extract._meta.label_lower, ""),
        practice=practice,
        outcome=AuditOutcome.REFUSED,
        period=[day.isoformat() for day in period],
    )


def threshold_of(practice: Practice, day: date) -> int:
    """From how many contacts a patient is a high user, by the norm of the programme year."""
    year = programme_year(practice.start, day) or 1
    first_day = year_start(practice.start, year)
    return norm_table().in_force(practice.cohort_id, first_day).high_user_contacts


def panel_of(practice: Practice, day: date) -> int | None:
    """Registered patients of all insurers in the quarter of this day, when known."""
    quarter = f"{day.year}Q{(day.month - 1) // 3 + 1}"
    panels = Panel.objects.filter(practice=practice, quarter=quarter)
    patients: int | None = panels.aggregate(patients=Sum("patients"))["patients"]
    return patients
