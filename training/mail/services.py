"""Mail about sessions: written down in the transaction that causes it, sent once that stands.

The worker looks for what is to be sent every few seconds: enrolling waits for no broker, nothing is
lost with one, and what is undone was never there.
"""

from practices.mailing import services as mailing
from practices.models import User
from training.mail.still import overtaken
from training.models import Enrolment, SessionMail
from training.states import MailKind


def post(enrolment: Enrolment, kind: MailKind) -> SessionMail:
    """Write a message down for the worker."""
    return SessionMail.objects.create(enrolment=enrolment, kind=kind)


def send_again(*, mail: SessionMail, actor: User) -> bool:
    """What went together goes together again; False when it is on its way, or nothing of it is
    still so."""
    first = mail.together_with or mail
    together = [first, *first.others.select_related("enrolment__session")]
    if all(overtaken(one) for one in together):
        return False
    return mailing.send_again(mail=first, actor=actor)
