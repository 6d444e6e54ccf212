"""Making, stopping, trying again and freezing, without a worker: the job's own code."""

import hashlib
import json
import resource
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from monitoring.models import Report, ReportBuild
from monitoring.report import services
from monitoring.report.build import build_report
from monitoring.report.files import file_bytes
from monitoring.report.making import folder_of, make
from monitoring.report.value import report_from_json
from monitoring.states import BuildState, ReportState
from practices.models import AuditEvent, User
from practices.states import AuditAction, RegionRoleName
from tests import factories
from tests.monitoring.report.region import random_region, stored

pytestmark = pytest.mark.django_db


@pytest.fixture
def actor() -> User:
    return factories.region_user(RegionRoleName.COORDINATOR)


@pytest.fixture
def build(actor: User) -> ReportBuild:
    stored(random_region(5))
    return services.request_build(
        year=2023, insurer=factories.insurer("VGZ"), appendix=False, actor=actor
    )


def made(build: ReportBuild) -> ReportBuild:
    make(build.code)
    build.refresh_from_db()
    return build


def counted(build: ReportBuild) -> ReportBuild:
    """A build that is done as far as the database goes, without its files."""
    assert services.claim(build.code) is not None
    value = build_report(year=2023, insurer=build.insurer, appendix=False)
    services.complete(code=build.code, value=value)
    build.refresh_from_db()
    return build


@contextmanager
def small_disk(size: int) -> Iterator[None]:
    """Files of this process cannot outgrow `size`: writing fails half-way, as on a full disk."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def test_a_build_ends_with_three_files_and_a_draft(build: ReportBuild) -> None:
    made(build)

    assert (build.state, build.steps_done, build.error) == (BuildState.DONE, 5, "")
    names = ["mtvp-2023-vgz.json", "mtvp-2023-vgz.pdf", "mtvp-2023-vgz.xlsx"]
    assert sorted(path.name for path in folder_of(build.code).iterdir()) == names
    report = Report.objects.get()
    assert build.report == report
    assert report.state == ReportState.DRAFT
    content = (folder_of(build.code) / "mtvp-2023-vgz.json").read_bytes()
    assert report.sha256 == hashlib.sha256(content).hexdigest()
    assert report.value == json.loads(content)


def test_asking_is_on_record_with_the_choice_of_the_appendix(actor: User) -> None:
    insurer = factories.insurer("CZ")
    build = services.request_build(year=2023, insurer=insurer, appendix=True, actor=actor)
    event = AuditEvent.objects.get(action=AuditAction.CREATE, object_id=str(build.pk))
    assert event.actor == actor
    assert event.detail == {"year": 2023, "insurer": "CZ", "appendix": True}


def test_storage_that_fails_in_the_middle_of_the_pdf_keeps_nothing(build: ReportBuild) -> None:
    with small_disk(20_000):
        made(build)

    assert (build.state, build.error) == (BuildState.FAILED, "storage")
    assert list(folder_of(build.code).iterdir()) == []
    assert not Report.objects.exists()


def test_a_folder_that_cannot_be_made_is_named_as_storage(
    build: ReportBuild, settings: Any, tmp_path: Path
) -> None:
    (tmp_path / "a file").write_text("no folder")
    settings.REPORT_DIR = tmp_path / "a file" / "reports"
    assert (made(build).state, build.error) == (BuildState.FAILED, "storage")


def test_missing_fonts_are_named(build: ReportBuild, settings: Any, tmp_path: Path) -> None:
    settings.BASE_DIR = tmp_path
    assert (made(build).state, build.error) == (BuildState.FAILED, "pdf")


def test_a_failed_build_can_be_tried_again(build: ReportBuild, actor: User) -> None:
    with small_disk(20_000):
        made(build)
    services.retry_build(build=build, actor=actor)
    assert made(build).state == BuildState.DONE
    assert build.error == ""


def test_a_cancelled_build_is_not_made(build: ReportBuild, actor: User) -> None:
    services.cancel_build(build=build, actor=actor)
    assert made(build).state == BuildState.CANCELLED
    assert not folder_of(build.code).exists()
    with pytest.raises(services.NotPossibleError):
        services.cancel_build(build=build, actor=actor)


def test_a_build_cancelled_while_it_is_made_stops_before_its_next_step(
    build: ReportBuild, actor: User
) -> None:
    claimed = services.claim(build.code)
    assert claimed is not None
    assert services.begin_step(build.code, "figures")
    services.cancel_build(build=build, actor=actor)
    assert not services.begin_step(build.code, "pdf")
    make(build.code)
    build.refresh_from_db()
    assert build.state == BuildState.CANCELLED


def test_a_build_stopped_and_asked_again_while_it_is_made_is_made_by_the_same_worker(
    build: ReportBuild, actor: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The worker sent for the second time finds the first still busy, and leaves."""
    begin_step, begun = services.begin_step, []

    def stopped_and_asked_again_once(code: str, step: str) -> bool:
        if not begun:
            services.cancel_build(build=build, actor=actor)
            services.retry_build(build=build, actor=actor)
        begun.append(step)
        return begin_step(code, step)

    monkeypatch.setattr(services, "begin_step", stopped_and_asked_again_once)
    assert made(build).state == BuildState.DONE
    assert begun == ["figures", *services.STEPS]


