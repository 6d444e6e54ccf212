"""The worker's steps of an upload: reading the spreadsheets, and storing them."""

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from monitoring.models import RegionUpload
from monitoring.region_import import holding
from monitoring.region_import.draft import Draft, Reading, prepare, read_sheets
from monitoring.region_import.figures import restoring
from monitoring.region_import.outcome import outcome_of, totals_of, version_of
from monitoring.region_import.services import OvertakenError, store_reading
from practices.permissions import Permission
from practices.states import ImportState
from practices.tenancy import Access, access_to_region
from practices.uploads import WORKING, leave, move, taken_up, teller


def read(*, upload_id: int) -> None:
    """The first step: what the files would do, so that a person can look before it is stored."""
    upload = taken_up(RegionUpload, upload_id, ImportState.UPLOADED)
    reading = _reading(upload) if upload else None
    if upload is None or reading is None:
        return
    draft = prepare(reading, today=timezone.localdate())
    _show(upload, draft, ImportState.UPLOADED)


def store(*, upload_id: int) -> None:
    """The last step: store everything and let the files go.

    With an error, or when the figures are no longer those that the person saw, nothing is stored:
    the person looks again. Rows and the word that they are stored are one transaction.
    """
    upload = taken_up(RegionUpload, upload_id, ImportState.CONFIRMED)
    reading = _reading(upload) if upload else None
    if upload is None or reading is None:
        return
    access = _access(upload)
    if access is None:
        give_up(upload_id=upload.pk, message=_("You may no longer read in spreadsheets."))
        return
    try:
        draft = _stored(upload, reading, access.role)
    except OvertakenError as overtaken:
        draft = overtaken.draft
    if upload.state == ImportState.STORED:
        holding.let_go(upload.code)
        if replaced := restoring(draft):
            holding.keep_restoring(upload.code, replaced)
    else:
        _show(upload, draft, ImportState.CONFIRMED, overtaken=True)


def give_up(*, upload_id: int, message: str) -> None:
    """End an upload that cannot be read or stored, so that nobody waits."""
    upload = RegionUpload.objects.filter(pk=upload_id, state__in=WORKING).first()
    if upload:
        holding.keep_outcome(upload.code, {"refusal": message})
        leave(upload, ImportState(upload.state), ImportState.REFUSED, let_go=holding.let_go)


def _reading(upload: RegionUpload) -> Reading | None:
    files = holding.kept_files(upload.code)
    return None if files is None else read_sheets(files, teller(upload))


@transaction.atomic
def _stored(upload: RegionUpload, reading: Reading, role: str) -> Draft:
    """A worker that finds the upload ended, by another worker or a person, takes all back."""
    draft = store_reading(
        reading=reading,
        actor=upload.created_by,
        role=role,
        agreed=lambda draft: version_of(draft) == upload.seen,
    )
    if not draft.errors:
        done: dict[str, Any] = {"stored": totals_of(draft)}
        if not move(upload, [ImportState.CONFIRMED], ImportState.STORED, **done):
            transaction.set_rollback(True)
    return draft


def _access(upload: RegionUpload) -> Access | None:
    """Who confirmed may have left before the worker came to it."""
    access = access_to_region(upload.created_by)
    may = upload.created_by.is_active and Permission.IMPORT_REGION in access
    return access if may else None


def _show(
    upload: RegionUpload, draft: Draft, before: ImportState, *, overtaken: bool = False
) -> None:
    outcome = outcome_of(draft, called=holding.kept_names(upload.code))
    holding.keep_outcome(upload.code, outcome | {"overtaken": overtaken})
    leave(upload, before, ImportState.ROWS, let_go=holding.let_go)
