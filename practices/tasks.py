"""Jobs of practices and people."""

from celery import shared_task
from django.utils import timezone

from practices.retention import delete_expired
from practices.trail.partitions import open_months
from practices.trail.sealing import seal_events


@shared_task
def seal_trail() -> None:
    seal_events()


@shared_task
def open_trail_months() -> None:
    open_months()


@shared_task
def delete_what_is_due() -> None:
    """Each step that deletes says so in the trail; that is the report."""
    for _ in delete_expired(today=timezone.localdate()):
        pass
