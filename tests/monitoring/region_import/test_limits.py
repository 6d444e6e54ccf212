"""What would keep the worker busy or fill its memory: size, unpacked size, rows, time, attempts."""

import io
import os
import signal
import struct
import time
import zipfile
from collections.abc import Iterator
from typing import Any

import openpyxl
import pytest
from celery.exceptions import SoftTimeLimitExceeded
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import translation

from highusers.imports import workbook
from monitoring.models import RegionUpload
from monitoring.region_import import holding, read, tasks, uploads
from monitoring.region_import.forms import UploadForm
from monitoring.region_import.read import read_tables
from practices.states import ImportState
from practices.uploads import MOST_ATTEMPTS
from tests import factories

pytestmark = pytest.mark.django_db

HEADER = "practice,date,time_out_discussed"
TEXT = f"{HEADER}\n01000001,2024-02-03,yes\n"


@pytest.fixture(autouse=True)
def in_english() -> Iterator[None]:
    with translation.override("en"):
        yield


def refusal(name: str, content: bytes) -> str:
    tables, findings = read_tables([(name, content)])
    assert tables == []
    (error,) = findings.errors
    return error.message


def zipped(name: str, content: bytes, *, stated: int | None = None) -> bytes:
    """A zip with one file; `stated` is the size that it says of it."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    if stated is None:
        return target.getvalue()
    return target.getvalue().replace(struct.pack("<I", len(content)), struct.pack("<I", stated))


def sheet_with(**cells: object) -> bytes:
    book = openpyxl.Workbook()
    for address, value in cells.items():
        book.active[address] = value
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def test_files_are_weighed_together_before_they_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("monitoring.region_import.forms.MAX_BYTES", 10)
    sent = [SimpleUploadedFile(name, b"123456") for name in ("visits.csv", "staff.csv")]
    alone, both = (UploadForm({}, {"spreadsheets": files}) for files in (sent[:1], sent))
    assert alone.is_valid()
    assert not both.is_valid()


def test_a_large_file_out_of_a_folder_is_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(read, "MAX_BYTES", 10)
    assert "64 MB" in refusal("visits.csv", TEXT.encode())


@pytest.mark.parametrize("stated", [None, 10])
def test_a_zip_is_unpacked_no_further_than_the_limit(
    stated: int | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(read, "MAX_UNPACKED_BYTES", 3_000_000)
    bomb = zipped("visits.csv", bytes(50_000_000), stated=stated)
    with zipfile.ZipFile(io.BytesIO(bomb)) as archive:
        assert sum(entry.file_size for entry in archive.infolist()) == (stated or 50_000_000)
    assert "too large once it is unpacked" in refusal("regio.zip", bomb)


def test_one_file_out_of_a_zip_is_no_larger_than_one_that_is_sent(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(read, "MAX_BYTES", 3_000_000)
    bomb = zipped("visits.csv", bytes(50_000_000))
    assert "too large once it is unpacked" in refusal("regio.zip", bomb)


def test_a_workbook_that_lies_about_its_size_is_measured(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook, "MAX_UNPACKED_BYTES", 3_000_000)
    bomb = zipped("xl/worksheets/sheet1.xml", bytes(50_000_000), stated=10)
    assert "too large once it is unpacked" in refusal("visits.xlsx", bomb)


@pytest.mark.parametrize("corner", ["XFD1048576", "Z99999"])
def test_two_far_corners_are_not_laid_out_in_memory(
    corner: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(read, "MOST_CELLS", 1_000_000)
    assert "too large once it is unpacked" in refusal(
        "visits.xlsx", sheet_with(A1="practice", **{corner: 1})
    )


def test_rows_are_counted_over_all_files_together(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(read, "MOST_ROWS", 3)
    rows = "01000001,2024-02-03,yes\n" * 2
    two = ("visits.csv", f"{HEADER}\n{rows}".encode())
    both = [two, ("schedules.csv", b"practice,pattern\n1,a\n2,b\n")]
    tables, findings = read_tables(both)
    assert [table.file for table in tables] == ["visits.csv"]
    (error,) = findings.errors
    assert (error.file, "more than 3 rows" in error.message) == ("schedules.csv", True)
    tables, findings = read_tables([two, ("schedules.csv", b"practice,pattern\n1,a\n\n\n")])
    assert (len(tables), findings.errors) == (2, [])


def test_a_row_is_no_wider_than_a_table_can_be() -> None:
    assert "more than 100 columns" in refusal("visits.csv", f"{HEADER}\n{'x,' * 200}".encode())
    tables, _findings = read_tables([("visits.csv", f"{HEADER}\n1{',' * 200}".encode())])
    assert len(tables[0].rows) == 1


def test_a_file_of_blank_lines_takes_no_memory_per_line() -> None:
    assert refusal("visits.csv", b",\n" * 2_000_000) == "This file is empty."


@pytest.fixture
def upload() -> RegionUpload:
    actor = factories.region_user("coordinator")
    return uploads.start_upload(files=[("visits.csv", TEXT.encode())], actor=actor)


@pytest.fixture
def endless_upload(upload: RegionUpload) -> RegionUpload:
    """Its file is a pipe that nobody writes to: reading it never ends by itself."""
    (held,) = (settings.PRIVATE_DIR / "region").iterdir()
    held.unlink()
    os.mkfifo(held)
    return upload


@pytest.fixture
def limit() -> Iterator[None]:
    """As Celery does it in its worker: a signal that raises in the task."""

    def end(*_: object) -> None:
        raise SoftTimeLimitExceeded

    before = signal.signal(signal.SIGALRM, end)
    signal.setitimer(signal.ITIMER_REAL, 0.2)
    yield
    signal.setitimer(signal.ITIMER_REAL, 0)
    signal.signal(signal.SIGALRM, before)


STEPS = [
    (tasks.read_files, ImportState.UPLOADED),
    (tasks.store_files, ImportState.CONFIRMED),
]


@pytest.mark.parametrize(("task", "state"), STEPS)
def test_reading_ends_at_the_limit_and_says_so(
    task: Any, state: ImportState, endless_upload: RegionUpload, limit: None
) -> None:
    RegionUpload.objects.update(state=state)
    began = time.monotonic()
    task(endless_upload.pk, "en")
    assert time.monotonic() - began < 5
    endless_upload.refresh_from_db()
    assert endless_upload.state == ImportState.REFUSED
    told = holding.kept_outcome(endless_upload.code)["refusal"]
    assert told.startswith("Reading took too long.")


@pytest.mark.parametrize(("task", "state"), STEPS)
def test_a_file_that_takes_its_workers_down_is_not_tried_for_ever(
    task: Any, state: ImportState, upload: RegionUpload, monkeypatch: pytest.MonkeyPatch
) -> None:
    RegionUpload.objects.update(state=state)

    def killed(code: str) -> None:
        raise SystemExit

    monkeypatch.setattr(holding, "kept_files", killed)
    for _worker in range(MOST_ATTEMPTS):
        with pytest.raises(SystemExit):
            task(upload.pk, "en")
        upload.refresh_from_db()
        assert upload.state == state
    task(upload.pk, "en")
    upload.refresh_from_db()
    assert (upload.state, upload.attempts) == (ImportState.REFUSED, 0)


@pytest.mark.parametrize("task", [tasks.read_files, tasks.store_files])
def test_the_worker_is_told_the_limit(task: Any) -> None:
    assert task.soft_time_limit < task.time_limit <= 180
