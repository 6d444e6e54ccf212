"""Uploads as a person acts on them: choose a file, choose its columns, confirm, cancel.

The worker's steps in between are in `steps`; what every upload has in common, whatever it is of,
is in `practices.uploads`.
"""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from highusers import services
from highusers.imports.definitions import DEFAULT_DEFINITION, ContactDefinition
from highusers.imports.mapping import Choice
from highusers.imports.refusal import Refused
from highusers.imports.synonyms import Field
from highusers.models import Extract, ExtractImport
from highusers.uploads import holding
from practices.models import Practice, User
from practices.states import ImportState
from practices.uploads import OPEN, expire, move, send


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
    upload = ExtractImport(
        practice=practice,
        created_by=actor,
        period_start=period[0],
        period_end=period[1],
        definition=definition.name,
    )
    holding.keep_file(upload.code, data)
    upload.save()
    send_to_worker(upload)
    return upload


def send_to_worker(upload: ExtractImport) -> None:
    """Ask a worker for the step that the upload waits for."""
    from highusers import tasks

    task = {
        ImportState.UPLOADED: tasks.look_at_columns,
        ImportState.PARSING: tasks.read_rows,
        ImportState.CONFIRMED: tasks.store_upload,
    }[ImportState(upload.state)]
    send(upload, task)


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
    Confirming twice stores once; an extract of nobody is not stored at all (decision 0106).
    """
    upload.refresh_from_db(fields=["state"])
    if upload.state in (ImportState.CONFIRMED, ImportState.STORED):
        return
    if holds_nobody(upload):
        raise Refused(
            _(
                "No contact lies in the period you chose. Choose the file again, with the period"
                " it is about."
            )
        )
    if replaced_version(upload) != replaces:
        raise OvertakenError
    kept = holding.has_file(upload.code)
    told = {"replaces": replaces, "rows_done": 0, "rows_total": 0}
    if not kept or not move(upload, [ImportState.ROWS], ImportState.CONFIRMED, **told):
        raise Refused(_("This upload has expired. Choose the file again."))
    send_to_worker(upload)


def holds_nobody(upload: ExtractImport) -> bool:
    """Whether all contacts of the file lie outside the period."""
    summary = holding.kept_cells(upload.code).get("summary", {})
    return bool(summary.get("patients") == 0)


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
    """End what nobody confirmed within an hour; ask again for what was left waiting."""
    holding.drop_old_files()
    expire(ExtractImport, let_go=holding.let_go, ask_again=send_to_worker, mapping={})


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
