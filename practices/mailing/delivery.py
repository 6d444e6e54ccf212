"""Handing one message to the mail server, and noting what came of it."""

import logging
from datetime import timedelta
from smtplib import SMTPDataError, SMTPException, SMTPRecipientsRefused

from django.core.mail import EmailMessage
from django.utils import timezone

from practices.models import OutgoingMail
from practices.states import MailTrouble

WAIT = timedelta(minutes=5)
MOST_ATTEMPTS = 24
"""Each try waits five minutes longer than the one before: about a day in all, then people look."""

DELIVERY_FIELDS = ("attempts", "sent_at", "next_try_at", "given_up_at", "trouble")

_FOR_GOOD = 500
"""From this answer on, a mail server says that trying again makes no sense."""

logger = logging.getLogger(__name__)


def hand_over(mail: OutgoingMail, message: EmailMessage) -> None:
    """One try. The caller holds the lock on the row and saves `DELIVERY_FIELDS`."""
    mail.attempts += 1
    try:
        message.send()
    except (OSError, SMTPException, ValueError) as error:
        mail.trouble = _trouble(error)
        logger.warning(
            "%s %s was not taken, attempt %s: %s",
            mail._meta.label_lower,
            mail.pk,
            mail.attempts,
            mail.trouble,
        )
        mail.next_try_at = timezone.now() + mail.attempts * WAIT
        if mail.trouble == MailTrouble.REFUSED or mail.attempts >= MOST_ATTEMPTS:
            mail.given_up_at = timezone.now()
    else:
        mail.sent_at, mail.trouble = timezone.now(), ""


def give_up(mail: OutgoingMail, trouble: MailTrouble) -> None:
    mail.given_up_at, mail.trouble = timezone.now(), trouble


def _trouble(error: Exception) -> MailTrouble:
    """An address that cannot be one is a ValueError; a server that is busy says less than 500."""
    if isinstance(error, SMTPRecipientsRefused):
        codes = [code for code, _said in error.recipients.values()]
        refused = bool(codes) and min(codes) >= _FOR_GOOD
    elif isinstance(error, SMTPDataError):
        refused = error.smtp_code >= _FOR_GOOD
    else:
        refused = isinstance(error, ValueError) and not isinstance(error, OSError)
    return MailTrouble.REFUSED if refused else MailTrouble.UNREACHABLE
