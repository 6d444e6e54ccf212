"""Uploads from choosing a file to storing the extract; each step leaves the state it reached."""

import secrets
import time
from collections.abc import Mapping
from dataclasses import asdict
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from highusers import services
from highusers.imports.definitions import DEFAULT_DEFINITION, ContactDefinition, definition_named
from highusers.imports.mapping import Choice
from highusers.imports.pipeline import suggest
from highusers.imports.refusal import Refused
from highusers.imports.result import Parsed, Suggestion
from highusers.imports.synonyms import Field
from highusers.models import Extract, ExtractImport
from highusers.states import ImportState
from highusers.uploads import holding
from practices.held_files import KEPT_SECONDS
from practices.models import Practice, User

ROWS_SHOWN = 200
"""Rejected rows with their cells that a page can show; the file is mended in pieces anyway."""

OPEN = (ImportState.UPLOADED, ImportState.COLUMNS, ImportState.PARSING, ImportState.ROWS)
WORKING = (ImportState.UPLOADED, ImportState.PARSING)
LEFT_WAITING = timedelta(minutes=5)
_TOLD_EVERY = 0.5


class OvertakenError(Exception):
    """The extract that this upload would replace changed after the person looked at it."""


def start_upload(
    *,
    practice: Practice,
    actor: User,
    data: bytes,
    period: services.Period,
    definition: ContactDefinition = DEFAULT_DEFINITION,
) -> ExtractImport:
    """Keep a file for an hour and let a worker look at its columns."""
    code = secrets.token_hex(12)
    holding.keep_file(code, data)
    upload = ExtractImport.objects.create(
        code=code,
        practice=practice,
        created_by=actor,
        expires_at=timezone.now() + timedelta(seconds=KEPT_SECONDS),
        period_start=period[0],
        period_end=period[1],
        definition=definition.name,
    )
    send_to_worker(upload)
    return upload


def send_to_worker(upload: ExtractImport) -> None:
    """Ask a worker for the step that the upload waits for; asking twice does no harm.

    A broker that cannot be reached leaves the upload waiting, and the page offers to ask again.
    """
    from highusers import tasks

    task = tasks.look_at_columns if upload.state == ImportState.UPLOADED else tasks.read_rows
    language = get_language() or "nl"

    def send() -> None:
        task.delay(upload.pk, language)

    transaction.on_commit(send, robust=True)


def look_at_columns(*, upload_id: int) -> None:
    """The worker's first step: what the columns could be, tried as they were last time."""
    upload = _waiting(upload_id, ImportState.UPLOADED)
    data = holding.kept_file(upload.code) if upload else None
    if upload is None or data is None:
        return
    try:
        suggestion, remembered = _suggestion(upload, data)
    except Refused as refused:
        _refuse(upload, refused)
        return
    holding.keep_cells(upload.code, {"examples": _keyed(suggestion.examples)})
    upload.state = ImportState.COLUMNS
    upload.result = {
        "headers": [[header.index, header.label] for header in suggestion.headers],
        "chosen": {field.value: index for field, index in suggestion.chosen.items()},
        "forbidden": list(suggestion.forbidden),
        "problem": suggestion.problem,
        "remembered": remembered,
    }
    upload.save(update_fields=["state", "result"])


def choose_columns(*, upload: ExtractImport, choices: Mapping[Field, Choice]) -> None:
    """Note which columns a person chose and let a worker read the rows."""
    upload.mapping = {field.value: _by_name(upload, choice) for field, choice in choices.items()}
    upload.state = ImportState.PARSING
    upload.rows_done = upload.rows_total = 0
    upload.refusal = ""
    upload.save(update_fields=["mapping", "state", "rows_done", "rows_total", "refusal"])
    send_to_worker(upload)


def read_rows(*, upload_id: int) -> None:
    """The worker's second step: read all rows, so that a person can look before it is stored."""
    upload = _waiting(upload_id, ImportState.PARSING)
    data = holding.kept_file(upload.code) if upload else None
    if upload is None or data is None:
        return
    try:
        parsed = _parse(upload, data)
    except Refused as refused:
        _refuse(upload, refused)
        return
    cells = holding.kept_cells(upload.code)
    shown = [asdict(error) for error in parsed.errors[:ROWS_SHOWN]]
    holding.keep_cells(upload.code, {**cells, "errors": shown})
    upload.state = ImportState.ROWS
    upload.result = {**upload.result, "summary": {**parsed.summary(), "errors": []}}
    upload.rows_done = upload.rows_total = parsed.rows
    upload.save(update_fields=["state", "result", "rows_done", "rows_total"])


@transaction.atomic
def confirm(*, upload: ExtractImport, actor: User, replaces: str) -> Extract:
    """Store the extract and let the file go.

    ``replaces`` is the `replaced_version` that the person saw; `OvertakenError` when it changed.
    Confirming twice stores once.
    """
    upload = ExtractImport.objects.select_for_update(no_key=True).get(pk=upload.pk)
    if upload.state == ImportState.STORED and upload.extract:
        return upload.extract
    practice = Practice.objects.select_for_update(no_key=True).get(pk=upload.practice_id)
    if replaced_version(upload) != replaces:
        raise OvertakenError
    data = holding.kept_file(upload.code)
    if upload.state != ImportState.ROWS or data is None:
        raise Refused(_("This upload has expired. Choose the file again."))
    extract = services.store_extract(practice=practice, parsed=_parse(upload, data), actor=actor)
    upload.state, upload.extract = ImportState.STORED, extract
    upload.save(update_fields=["state", "extract"])
    transaction.on_commit(lambda: holding.let_go(upload.code))
    return extract


