"""Jobs of the yearly report; each takes a code, looks again and calls on."""

from datetime import timedelta

from celery import shared_task
from django.utils import timezone

from monitoring.models import Report, ReportBuild
from monitoring.report.making import make
from monitoring.report.services import request_build
from monitoring.states import BuildState
from practices.models import Insurer

LEFT_FOR = timedelta(minutes=2)
"""A build without a sign of life for this long is sent again; a living worker keeps it."""


@shared_task
def make_report(code: str) -> None:
    make(code)


@shared_task
def recover_builds() -> None:
    """Send builds again that were lost with a worker or a broker."""
    silent_since = timezone.now() - LEFT_FOR
    waiting = ReportBuild.objects.filter(
        state=BuildState.QUEUED, created_at__lt=silent_since
    ) | ReportBuild.objects.filter(state=BuildState.RUNNING, heartbeat_at__lt=silent_since)
    for code in waiting.values_list("code", flat=True):
        make_report.delay(code)


@shared_task
def prepare_drafts() -> None:
    """In January: a draft of last year for every insurer with patients in it, once. Without the
    appendix: that is somebody's choice. One that was asked or made already is left alone."""
    year = timezone.localdate().year - 1
    insurers = Insurer.objects.filter(panel__quarter__startswith=f"{year}Q").distinct()
    for insurer in insurers.order_by("pk"):
        known = any(
            model.objects.filter(year=year, insurer=insurer, appendix=False).exists()
            for model in (Report, ReportBuild)
        )
        if not known:
            request_build(year=year, insurer=insurer, appendix=False, actor=None)
