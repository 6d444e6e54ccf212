"""Writing reminders down, and sending what was written down."""

from celery import shared_task
from django.utils import timezone

from practices.states import MailTrouble
from training.mail import delivery, reminders
from training.models import SessionMail


@shared_task
def send_waiting() -> None:
    """Whatever stands in the database by now; each message is looked at again and goes once. A mail
    server that is away is left alone until the next time."""
    waiting = SessionMail.objects.to_send(timezone.now()).filter(together_with=None)
    for mail_id in list(waiting.values_list("pk", flat=True)):
        mail = delivery.deliver(mail_id=mail_id)
        if mail is not None and mail.trouble == MailTrouble.UNREACHABLE:
            return


@shared_task
def remind() -> None:
    reminders.write_reminders(timezone.now())