def test_what_is_done_cannot_be_tried_again_or_stopped(build: ReportBuild, actor: User) -> None:
    counted(build)
    for service in (services.retry_build, services.cancel_build):
        with pytest.raises(services.NotPossibleError):
            service(build=build, actor=actor)


def test_a_build_left_by_lost_workers_is_given_up_after_three_attempts(build: ReportBuild) -> None:
    for _ in range(services.MOST_ATTEMPTS):
        assert services.claim(build.code) is not None
    assert (made(build).state, build.error) == (BuildState.FAILED, "interrupted")


def test_a_final_report_is_frozen_and_made_twice_gives_equal_files(
    build: ReportBuild, actor: User
) -> None:
    report = counted(build).report
    assert report is not None
    before = report.sha256
    first = services.make_final(report=report, actor=actor)
    assert factories.practice().start.year == 2023
    second = services.request_build(year=2023, insurer=build.insurer, appendix=False, actor=actor)

    assert (made(first).state, made(second).state) == (BuildState.DONE, BuildState.DONE)
    report.refresh_from_db()
    assert (report.state, report.sha256, report.final_by) == (ReportState.FINAL, before, actor)
    for kind in ("json", "xlsx", "pdf"):
        name = f"mtvp-2023-vgz.{kind}"
        one, other = (folder_of(done.code) / name for done in (first, second))
        assert one.read_bytes() == other.read_bytes(), kind
    content = (folder_of(first.code) / "mtvp-2023-vgz.json").read_bytes()
    assert hashlib.sha256(content).hexdigest() == before
    with pytest.raises(services.NotPossibleError):
        services.make_final(report=report, actor=actor)


def test_a_build_that_was_under_way_changes_no_final_report(
    build: ReportBuild, actor: User
) -> None:
    report = counted(build).report
    assert report is not None
    slow = services.request_build(year=2023, insurer=build.insurer, appendix=False, actor=actor)
    assert services.claim(slow.code) is not None
    before = report.sha256
    of_final = services.make_final(report=report, actor=actor)
    slow.refresh_from_db()
    assert (slow.state, of_final.state) == (BuildState.CANCELLED, BuildState.QUEUED)
    assert factories.practice().start.year == 2023
    later = build_report(year=2023, insurer=build.insurer, appendix=False)
    services.complete(code=slow.code, value=later)
    report.refresh_from_db()
    assert report.sha256 == before


def test_a_draft_that_was_tampered_with_cannot_be_made_final(
    build: ReportBuild, actor: User
) -> None:
    report = counted(build).report
    assert report is not None
    report.value = report.value | {"practices": 99}
    report.save()
    with pytest.raises(services.NotPossibleError):
        services.make_final(report=report, actor=actor)


def test_a_draft_is_counted_anew(build: ReportBuild, actor: User) -> None:
    counted(build)
    begun = Report.objects.get().value["practices"]
    factories.practice()
    counted(services.request_build(year=2023, insurer=build.insurer, appendix=False, actor=actor))
    assert Report.objects.get().value["practices"] == begun + 1


def test_draft_and_final_differ_in_one_word(build: ReportBuild) -> None:
    report = counted(build).report
    assert report is not None
    value = report_from_json(report.value)
    assert file_bytes(value, "json", draft=True) == file_bytes(value, "json", draft=False)
    assert file_bytes(value, "pdf", draft=True) != file_bytes(value, "pdf", draft=False)
