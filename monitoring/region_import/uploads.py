"""Spreadsheets as the coordinator acts on them: send, look, confirm, throw away.

The worker's steps in between are in `steps`; what every upload has in common, whatever it is of,
is in `practices.uploads`.
"""

from collections.abc import Mapping, Sequence

from monitoring.models import RegionUpload
from monitoring.region_import import holding
from monitoring.region_import.read import NamedFile
from practices.models import User
from practices.states import ImportState
from practices.uploads import OPEN, WORKING, expire, move, send


def start_upload(
    *,
    files: Sequence[NamedFile],
    actor: User,
    page: str = "import_region",
    called: Mapping[str, str] | None = None,
) -> RegionUpload:
    """Keep the files for an hour and let a worker look at what they would do. `page` is the name
    of the address to go back to; `called` how the person calls files that bear the name of their
    table here."""
    upload = RegionUpload(created_by=actor, page=page)
    holding.keep_files(upload.code, files)
    if called:
        holding.keep_names(upload.code, called)
    upload.save()
    send_to_worker(upload)
    return upload


def send_to_worker(upload: RegionUpload) -> None:
    """Ask a worker for the step that the upload waits for."""
    from monitoring.region_import import tasks

    storing = upload.state == ImportState.CONFIRMED
    send(upload, tasks.store_files if storing else tasks.read_files)


def confirm(*, upload: RegionUpload, seen: str) -> bool:
    """Let a worker store everything; says whether that was still possible.

    ``seen`` is the version of the figures that the person saw. Confirming twice stores once.
    """
    told = {"seen": seen, "rows_done": 0, "rows_total": 0}
    kept = holding.has_files(upload.code)
    if kept and move(upload, [ImportState.ROWS], ImportState.CONFIRMED, **told):
        send_to_worker(upload)
        return True
    upload.refresh_from_db(fields=["state"])
    return upload.state in (ImportState.CONFIRMED, ImportState.STORED)


def ask_again(*, upload: RegionUpload) -> bool:
    """Ask for the step it waits for, or else to have the files looked at anew: what is stored may
    have changed since. Says whether that was still possible."""
    if upload.state not in WORKING:
        looked_at = (ImportState.ROWS, ImportState.REFUSED)
        kept = holding.has_files(upload.code)
        told = {"rows_done": 0, "rows_total": 0}
        if not kept or not move(upload, looked_at, ImportState.UPLOADED, **told):
            return False
    send_to_worker(upload)
    return True


def cancel(*, upload: RegionUpload) -> bool:
    """Let the files go, nothing of them stored; says whether that was still possible."""
    ended = move(upload, [*OPEN, ImportState.REFUSED], ImportState.CANCELLED)
    if ended:
        holding.let_go(upload.code)
    return ended


def expire_uploads() -> None:
    """End what nobody confirmed within an hour; ask again for what was left waiting."""
    holding.drop_old_files()
    expire(RegionUpload, let_go=holding.let_go, ask_again=send_to_worker)
