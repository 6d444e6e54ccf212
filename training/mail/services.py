"""Mail about sessions: written down in the transaction that causes it, sent once that stands.

The worker looks for what is to be sent every few seconds: enrolling waits for no broker, nothing is
lost with one, and what is undone was never there.
"""

from training.models import Enrolment, SessionMail
from training.states import MailKind


def post(enrolment: Enrolment, kind: MailKind) -> SessionMail:
    """Write a message down for the worker."""
    return SessionMail.objects.create(enrolment=enrolment, kind=kind)
