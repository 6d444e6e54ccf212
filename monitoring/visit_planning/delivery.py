"""Sending one message about a visit, unless it is overtaken."""

from django.db import transaction

from monitoring.models import AppointmentMail
from monitoring.visit_planning.messages import address_of, message_of, overtaken
from practices.mailing.delivery import DELIVERY_FIELDS, give_up, hand_over
from practices.states import MailTrouble


@transaction.atomic
def deliver(*, mail_id: int) -> AppointmentMail | None:
    """Try to send it, unless another worker does or it went out; the mail as it stands then."""
    waiting = AppointmentMail.objects.waiting().filter(pk=mail_id)
    mail: AppointmentMail | None = (
        waiting.select_for_update(no_key=True, of=("self",), skip_locked=True)
        .select_related("person__user", "appointment__practice", "appointment__consultant__person")
        .first()
    )
    if mail is None:
        return None
    address = address_of(mail)
    if overtaken(mail):
        give_up(mail, MailTrouble.OVERTAKEN)
    elif not address:
        give_up(mail, MailTrouble.NO_ADDRESS)
    else:
        hand_over(mail, message_of(mail, address))
    mail.save(update_fields=DELIVERY_FIELDS)
    return mail
