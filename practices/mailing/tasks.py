"""The weekly mail and reminders: written down on their day, sent as the mail server takes them."""

from celery import shared_task
from django.utils import timezone

from practices.mailing import collecting
from practices.models import PersonalMail
from practices.states import MailTrouble


@shared_task
def write_weekly_mail() -> None:
    collecting.write_weekly(timezone.now())


@shared_task
def write_reminders() -> None:
    collecting.write_dated(timezone.now())


@shared_task
def send_personal_mail() -> None:
    """A mail server that is away is left alone until the next time."""
    waiting = PersonalMail.objects.to_send(timezone.now())
    for mail_id in list(waiting.values_list("pk", flat=True)):
        mail = collecting.deliver(mail_id=mail_id)
        if mail is not None and mail.trouble == MailTrouble.UNREACHABLE:
            return
