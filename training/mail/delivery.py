"""Handing one message to the mail server, and remembering what came of it."""

import logging
from datetime import timedelta
from smtplib import SMTPException

from django.db import transaction
from django.utils import timezone, translation

from training.mail.messages import address_of, message_of, overtaken
from training.models import SessionMail

WAIT = timedelta(minutes=5)
MOST_ATTEMPTS = 24
"""Each try waits five minutes longer than the one before: about a day in all, then people look."""

logger = logging.getLogger(__name__)


@transaction.atomic
def deliver(*, mail_id: int) -> bool:
    """Whether it went out now. The row stays locked meanwhile, so no two workers send it."""
    waiting = SessionMail.objects.filter(pk=mail_id, sent_at=None, given_up_at=None)
    mail = (
        waiting.select_for_update(no_key=True, of=("self",), skip_locked=True)
        .select_related("enrolment__person__user", "enrolment__session")
        .first()
    )
    if mail is None:
        return False
    address = address_of(mail.enrolment.person)
    if overtaken(mail) or not address:
        mail.given_up_at = timezone.now()
    else:
        _try(mail, address)
    mail.save(update_fields=["attempts", "sent_at", "next_try_at", "given_up_at"])
    return mail.sent_at is not None


def _try(mail: SessionMail, address: str) -> None:
    mail.attempts += 1
    try:
        with translation.override("nl"):
            message_of(mail, address).send()
    except (OSError, SMTPException):
        logger.warning("mail %s of a session was not taken, attempt %s", mail.pk, mail.attempts)
        mail.next_try_at = timezone.now() + mail.attempts * WAIT
        if mail.attempts >= MOST_ATTEMPTS:
            mail.given_up_at = timezone.now()
    else:
        mail.sent_at = timezone.now()
