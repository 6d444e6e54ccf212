"""Jobs of the uploads: they take ids, look again at the state, and call a service."""

from collections.abc import Callable

from celery import shared_task
from celery.exceptions import SoftTimeLimitExceeded
from django.utils import translation
from django.utils.translation import gettext as _

from highusers.imports.refusal import Refused
from highusers.uploads import services, steps

MOST_SECONDS = 120
"""A file of a million rows takes a second; one that takes this long was made to keep us busy."""


@shared_task(soft_time_limit=MOST_SECONDS, time_limit=MOST_SECONDS + 15)
def look_at_columns(upload_id: int, language: str) -> None:
    _run(steps.look_at_columns, upload_id, language)


@shared_task(soft_time_limit=MOST_SECONDS, time_limit=MOST_SECONDS + 15)
def read_rows(upload_id: int, language: str) -> None:
    _run(steps.read_rows, upload_id, language)


@shared_task(soft_time_limit=MOST_SECONDS, time_limit=MOST_SECONDS + 15)
def store_upload(upload_id: int, language: str) -> None:
    _run(steps.store, upload_id, language)


@shared_task
def expire_uploads() -> None:
    services.expire_uploads()


def _run(step: Callable[..., None], upload_id: int, language: str) -> None:
    """One step; whatever ends it, nobody is left waiting."""
    with translation.override(language):
        try:
            step(upload_id=upload_id)
        except SoftTimeLimitExceeded:
            steps.give_up(upload_id=upload_id, refused=Refused(_too_long()))
        except Exception:
            steps.give_up(upload_id=upload_id, refused=Refused(_went_wrong()))
            raise


def _went_wrong() -> str:
    return _("Something went wrong on our side while reading this file. Nothing was stored.")


def _too_long() -> str:
    return _("Reading this file took too long. Choose a smaller file or a shorter period.")
