"""The making of a report by a worker: figures, files, store; one worker per report.

A lock of the database session says that a worker is alive on a report. It goes with the worker,
however that ends, so a build taken up by a lost worker is free at once.
"""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.utils import translation

from monitoring.models import ReportBuild
from monitoring.report import services
from monitoring.report.build import LANGUAGE, build_report
from monitoring.report.corrections import with_correction
from monitoring.report.files import write_files
from monitoring.report.value import Report, report_from_json
from monitoring.states import BuildState, ReportState
from mtvp.documents.pdf import PdfNotPossibleError

logger = logging.getLogger(__name__)


class CancelledError(Exception):
    """Somebody stopped the build."""


def folder_of(code: str) -> Path:
    """Where the files of a build lie."""
    return Path(settings.REPORT_DIR) / code


def make(code: str) -> None:
    """Make the report of a build, unless another worker is on that report or it is at an end.

    Ends in done, failed (with a named reason) or cancelled; never half-stored. What was asked of
    the same report meanwhile is made next: the worker that was sent for it found this one busy.
    """
    asked = ReportBuild.objects.get(code=code)
    with _only_worker(lock_of(asked)) as free:
        while free and (build := services.claim(code)):
            _tried(build)
            code = _waiting(asked) or code


def _waiting(asked: ReportBuild) -> str | None:
    """The next build of the same report."""
    waiting = ReportBuild.objects.filter(
        year=asked.year, insurer=asked.insurer_id, appendix=asked.appendix, state=BuildState.QUEUED
    )
    return waiting.values_list("code", flat=True).first()


def _tried(build: ReportBuild) -> None:
    try:
        _make(build)
    except CancelledError:
        return
    except PdfNotPossibleError:
        services.fail(code=build.code, error="pdf")
    except OSError as error:
        logger.exception("report %s: storage failed (%s)", build.code, error.strerror)
        services.fail(code=build.code, error="storage")
    except Exception:
        logger.exception("report %s failed", build.code)
        services.fail(code=build.code, error="unknown")


def _make(build: ReportBuild) -> None:
    def before(step: str) -> None:
        if not services.begin_step(build.code, step):
            raise CancelledError

    before("figures")
    value, is_draft = _value(build)
    write_files(value, folder_of(build.code), insurer=build.insurer, draft=is_draft, before=before)
    before("store")
    services.complete(code=build.code, value=value)


def _value(build: ReportBuild) -> tuple[Report, bool]:
    """What stands in the files, and whether it is a draft: a final version as it was frozen."""
    stored = services.stored_report(build)
    if stored is not None and stored.state == ReportState.FINAL:
        return report_from_json(stored.value), False
    value = build_report(year=build.year, insurer=build.insurer, appendix=build.appendix)
    if stored is not None:
        with translation.override(LANGUAGE):
            value = with_correction(value, stored)
    return value, True


def lock_of(build: ReportBuild) -> str:
    """What a worker locks: one report, whichever build of it."""
    return f"report {build.year} {build.insurer_id} {build.appendix}"


@contextmanager
def _only_worker(name: str) -> Iterator[bool]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(hashtextextended(%s, 0))", [name])
        free: bool = cursor.fetchone()[0]
        try:
            yield free
        finally:
            if free:
                cursor.execute("SELECT pg_advisory_unlock(hashtextextended(%s, 0))", [name])
