"""The document with an example: looked at by a worker, within a limit, and never twice the same."""

import signal
from datetime import timedelta
from io import BytesIO

import pytest
from celery.exceptions import SoftTimeLimitExceeded
from django.utils import timezone
from PIL import Image

from interventions.examples import documents, tasks
from interventions.examples.documents import MOST_ATTEMPTS
from interventions.examples.states import DocumentState, ExampleKind, ExampleState
from interventions.models import Example, ExampleDocument
from mtvp.celery import app
from practices.received.copies import MOST_OBJECTS
from practices.received.kinds import MAX_BYTES, kind_of
from practices.states import FileKind
from tests import factories
from tests.workers import wait_for, worker

pytestmark = pytest.mark.django_db


def an_example() -> Example:
    practice = factories.practice()
    return Example.objects.create(
        kind=ExampleKind.STORY,
        title="Eerst bellen",
        body="Dat hielp.",
        practice=practice,
        offered_by=factories.staff_user(practice),
        state=ExampleState.OFFERED,
    )


def png(colour: str = "#336699") -> bytes:
    made = BytesIO()
    Image.new("RGB", (4, 4), colour).save(made, "PNG")
    return made.getvalue()


def references(numbers: range) -> bytes:
    return b" ".join(b"%d 0 R" % number for number in numbers)


def busy_pdf(objects: int, more: bytes = b"") -> bytes:
    """One page, and very many small objects that hang on the root by lists of 200."""
    lists = range(4, 4 + objects // 200)
    small = [range(start, start + 200) for start in range(lists.stop, lists.stop + objects, 200)]
    bodies = [
        b"<</Type/Catalog/Pages 2 0 R/A[" + references(lists) + b"]" + more + b">>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>",
        *(b"[" + references(some) + b"]" for some in small),
        *([b"<</B 0>>"] * objects),
    ]
    made, places = bytearray(b"%PDF-1.7\n"), []
    for number, body in enumerate(bodies, 1):
        places.append(b"%010d 00000 n \n" % len(made))
        made += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    total = len(bodies) + 1
    end = b"trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (total, len(made))
    return bytes(made + b"xref\n0 %d\n0000000000 65535 f \n" % total + b"".join(places) + end)


def kept(content: bytes, **other: object) -> ExampleDocument:
    example = an_example()
    documents.keep(example, content)
    ExampleDocument.objects.filter(example=example).update(**other)
    return ExampleDocument.objects.get(example=example)


def outcome(document: ExampleDocument) -> tuple[str, int]:
    document.refresh_from_db()
    return document.state, len(document.content)


def test_a_worker_puts_a_harmless_copy_in_its_place() -> None:
    told = png()[:-12] + b"\x00\x00\x00\x06tEXtA\x00mens\x00\x00\x00\x00" + png()[-12:]
    document = kept(told)
    assert document.content == told
    tasks.look_at_document(document.pk)
    document.refresh_from_db()
    assert document.state == DocumentState.READY
    assert (b"mens" in told, b"mens" in document.content) == (True, False)
    assert (document.size, kind_of(document.content)) == (len(document.content), FileKind.PNG)


def test_it_is_looked_at_once() -> None:
    document = kept(png())
    tasks.look_at_document(document.pk)
    first = outcome(document)
    tasks.look_at_document(document.pk)
    assert (outcome(document), document.attempts) == (first, 1)


def test_a_pdf_made_to_keep_us_busy_is_refused_and_let_go() -> None:
    hostile = busy_pdf(MOST_OBJECTS + 1_000)
    assert len(hostile) < MAX_BYTES
    document = kept(hostile)
    tasks.look_at_document(document.pk)
    assert outcome(document) == (DocumentState.UNREADABLE, 0)


def test_what_takes_its_workers_down_is_refused_without_being_read() -> None:
    """Its content is fine: only the count of workers that died of it refuses it."""
    document = kept(png(), attempts=MOST_ATTEMPTS - 1)
    tasks.look_at_document(document.pk)
    assert outcome(document)[0] == DocumentState.READY
    document = kept(png(), attempts=MOST_ATTEMPTS)
    tasks.look_at_document(document.pk)
    assert outcome(document) == (DocumentState.UNREADABLE, 0)


def test_another_document_is_not_overwritten_by_the_copy_of_the_first() -> None:
    first = kept(png("#ffffff"))
    documents.keep(first.example, png("#000000"))
    tasks.look_at_document(first.pk)
    second = ExampleDocument.objects.get()
    assert (second.state, second.content) == (DocumentState.WAITING, png("#000000"))


def test_only_what_was_left_is_asked_again(
    django_capture_on_commit_callbacks: object,
) -> None:
    long_ago = timezone.now() - documents.LEFT_WAITING - timedelta(seconds=1)
    kept(png(), heard_at=long_ago)
    kept(png(), heard_at=long_ago, state=DocumentState.READY)
    kept(png())
    with django_capture_on_commit_callbacks() as asked:  # type: ignore[operator]
        tasks.look_at_left_documents()
    assert len(asked) == 1


def test_a_reader_that_swallows_the_warning_leaves_no_cut_off_copy(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The warning comes as the pool sends it: out of a signal, in the middle of reading."""
    monkeypatch.setattr(documents, "MOST_SECONDS", 0.2)
    warned: list[bool] = []

    def warn(number: int, frame: object) -> None:
        warned.append(True)
        raise SoftTimeLimitExceeded

    before = signal.signal(signal.SIGALRM, warn)
    document = kept(busy_pdf(200, more=b"/B[" + b"<</C 0>>" * 200_000 + b"]"))
    signal.setitimer(signal.ITIMER_REAL, 0.25)
    try:
        tasks.look_at_document(document.pk)
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
    assert (warned, *outcome(document)) == ([True], DocumentState.UNREADABLE, 0)


@pytest.mark.django_db(transaction=True)
def test_a_worker_stops_in_time() -> None:
    """With a real worker, for only its pool ends a task: after a second instead of half a minute.
    Its reader may swallow the first warning, so what counts is that it is killed, that the
    next task gets its turn, and that the file is not read for ever again."""
    limits = (tasks.look_at_document.soft_time_limit, tasks.look_at_document.time_limit)
    assert limits == (20, 30)
    app.control.purge()
    slow = ExampleDocument.objects.create(
        example=an_example(),
        kind=FileKind.PDF,
        content=busy_pdf(48_000),
        size=1,
        attempts=MOST_ATTEMPTS - 1,
    )
    tasks.look_at_document.apply_async([slow.pk], soft_time_limit=0.5, time_limit=1)
    documents.keep(an_example(), png())
    tasks.look_at_document.delay(slow.pk)
    with worker():
        wait_for(lambda: not ExampleDocument.objects.waiting().exists())
    assert outcome(slow) == (DocumentState.UNREADABLE, 0)
    assert ExampleDocument.objects.ready().count() == 1
