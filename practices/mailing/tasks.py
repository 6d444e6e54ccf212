"""The daily mail: written down every working day, sent as the mail server takes it."""

from celery import shared_task
from django.utils import timezone

from practices.mailing import daily
from practices.models import DailyMail
from practices.states import MailTrouble


@shared_task
def write_daily_mail() -> None:
    daily.write_daily(timezone.now())


@shared_task
def send_daily_mail() -> None:
    """A mail server that is away is left alone until the next time."""
    waiting = DailyMail.objects.to_send(timezone.now())
    for mail_id in list(waiting.values_list("pk", flat=True)):
        mail = daily.deliver(mail_id=mail_id)
        if mail is not None and mail.trouble == MailTrouble.UNREACHABLE:
            return
