"""Sending one message about a session, or about several to one person, unless it is overtaken."""

from django.db import transaction

from practices.mailing.delivery import DELIVERY_FIELDS, give_up, hand_over
from practices.states import MailTrouble
from training.mail.messages import address_of, message_of
from training.mail.still import overtaken
from training.models import SessionMail


@transaction.atomic
def deliver(*, mail_id: int) -> SessionMail | None:
    """Try to send it, unless another worker does or it went out; the mail as it stands then.

    The row stays locked meanwhile, so no two workers send it. What goes together is locked by the
    first of it.
    """
    waiting = SessionMail.objects.waiting().filter(pk=mail_id, together_with=None)
    mail: SessionMail | None = (
        waiting.select_for_update(no_key=True, of=("self",), skip_locked=True)
        .select_related("enrolment__person__user", "enrolment__session")
        .first()
    )
    if mail is None:
        return None
    others = mail.others.select_related("enrolment__person__user", "enrolment__session")
    together = [mail, *others.order_by("enrolment__session__held_on", "pk")]
    _deliver(mail, [one for one in together if not overtaken(one)])
    for one in together:
        _share(mail, one)
    return mail


def _deliver(mail: SessionMail, still: list[SessionMail]) -> None:
    address = address_of(mail.enrolment.person)
    if not still:
        give_up(mail, MailTrouble.OVERTAKEN)
    elif not address:
        give_up(mail, MailTrouble.NO_ADDRESS)
    else:
        hand_over(mail, message_of(still, address))


def _share(first: SessionMail, mail: SessionMail) -> None:
    """What went together has one state; what was overtaken is not in it."""
    if mail is not first:
        if overtaken(mail):
            give_up(mail, MailTrouble.OVERTAKEN)
        else:
            for name in DELIVERY_FIELDS:
                setattr(mail, name, getattr(first, name))
    mail.save(update_fields=DELIVERY_FIELDS)
