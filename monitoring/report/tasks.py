"""Jobs of the yearly report; each takes a code, looks again and calls on."""

from datetime import timedelta

from celery import shared_task
from django.utils import timezone

from monitoring.models import ReportBuild
from monitoring.report.making import make
from monitoring.states import BuildState

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
