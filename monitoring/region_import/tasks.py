"""Jobs of the region import."""

from celery import shared_task

from monitoring.region_import.holding import drop_expired


@shared_task
def expire_held_files() -> None:
    drop_expired()
