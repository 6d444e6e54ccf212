"""Sending what was written down."""

from celery import shared_task
from django.utils import timezone

from training.mail import delivery
from training.models import SessionMail


@shared_task
def send_waiting() -> None:
    """Whatever stands in the database by now; each message is looked at again and goes once."""
    waiting = SessionMail.objects.filter(
        sent_at=None, given_up_at=None, next_try_at__lte=timezone.now()
    )
    for mail_id in waiting.order_by("pk").values_list("pk", flat=True):
        delivery.deliver(mail_id=mail_id)
