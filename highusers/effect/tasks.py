"""Jobs of the region's comparison."""

from celery import shared_task

from highusers.effect import services

MOST_SECONDS = 3_600


@shared_task(soft_time_limit=MOST_SECONDS, time_limit=MOST_SECONDS + 15)
def compute(effect_id: int) -> None:
    services.compute_region_effect(effect_id=effect_id)


@shared_task
def compute_each_night() -> None:
    services.request_region_effect(actor=None)
