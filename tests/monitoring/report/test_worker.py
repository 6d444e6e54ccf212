"""A real worker over real Valkey: from asking to files, killed half-way, two at once."""

import io
import json
import threading
import time
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from openpyxl import load_workbook
from pypdf import PdfReader

from monitoring.indicators import load as load_indicators
from monitoring.models import Report, ReportBuild
from monitoring.report import services
from monitoring.report.making import folder_of, lock_of, make
from monitoring.report.tasks import recover_builds
from monitoring.states import BuildState
from mtvp.celery import app
from practices import shipped
from practices.models import User
from practices.states import RegionRoleName
from tests import factories
from tests.monitoring.report.region import random_region, stored, with_list
from tests.workers import PATIENCE, kill, wait_for, worker

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def build() -> ReportBuild:
    load_indicators(using="owner")
    shipped.load(using="owner")
    stored(with_list(random_region(5)))
    actor: User = factories.region_user(RegionRoleName.COORDINATOR)
    app.control.purge()
    return services.request_build(
        year=2023, insurer=factories.insurer("VGZ"), appendix=True, actor=actor
    )


def until(build: ReportBuild, reached: Callable[[ReportBuild], bool]) -> None:
    def now() -> bool:
        build.refresh_from_db()
        return reached(build)

    wait_for(now, lambda: f"{build.state} at {build.step!r}")


def ended(build: ReportBuild) -> bool:
    return build.state not in (BuildState.QUEUED, BuildState.RUNNING)


def test_figures_are_equal_in_all_three_files(build: ReportBuild) -> None:
    with worker():
        until(build, ended)
    assert (build.state, build.error) == (BuildState.DONE, "")
    folder = folder_of(build.code)
    data = json.loads((folder / "mtvp-2023-vgz.json").read_bytes())
    book = load_workbook(io.BytesIO((folder / "mtvp-2023-vgz.xlsx").read_bytes()))
    pages = PdfReader(folder / "mtvp-2023-vgz.pdf").pages
    text = " ".join(" ".join(page.extract_text() for page in pages).split())
    sheets = [[[cell.value for cell in row] for row in sheet.rows] for sheet in book.worksheets]

    def row_of(wanted: list[Any]) -> bool:
        return any(row[1 : 1 + len(wanted)] == wanted for sheet in sheets for row in sheet)

    for one in data["obligations"]:
        assert row_of([one["met"], one["applicable"]])
        assert f" {one['met']} {one['applicable']} " in text
    for fee in data["regional_fee"]:
        if fee["patients"] is not None:
            assert row_of([fee["practices"], fee["patients"], float(fee["amount"])])
            dutch = f"{fee['patients']:,}".replace(",", ".")
            amount = f"{float(fee['amount']):,.2f}".translate(str.maketrans(",.", ".,"))
            assert f"{fee['quarter']} {fee['practices']} {dutch} € {amount}" in text
    for one in data["quality"]:
        assert row_of([one["number"], one["of"]])


def test_a_worker_killed_half_way_keeps_nothing_and_the_build_is_finished_later(
    build: ReportBuild,
) -> None:
    with worker() as process:
        until(build, lambda one: one.step == "pdf")
        kill(process)
    build.refresh_from_db()
    assert build.state == BuildState.RUNNING
    assert not Report.objects.exists()
    folder = folder_of(build.code)
    assert [path.name for path in folder.iterdir() if path.suffix] == []

    ReportBuild.objects.update(heartbeat_at="2024-01-01T12:00:00Z")
    recover_builds()
    with worker():
        until(build, ended)
    assert (build.state, build.attempts) == (BuildState.DONE, 2)
    assert len(list(folder.iterdir())) == 3
    assert Report.objects.count() == 1


def test_a_build_stopped_while_a_worker_is_on_it_leaves_no_files(build: ReportBuild) -> None:
    with worker():
        until(build, lambda one: one.step == "pdf")
        services.cancel_build(build=build, actor=build.created_by)
        deadline = time.monotonic() + PATIENCE
        while (folder_of(build.code) / ".unfinished").exists() and time.monotonic() < deadline:
            time.sleep(0.1)
    build.refresh_from_db()
    assert build.state == BuildState.CANCELLED
    assert list(folder_of(build.code).iterdir()) == []
    assert not Report.objects.exists()


def test_a_second_worker_leaves_a_build_alone_while_the_first_is_on_it(build: ReportBuild) -> None:
    taken, release = threading.Event(), threading.Event()

    def first_worker() -> None:
        with connection.cursor() as cursor:
            key = [lock_of(build)]
            cursor.execute("SELECT pg_advisory_lock(hashtextextended(%s, 0))", key)
            taken.set()
            release.wait(PATIENCE)
        connection.close()

    thread = threading.Thread(target=first_worker)
    thread.start()
    taken.wait(PATIENCE)
    make(build.code)
    build.refresh_from_db()
    assert build.state == BuildState.QUEUED
    release.set()
    thread.join()


def test_only_builds_without_a_sign_of_life_are_sent_again(build: ReportBuild) -> None:
    def waiting() -> int:
        with app.connection_for_read() as broker:
            size: int = broker.default_channel._size("celery")
            return size

    before = waiting()
    recover_builds()
    assert waiting() == before
    ReportBuild.objects.update(created_at="2024-01-01T12:00:00Z")
    recover_builds()
    assert waiting() == before + 1


def test_without_a_broker_a_build_waits(build: ReportBuild) -> None:
    url = app.conf.broker_url
    app.conf.broker_url = "redis://127.0.0.1:1/0"
    try:
        services.cancel_build(build=build, actor=build.created_by)
        services.retry_build(build=build, actor=build.created_by)
    finally:
        app.conf.broker_url = url
    build.refresh_from_db()
    assert build.state == BuildState.QUEUED
