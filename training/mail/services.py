"""Mail about sessions: written down with what causes it, sent after that stands, once."""

from django.db import transaction

from training.models import Enrolment, SessionMail
from training.states import MailKind


def post(enrolment: Enrolment, kind: MailKind) -> SessionMail:
    """Write a message down; the worker sends it when this transaction stands."""
    mail = SessionMail.objects.create(enrolment=enrolment, kind=kind)
    transaction.on_commit(lambda: _send_to_worker(mail.pk), robust=True)
    return mail


def _send_to_worker(mail_id: int) -> None:
    """Without a broker it is not lost: the beat looks for what was not sent."""
    from training.mail.tasks import send

    send.delay(mail_id)
