"""The weekly job of the mail about what is due."""

from celery import shared_task
from django.utils import timezone

from highusers.followup.reminders import remind_all


@shared_task
def remind() -> None:
    remind_all(today=timezone.localdate())
