"""The worker's steps of an upload: its columns, its rows, and storing it."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from highusers import comparing, rows, services
from highusers.imports.definitions import DEFAULT_DEFINITION, definition_named
from highusers.imports.pipeline import suggest
from highusers.imports.refusal import Refused
from highusers.imports.result import Parsed, Suggestion
from highusers.models import Extract, ExtractImport
from highusers.states import ExtractSource
from highusers.uploads import holding
from highusers.uploads.rejected import rejected_rows
from highusers.uploads.services import fields_of, replaced_version, send_to_worker
from practices.isolation import practice_scope
from practices.models import Practice
from practices.permissions import Permission
from practices.states import ImportState
from practices.tenancy import access_to_practice
from practices.uploads import WORKING, leave, move, taken_up, teller

ROWS_SHOWN = 200
"""Rejected rows with their cells that a page can show; the workbook has more."""

ROWS_RETURNED = 10_000
"""Rejected rows in the workbook; a file with more is wrong as a whole."""

FIGURES = ("patients", "contacts", "high_users", "rejected_rows", "threshold")


def look_at_columns(*, upload_id: int) -> None:
    """The first step: what the columns could be. A file with the columns of the practice's last
    upload goes on to its rows at once; the person may still choose others there."""
    upload = taken_up(ExtractImport, upload_id, ImportState.UPLOADED)
    data = holding.kept_file(upload.code) if upload else None
    if upload is None or data is None:
        return
    known = _known_columns(upload)
    try:
        suggestion, remembered = _suggestion(data, known)
    except Refused as refused:
        _refuse(upload, refused)
        return
    shown = {
        "examples": {str(index): list(texts) for index, texts in suggestion.examples.items()},
        "headers": [[header.index, header.label] for header in suggestion.headers],
        "chosen": {field.value: index for field, index in suggestion.chosen.items()},
        "forbidden": list(suggestion.forbidden),
        "problem": suggestion.problem,
        "remembered": remembered,
    }
    holding.keep_cells(upload.code, shown)
    if not remembered:
        _leave(upload, ImportState.UPLOADED, ImportState.COLUMNS)
    elif _leave(upload, ImportState.UPLOADED, ImportState.PARSING, mapping=known):
        send_to_worker(upload)


def read_rows(*, upload_id: int) -> None:
    """The second step: read all rows, so that a person can look before it is stored."""
    upload = taken_up(ExtractImport, upload_id, ImportState.PARSING)
    data = holding.kept_file(upload.code) if upload else None
    if upload is None or data is None:
        return
    try:
        parsed = _parse(upload, data)
    except Refused as refused:
        _refuse(upload, refused)
        return
    _keep_outcome(upload, parsed)
    done = {"rows_done": parsed.rows, "rows_total": parsed.rows}
    _leave(upload, ImportState.PARSING, ImportState.ROWS, **done)


def store(*, upload_id: int) -> None:
    """The last step: store the extract and let the file go.

    When a colleague stored the same period in the meantime, or the figures are no longer those
    that the person saw, nothing is stored: the person looks again.
    """
    upload = taken_up(ExtractImport, upload_id, ImportState.CONFIRMED)
    data = holding.kept_file(upload.code) if upload else None
    if upload is None or data is None:
        return
    try:
        _require_permission(upload)
        parsed = _parse(upload, data)
    except Refused as refused:
        _refuse(upload, refused)
        return
    with transaction.atomic():
        held = ExtractImport.objects.select_for_update(no_key=True).get(pk=upload.pk)
        if held.state != ImportState.CONFIRMED:
            return
        practice = Practice.objects.select_for_update(no_key=True).get(pk=upload.practice_id)
        if replaced_version(upload) != upload.replaces or not _as_seen(upload, parsed):
            _keep_outcome(upload, parsed, overtaken=True)
            move(upload, [ImportState.CONFIRMED], ImportState.ROWS)
            return
        extract = services.store_extract(practice=practice, parsed=parsed, actor=upload.created_by)
        ended = {"extract": extract, "mapping": {}}
        move(upload, [ImportState.CONFIRMED], ImportState.STORED, **ended)
        transaction.on_commit(lambda: holding.let_go(upload.code))


def give_up(*, upload_id: int, message: str) -> None:
    """End an upload that a worker could not read by a fault of ours, so that nobody waits."""
    upload = ExtractImport.objects.filter(pk=upload_id, state__in=WORKING).first()
    if upload:
        _refuse(upload, Refused(message))


def _leave(upload: ExtractImport, before: ImportState, after: ImportState, **changes: Any) -> bool:
    return leave(upload, before, after, let_go=holding.let_go, **changes)


def _known_columns(upload: ExtractImport) -> dict[str, str]:
    """The header of each field on the extract that the practice stored last."""
    uploads = Extract.objects.filter(practice=upload.practice_id, source=ExtractSource.UPLOAD)
    last = uploads.order_by("-stored_at").values_list("mapping", flat=True).first()
    return last or {}


def _suggestion(data: bytes, known: Mapping[str, str]) -> tuple[Suggestion, bool]:
    """By the columns of last time where the file still has them all; says whether it has."""
    if known:
        with suppress(Refused):
            remembered = suggest(data, choices=fields_of(known))
            if not remembered.problem:
                return remembered, True
    return suggest(data), False


def _parse(upload: ExtractImport, data: bytes) -> Parsed:
    return services.read_extract(
        practice=upload.practice,
        data=data,
        period=(upload.period_start, upload.period_end),
        definition=definition_named(upload.definition) or DEFAULT_DEFINITION,
        choices=fields_of(upload.mapping),
        progress=teller(upload),
        most_returned=ROWS_RETURNED,
    )


def _keep_outcome(upload: ExtractImport, parsed: Parsed, *, overtaken: bool = False) -> None:
    """Keep what the pages show of the rows, and the workbook with those that were rejected."""
    keys = rows.keys_of(upload.practice, parsed)
    with practice_scope(upload.practice):
        compared = comparing.compared(upload.practice, parsed.period, parsed, keys)
    outcome: Mapping[str, Any] = {
        "summary": {**parsed.summary(), "errors": [], "warnings": parsed.shown_warnings},
        "definition_version": parsed.definition_version,
        "good_rows": parsed.good_rows,
        "errors": [asdict(error) for error in parsed.errors[:ROWS_SHOWN]],
        "compared": compared,
        "overtaken": overtaken,
        "refusal": "",
    }
    if parsed.errors:
        holding.keep_workbook(upload.code, rejected_rows(parsed))
    holding.keep_cells(upload.code, {**holding.kept_cells(upload.code), **outcome})


def _as_seen(upload: ExtractImport, parsed: Parsed) -> bool:
    """Whether the figures are those of the page on which the person pressed the button."""
    seen, now = holding.kept_cells(upload.code).get("summary", {}), parsed.summary()
    return all(seen.get(name) == now[name] for name in FIGURES)


def _require_permission(upload: ExtractImport) -> None:
    """Who confirmed may have left the practice, or lost the account, before the worker came."""
    access = access_to_practice(upload.created_by, upload.practice)
    if not upload.created_by.is_active or Permission.IMPORT_EXTRACT not in access:
        raise Refused(_("You may no longer read in extracts for this practice."))


def _refuse(upload: ExtractImport, refused: Refused) -> None:
    """What was chosen and why it is refused may quote headers, so both stay outside."""
    shown = holding.kept_cells(upload.code)
    chosen = upload.mapping or shown.get("chosen", {})
    holding.keep_cells(upload.code, {**shown, "chosen": chosen, "refusal": refused.message})
    if not move(upload, WORKING, ImportState.REFUSED, mapping={}):
        return
    services.record_refusal(
        practice=upload.practice,
        period=(upload.period_start, upload.period_end),
        actor=upload.created_by,
    )
