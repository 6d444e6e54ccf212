"""Sending what was written down about visits."""

from celery import shared_task
from django.utils import timezone

from monitoring.models import AppointmentMail
from monitoring.visit_planning import delivery
from practices.states import MailTrouble


@shared_task
def send_visit_mail() -> None:
    """A mail server that is away is left alone until the next time."""
    waiting = AppointmentMail.objects.to_send(timezone.now())
    for mail_id in list(waiting.values_list("pk", flat=True)):
        mail = delivery.deliver(mail_id=mail_id)
        if mail is not None and mail.trouble == MailTrouble.UNREACHABLE:
            return
