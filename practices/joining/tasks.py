"""Jobs of joining."""

from celery import shared_task
from django.utils import timezone

from practices.joining import mail
from practices.models import JoiningMail
from practices.states import MailTrouble


@shared_task
def send_waiting() -> None:
    """A mail server that is away is left alone until the next time."""
    waiting = JoiningMail.objects.to_send(timezone.now())
    for mail_id in list(waiting.values_list("pk", flat=True)):
        sent = mail.deliver(mail_id=mail_id)
        if sent is not None and sent.trouble == MailTrouble.UNREACHABLE:
            return
