"""The document with an example. The request keeps it as it came; a worker makes the harmless copy.

A file that was made to keep its reader busy keeps a worker busy, for half a minute at most, and no
page. The state names where a step may begin, so a task may come twice, too late, or after its
worker was lost.
"""

from datetime import timedelta
from time import monotonic

from celery.exceptions import SoftTimeLimitExceeded
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from interventions.examples.states import DocumentState
from interventions.models import Example, ExampleDocument
from practices.received.copies import ActsError, UnreadableError, harmless_copy
from practices.received.kinds import kind_of

MOST_SECONDS = 18
"""A copy takes a second; a file that takes this long was made to keep us busy."""

TOLD_AFTER = MOST_SECONDS + 2
"""Then the task is told to stop. pypdf may take that for a fault in the file and go on with what it
has, so a copy that took longer than `MOST_SECONDS` is never kept."""

KILLED_AFTER = TOLD_AFTER + 10

LEFT_WAITING = timedelta(minutes=2)
"""A document of which nothing was heard for this long has lost its worker."""

MOST_ATTEMPTS = 2
"""The first time, what ended the worker may have been a restart of ours."""


def keep(example: Example, document: bytes) -> None:
    """In place of the one there was. Raises `UnreadableError` for a kind that is not taken."""
    kind = kind_of(document)
    if kind is None:
        raise UnreadableError
    let_go(example)
    kept = ExampleDocument.objects.create(
        example=example, kind=kind, content=document, size=len(document)
    )
    _ask(kept.pk)


def let_go(example: Example) -> None:
    ExampleDocument.objects.filter(example=example).delete()


def look_at(*, document_id: int) -> None:
    """The worker's step: a harmless copy takes the place of what was handed in, or nothing does."""
    found = _taken_up(document_id)
    if found is None:
        return
    if found.attempts > MOST_ATTEMPTS:
        _refuse(found, DocumentState.UNREADABLE)
        return
    began = monotonic()
    try:
        copy = harmless_copy(found.content)
        if monotonic() - began > MOST_SECONDS:
            raise UnreadableError
    except ActsError:
        _refuse(found, DocumentState.ACTS)
    except (UnreadableError, SoftTimeLimitExceeded):
        _refuse(found, DocumentState.UNREADABLE)
    else:
        _leave(found, DocumentState.READY, copy)


def ask_again() -> None:
    """For what lost its worker, or found no broker."""
    silent_since = timezone.now() - LEFT_WAITING
    left = ExampleDocument.objects.waiting().filter(heard_at__lte=silent_since)
    for document_id in left.values_list("pk", flat=True):
        _ask(document_id)


def _ask(document_id: int) -> None:
    """Asking twice does no harm; without a broker it waits for `ask_again`."""
    from interventions.examples import tasks

    transaction.on_commit(lambda: tasks.look_at_document.delay(document_id), robust=True)


def _taken_up(document_id: int) -> ExampleDocument | None:
    """Counted before it is read: a worker that dies of it does not count any more."""
    waiting = ExampleDocument.objects.waiting().filter(pk=document_id)
    waiting.update(attempts=F("attempts") + 1, heard_at=timezone.now())
    return waiting.first()


def _refuse(document: ExampleDocument, why: DocumentState) -> None:
    _leave(document, why, b"")


def _leave(document: ExampleDocument, state: DocumentState, content: bytes) -> None:
    ExampleDocument.objects.waiting().filter(pk=document.pk).update(
        state=state, content=content, size=len(content)
    )