def replaced(upload: ExtractImport) -> Extract | None:
    """The extract of the same period that storing this upload would replace."""
    return Extract.objects.filter(
        practice=upload.practice_id,
        period_start=upload.period_start,
        period_end=upload.period_end,
    ).first()


def replaced_version(upload: ExtractImport) -> str:
    """Which state of that extract it is; empty when there is none."""
    extract = replaced(upload)
    return extract.stored_at.isoformat() if extract else ""


def cancel(*, upload: ExtractImport) -> None:
    """Let the file go; nothing of it was stored."""
    ended = ExtractImport.objects.filter(pk=upload.pk, state__in=[*OPEN, ImportState.REFUSED])
    ended.update(state=ImportState.CANCELLED, mapping={}, result={})
    holding.let_go(upload.code)


def expire_uploads() -> None:
    """End every upload that nobody confirmed within an hour; ask again for what was left waiting.

    The broker gives a task of a lost worker back after an hour only: too late for an upload.
    """
    late = ExtractImport.objects.filter(expires_at__lte=timezone.now(), state__in=OPEN)
    for upload in late:
        upload.state = ImportState.EXPIRED
        upload.save(update_fields=["state"])
        holding.let_go(upload.code)
    holding.drop_old_files()
    left = ExtractImport.objects.filter(
        state__in=WORKING, created_at__lte=timezone.now() - LEFT_WAITING
    )
    for upload in left:
        send_to_worker(upload)


def choices_of(upload: ExtractImport) -> dict[Field, Choice]:
    """The columns that a person chose."""
    return fields_of(upload.mapping)


def fields_of(named: Mapping[str, Choice]) -> dict[Field, Choice]:
    """Choices by the names of their fields, as they are stored."""
    return {Field(name): choice for name, choice in named.items()}


def _by_name(upload: ExtractImport, choice: Choice) -> Choice:
    """A chosen place as the header there, unless another column bears the same one."""
    texts = dict(upload.result["headers"])
    text = texts.get(choice, "")
    return text if text and list(texts.values()).count(text) == 1 else choice


def place_of(upload: ExtractImport, field: str) -> int | str:
    """Where the column of a field stands, as chosen or else as suggested; '' for nowhere."""
    choice: Choice = upload.mapping.get(field, upload.result.get("chosen", {}).get(field, ""))
    places: dict[str, int] = {text: index for index, text in upload.result.get("headers", [])}
    return places.get(choice, "") if isinstance(choice, str) else choice


def _waiting(upload_id: int, state: ImportState) -> ExtractImport | None:
    """The upload, when it still waits for this step; a task may come twice or too late."""
    return (
        ExtractImport.objects.select_related("practice__cohort")
        .filter(pk=upload_id, state=state, expires_at__gt=timezone.now())
        .first()
    )


def _suggestion(upload: ExtractImport, data: bytes) -> tuple[Suggestion, bool]:
    """By the headers of the practice's last upload where the file still has them all."""
    last = (
        ExtractImport.objects.filter(practice=upload.practice_id, state=ImportState.STORED)
        .order_by("-created_at")
        .first()
    )
    known = (last.result if last else {}).get("summary", {}).get("mapping", {})
    choices = {Field(name): header for name, header in known.items() if name in set(Field)}
    if choices:
        remembered = suggest(data, choices=choices)
        if not remembered.problem:
            return remembered, True
    return suggest(data), False


def _parse(upload: ExtractImport, data: bytes) -> Parsed:
    told = 0.0

    def progress(done: int, total: int) -> None:
        nonlocal told
        now = time.monotonic()
        if upload.state == ImportState.PARSING and now - told > _TOLD_EVERY:
            told = now
            ExtractImport.objects.filter(pk=upload.pk).update(rows_done=done, rows_total=total)

    return services.read_extract(
        practice=upload.practice,
        data=data,
        period=(upload.period_start, upload.period_end),
        definition=definition_named(upload.definition) or DEFAULT_DEFINITION,
        choices=choices_of(upload),
        progress=progress,
    )


def give_up(*, upload_id: int, refused: Refused) -> None:
    """End an upload that a worker could not read by a fault of ours, so that nobody waits."""
    upload = ExtractImport.objects.filter(pk=upload_id, state__in=WORKING).first()
    if upload:
        _refuse(upload, refused)


def _refuse(upload: ExtractImport, refused: Refused) -> None:
    upload.state, upload.refusal = ImportState.REFUSED, refused.message
    upload.save(update_fields=["state", "refusal"])
    services.record_refusal(
        practice=upload.practice,
        period=(upload.period_start, upload.period_end),
        actor=upload.created_by,
    )


def _keyed(examples: Mapping[int, Any]) -> dict[str, list[str]]:
    return {str(index): list(texts) for index, texts in examples.items()}
