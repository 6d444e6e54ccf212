"""The making of a report by a worker: figures, files, store; one worker per build.

A lock of the database session says that a worker is alive on a build. It goes with the worker,
however that ends, so a build taken up by a lost worker is free at once.
"""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.db import connection

from monitoring.models import ReportBuild
from monitoring.report import services
from monitoring.report.build import build_report
from monitoring.report.files import write_files
from mtvp.documents.pdf import PdfNotPossibleError

logger = logging.getLogger(__name__)


class CancelledError(Exception):
    """Somebody stopped the build."""


def folder_of(code: str) -> Path:
    """Where the files of a build lie."""
    return Path(settings.REPORT_DIR) / code


def make(code: str) -> None:
    """Make the report of a build, unless another worker is on it or it is at an end.

    Ends in done, failed (with a named reason) or cancelled; never half-stored. A build that was
    stopped and asked again meanwhile is begun anew: the worker that was sent for it found this one
    busy.
    """
    with _only_worker(code) as free:
        while free and (build := services.claim(code)):
            _tried(build)


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
    frozen = services.frozen_value(build.year, build.insurer, appendix=build.appendix)
    value = frozen or build_report(year=build.year, insurer=build.insurer, appendix=build.appendix)
    write_files(
        value, folder_of(build.code), insurer=build.insurer, draft=frozen is None, before=before
    )
    before("store")
    services.complete(code=build.code, value=value)


@contextmanager
def _only_worker(code: str) -> Iterator[bool]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(hashtextextended(%s, 0))", [f"report {code}"])
        free: bool = cursor.fetchone()[0]
        try:
            yield free
        finally:
            if free:
                cursor.execute(
                    "SELECT pg_advisory_unlock(hashtextextended(%s, 0))", [f"report {code}"]
                )
