"""Uploads as a person acts on them: choose a file, choose its columns, confirm, cancel.

The worker's steps in between are in `steps`. Every change of state is one statement that names
the states it may come from, so a person, a worker and the clock cannot undo each other.
"""

import secrets
from collections.abc import Collection, Mapping
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from highusers import services
from highusers.imports.definitions import DEFAULT_DEFINITION, ContactDefinition
from highusers.imports.mapping import Choice
from highusers.imports.refusal import Refused
from highusers.imports.synonyms import Field
from highusers.models import Extract, ExtractImport
from highusers.states import ImportState
from highusers.uploads import holding
from practices.held_files import KEPT_SECONDS
from practices.models import Practice, User

WORKING = (ImportState.UPLOADED, ImportState.PARSING, ImportState.CONFIRMED)
OPEN = (*WORKING, ImportState.COLUMNS, ImportState.ROWS)
LEFT_WAITING = timedelta(minutes=5)
"""A step of which nothing was heard for this long has lost its worker, and is asked again."""


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

    task = {
        ImportState.UPLOADED: tasks.look_at_columns,
        ImportState.PARSING: tasks.read_rows,
        ImportState.CONFIRMED: tasks.store_upload,
    }[ImportState(upload.state)]
    language = get_language() or "nl"

    def send() -> None:
        task.delay(upload.pk, language)

    transaction.on_commit(send, robust=True)


def choose_columns(*, upload: ExtractImport, choices: Mapping[Field, Choice]) -> None:
    """Note which columns a person chose and let a worker read the rows."""
    shown = holding.kept_cells(upload.code)
    mapping = {field.value: _by_name(shown, choice) for field, choice in choices.items()}
    choosing = (ImportState.COLUMNS, ImportState.ROWS, ImportState.REFUSED)
    if move(upload, choosing, ImportState.PARSING, mapping=mapping, rows_done=0, rows_total=0):
        send_to_worker(upload)


def confirm(*, upload: ExtractImport, replaces: str) -> None:
    """Let a worker store the extract.

    ``replaces`` is the `replaced_version` that the person saw; `OvertakenError` when it changed.
    Confirming twice stores once.
    """
    upload.refresh_from_db(fields=["state"])
    if upload.state in (ImportState.CONFIRMED, ImportState.STORED):
        return
    if replaced_version(upload) != replaces:
        raise OvertakenError
    kept = holding.has_file(upload.code)
    told = {"replaces": replaces, "rows_done": 0, "rows_total": 0}
    if not kept or not move(upload, [ImportState.ROWS], ImportState.CONFIRMED, **told):
        raise Refused(_("This upload has expired. Choose the file again."))
    send_to_worker(upload)


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
    return extract.version if extract else ""


def cancel(*, upload: ExtractImport) -> bool:
    """Let the file go, nothing of it stored; says whether that was still possible."""
    ended = move(upload, [*OPEN, ImportState.REFUSED], ImportState.CANCELLED, mapping={})
    if ended:
        holding.let_go(upload.code)
    return ended


def expire_uploads() -> None:
    """End every upload that nobody confirmed within an hour; ask again for what was left waiting.

    The broker gives a task of a lost worker back after an hour only: too late for an upload.
    """
    for upload in ExtractImport.objects.filter(expires_at__lte=timezone.now(), state__in=OPEN):
        if move(upload, OPEN, ImportState.EXPIRED, mapping={}):
            holding.let_go(upload.code)
    holding.drop_old_files()
    silent_since = timezone.now() - LEFT_WAITING
    for upload in ExtractImport.objects.filter(state__in=WORKING, heard_at__lte=silent_since):
        send_to_worker(upload)


def move(
    upload: ExtractImport, before: Collection[ImportState], after: ImportState, **changes: Any
) -> bool:
    """Bring an upload to another state if it is still in one of those; says whether it was."""
    changes |= {"state": after, "heard_at": timezone.now()}
    moved = ExtractImport.objects.filter(pk=upload.pk, state__in=before).update(**changes)
    if moved:
        for name, value in changes.items():
            setattr(upload, name, value)
    return bool(moved)


def fields_of(named: Mapping[str, Choice]) -> dict[Field, Choice]:
    """Choices by the names of their fields, as they are stored."""
    return {Field(name): choice for name, choice in named.items()}


def place_of(shown: Mapping[str, Any], mapping: Mapping[str, Choice], field: str) -> int | str:
    """Where the column of a field stands, as chosen or else as suggested; '' for nowhere."""
    choice: Choice = mapping.get(field, shown.get("chosen", {}).get(field, ""))
    places: dict[str, int] = {text: index for index, text in shown.get("headers", [])}
    return places.get(choice, "") if isinstance(choice, str) else choice


def _by_name(shown: Mapping[str, Any], choice: Choice) -> Choice:
    """A chosen place as the header there, unless another column bears the same one."""
    texts = dict(shown.get("headers", []))
    text = texts.get(choice, "")
    return text if text and list(texts.values()).count(text) == 1 else choice
