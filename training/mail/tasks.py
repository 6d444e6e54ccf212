"""Sending what was written down: takes an id, looks again, sends once."""

from datetime import timedelta

from celery import shared_task
from django.utils import timezone

from training.mail import delivery
from training.models import SessionMail

LEFT_FOR = timedelta(minutes=5)


@shared_task
def send(mail_id: int) -> None:
    delivery.deliver(mail_id=mail_id)


@shared_task
def send_what_is_left() -> None:
    """What a broker or a mail server would not take at the time."""
    before = timezone.now() - LEFT_FOR
    left = SessionMail.objects.filter(sent_at=None, given_up_at=None, created_at__lt=before)
    for mail_id in left.values_list("pk", flat=True):
        delivery.deliver(mail_id=mail_id)
