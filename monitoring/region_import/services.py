"""The one door by which a region's spreadsheets come in, for the command, the page and the demo."""

from collections.abc import Callable, Iterable
from datetime import date

from django.db import IntegrityError, connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from monitoring.region_import.draft import Draft, Reading, prepare, read_sheets
from monitoring.region_import.findings import Finding
from monitoring.region_import.memberships import changes_of, record_memberships
from monitoring.region_import.read import NamedFile
from monitoring.region_import.store import store
from practices.audit import record
from practices.models import User
from practices.states import AuditAction, AuditOutcome

# One import at a time: the second one then sees what the first stored.
_LOCK = 0x4D545650


class OvertakenError(Exception):
    """What storing would do is no longer what somebody agreed to; `draft` is what it is now."""

    def __init__(self, draft: Draft) -> None:
        super().__init__()
        self.draft = draft


def preview_region(*, files: Iterable[NamedFile], today: date | None = None) -> Draft:
    """What an import of these files would do; stores nothing."""
    return prepare(read_sheets(files), today=today or timezone.localdate())


def import_region(
    *,
    files: Iterable[NamedFile],
    actor: User | None,
    role: str = "",
    today: date | None = None,
) -> Draft:
    """Store everything in these files, or nothing when there is any error.

    The draft tells what was done, or the errors. The trail gets a line either way.
    """
    return store_reading(reading=read_sheets(files), actor=actor, role=role, today=today)


def store_reading(
    *,
    reading: Reading,
    actor: User | None,
    role: str = "",
    today: date | None = None,
    agreed: Callable[[Draft], bool] = lambda draft: True,
) -> Draft:
    """The same for files that were read; `OvertakenError` when `agreed` says no to the draft."""
    try:
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
            draft = prepare(reading, today=today or timezone.localdate())
            if not draft.errors and not agreed(draft):
                raise OvertakenError(draft)
            if not draft.errors:
                changes = changes_of(draft)
                store(draft, actor=actor)
                record_memberships(changes, draft.accounts, actor=actor, role=role)
            outcome = AuditOutcome.REFUSED if draft.errors else AuditOutcome.DONE
            _record(draft, outcome, actor, role)
    except IntegrityError:
        draft = Draft({}, draft.findings)
        message = _("Somebody else changed the same data just now. Nothing was stored; try again.")
        draft.findings.errors.append(Finding(None, None, None, message))
        _record(draft, AuditOutcome.FAILED, actor, role)
    return draft


def _record(draft: Draft, outcome: AuditOutcome, actor: User | None, role: str) -> None:
    record(
        actor=actor,
        role=role,
        action=AuditAction.CHANGE,
        obj=("region_import", ""),
        outcome=outcome,
        errors=len(draft.errors),
        warnings=len(draft.warnings),
        tables={
            name: {"new": counts.new, "changed": counts.changed}
            for name, counts in zip(draft.sheets, draft.counts(), strict=True)
        },
    )
