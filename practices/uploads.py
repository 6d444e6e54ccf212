"""Uploads that a worker reads while a person waits and looks, whatever the files are about.

Every change of state is one statement that names the states it may come from, so a person, a
worker and the clock cannot undo each other. A task may come twice, too late, or after its worker
was lost: each step looks at the state first and leaves the next one only where it still stands.
"""

import time
from collections.abc import Callable, Collection
from datetime import timedelta
from typing import Any, TypeVar

from celery.exceptions import SoftTimeLimitExceeded
from django.db import connection, transaction
from django.db.models import F
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from practices.models import HeldUpload
from practices.states import ImportState

WORKING = (ImportState.UPLOADED, ImportState.PARSING, ImportState.CONFIRMED)
OPEN = (*WORKING, ImportState.COLUMNS, ImportState.ROWS)
LEFT_WAITING = timedelta(minutes=5)
"""A step of which nothing was heard for this long has lost its worker, and is asked again."""

PATIENCE = timedelta(seconds=30)
"""After this long a page that waits offers to ask again."""

MOST_SECONDS = 120
"""A file of a million rows takes a second; one that takes this long was made to keep us busy."""

KILLED_AFTER = MOST_SECONDS + 15
"""A task that reads a file is told to stop, and killed when it does not."""

MOST_ATTEMPTS = 5
"""A file that takes its worker down this often is not tried again."""

_TOLD_EVERY = 0.5

Upload = TypeVar("Upload", bound=HeldUpload)


class TriedTooOftenError(Exception):
    """Every worker that took up this step was lost."""


def move(
    upload: HeldUpload, before: Collection[ImportState], after: ImportState, **changes: Any
) -> bool:
    """Bring an upload to another state if it is still in one of those; says whether it was."""
    changes |= {"state": after, "heard_at": timezone.now(), "attempts": 0}
    moved = _all(type(upload)).filter(pk=upload.pk, state__in=before).update(**changes)
    if moved:
        for name, value in changes.items():
            setattr(upload, name, value)
    return bool(moved)


def leave(
    upload: HeldUpload,
    before: ImportState,
    after: ImportState,
    *,
    let_go: Callable[[str], None],
    **changes: Any,
) -> bool:
    """Go on to the next state; an upload that ended meanwhile leaves no file behind."""
    if move(upload, [before], after, **changes):
        return True
    upload.refresh_from_db(fields=["state"])
    if upload.state in (ImportState.CANCELLED, ImportState.EXPIRED, ImportState.STORED):
        let_go(upload.code)
    return False


def send(upload: HeldUpload, task: Any) -> None:
    """Ask a worker for the step that the upload waits for; asking twice does no harm.

    A broker that cannot be reached leaves the upload waiting, and the page offers to ask again.
    """
    language = translation.get_language() or "nl"

    def ask() -> None:
        task.delay(upload.pk, language)

    transaction.on_commit(ask, robust=True)


def taken_up(model: type[Upload], upload_id: int, state: ImportState) -> Upload | None:
    """The upload, when it still waits for this step. `TriedTooOftenError` when the workers that
    took it up before were all lost."""
    waiting = _all(model).filter(pk=upload_id, state=state, expires_at__gt=timezone.now())
    if not waiting.update(attempts=F("attempts") + 1, heard_at=timezone.now()):
        return None
    upload: Upload | None = waiting.first()
    if upload and upload.attempts > MOST_ATTEMPTS:
        raise TriedTooOftenError
    return upload


def run(
    step: Callable[..., None], give_up: Callable[..., None], upload_id: int, language: str
) -> None:
    """One step in the worker; whatever ends it, nobody is left waiting."""
    with translation.override(language):
        try:
            step(upload_id=upload_id)
        except (SoftTimeLimitExceeded, TriedTooOftenError):
            _let_go_of_statement()
            give_up(upload_id=upload_id, message=_too_long())
        except Exception:
            give_up(upload_id=upload_id, message=_went_wrong())
            raise


def teller(upload: HeldUpload) -> Callable[[int, int], None]:
    """Notes how many rows are done, and that the worker is alive, now and then."""
    told = 0.0

    def tell(done: int, total: int) -> None:
        nonlocal told
        if time.monotonic() - told > _TOLD_EVERY:
            told = time.monotonic()
            _all(type(upload)).filter(pk=upload.pk).update(
                rows_done=done, rows_total=total, heard_at=timezone.now()
            )

    return tell


def expire(
    model: type[Upload],
    *,
    let_go: Callable[[str], None],
    ask_again: Callable[[Upload], None],
    **changes: Any,
) -> None:
    """End every upload that nobody confirmed within an hour; ask again for what was left waiting.

    The broker gives a task of a lost worker back after an hour only: too late for an upload.
    """
    for upload in _all(model).filter(expires_at__lte=timezone.now(), state__in=OPEN):
        if move(upload, OPEN, ImportState.EXPIRED, **changes):
            let_go(upload.code)
    silent_since = timezone.now() - LEFT_WAITING
    for upload in _all(model).filter(state__in=WORKING, heard_at__lte=silent_since):
        ask_again(upload)


def waiting_context(upload: HeldUpload) -> dict[str, Any]:
    """What a page that waits shows (`partials/upload_waiting.html`)."""
    waiting = upload.state in WORKING
    return {
        "upload": upload,
        "waiting": waiting,
        "slow": waiting and timezone.now() - upload.heard_at > PATIENCE,
        "percent": 100 * upload.rows_done // upload.rows_total if upload.rows_total else 0,
    }


def _all(model: type[Upload]) -> Any:
    return model._default_manager.all()


def _let_go_of_statement() -> None:
    """The limit may come while the database is at work: that connection takes no more."""
    if not connection.in_atomic_block:
        connection.close()


def _went_wrong() -> str:
    return _("Something went wrong on our side. Nothing was stored.")


def _too_long() -> str:
    return _("Reading took too long. Choose a file with fewer rows.")
