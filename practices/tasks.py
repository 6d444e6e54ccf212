"""Jobs of practices and people."""

from celery import shared_task

from practices.trail.partitions import open_months
from practices.trail.sealing import seal_events


@shared_task
def seal_trail() -> None:
    seal_events()


@shared_task
def open_trail_months() -> None:
    open_months()
