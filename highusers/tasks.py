"""Jobs of the uploads: they take ids, look again at the state, and call a service."""

from celery import shared_task

from highusers.uploads import services, steps
from practices.uploads import KILLED_AFTER, MOST_SECONDS, run


@shared_task(soft_time_limit=MOST_SECONDS, time_limit=KILLED_AFTER)
def look_at_columns(upload_id: int, language: str) -> None:
    run(steps.look_at_columns, steps.give_up, upload_id, language)


@shared_task(soft_time_limit=MOST_SECONDS, time_limit=KILLED_AFTER)
def read_rows(upload_id: int, language: str) -> None:
    run(steps.read_rows, steps.give_up, upload_id, language)


@shared_task(soft_time_limit=MOST_SECONDS, time_limit=KILLED_AFTER)
def store_upload(upload_id: int, language: str) -> None:
    run(steps.store, steps.give_up, upload_id, language)


@shared_task
def expire_uploads() -> None:
    services.expire_uploads()
