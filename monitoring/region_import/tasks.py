"""Jobs of the region import: they take ids, look again at the state, and call a step."""

from celery import shared_task

from monitoring.region_import import steps, uploads
from practices.uploads import KILLED_AFTER, MOST_SECONDS, run


@shared_task(soft_time_limit=MOST_SECONDS, time_limit=KILLED_AFTER)
def read_files(upload_id: int, language: str) -> None:
    run(steps.read, steps.give_up, upload_id, language)


@shared_task(soft_time_limit=MOST_SECONDS, time_limit=KILLED_AFTER)
def store_files(upload_id: int, language: str) -> None:
    run(steps.store, steps.give_up, upload_id, language)


@shared_task
def expire_uploads() -> None:
    uploads.expire_uploads()
