"""Sending one message about a visit, unless it is overtaken; and what became of them."""

from django.db import transaction
from django.utils.formats import date_format

from monitoring.models import AppointmentMail
from monitoring.visit_planning.messages import address_of, message_of, overtaken
from practices.mailing.delivery import DELIVERY_FIELDS, give_up, hand_over
from practices.mailing.tables import Row, Table
from practices.querysets import OutgoingMailQuerySet
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


def _mails() -> OutgoingMailQuerySet:
    whose = ("person", "appointment__practice", "appointment__consultant__person")
    return AppointmentMail.objects.select_related(*whose)


def _row(mail: AppointmentMail) -> Row:
    appointment = mail.appointment
    to = str(mail.person or appointment.consultant or "")
    about = f"{appointment.practice}, {date_format(appointment.held_on)}"
    return Row(to, mail.get_kind_display(), about)


MAILS = Table("bezoeken", AppointmentMail, _mails, _row)
