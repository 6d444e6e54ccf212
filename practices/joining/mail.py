"""Mail about joining, from the table of what is on its way."""

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.urls import reverse
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from practices.joining.links import confirm_link
from practices.joining.texts import text_key
from practices.mailing.delivery import DELIVERY_FIELDS, hand_over
from practices.mailing.message import LANGUAGE, mail_message
from practices.models import Application, JoiningMail, Practice
from practices.states import JoiningMailKind
from practices.texts.services import mail_text


@transaction.atomic
def deliver(*, mail_id: int) -> JoiningMail | None:
    """Try to send it, unless another worker does or it went out; the mail as it stands then."""
    mail: JoiningMail | None = (
        JoiningMail.objects.waiting()
        .select_for_update(no_key=True, of=("self",), skip_locked=True)
        .select_related("application__cohort", "practice__cohort")
        .filter(pk=mail_id)
        .first()
    )
    if mail is None:
        return None
    hand_over(mail, _message(mail))
    mail.save(update_fields=DELIVERY_FIELDS)
    return mail


def _message(mail: JoiningMail) -> EmailMessage:
    kind = JoiningMailKind(mail.kind)
    with translation.override(LANGUAGE):
        values = {"naam": mail.name} | _about(mail, kind)
        subject, text = mail_text(text_key(kind), values)
    why = _("You get this because your practice asked to take part, or was asked to.")
    return mail_message(to=mail.email, subject=subject, text=text, why=why)


def _about(mail: JoiningMail, kind: JoiningMailKind) -> dict[str, str]:
    if mail.practice is not None:
        return _of_practice(mail.practice, kind)
    if mail.application is None:
        raise ValueError("a mail about joining is about a practice or an application")
    return _of_application(mail.application, kind)


def _of_application(application: Application, kind: JoiningMailKind) -> dict[str, str]:
    values = {"praktijk": application.practice_name, "reden": application.refusal}
    if kind is JoiningMailKind.CONFIRM:
        values["link"] = confirm_link(application)
    return values


def _of_practice(practice: Practice, kind: JoiningMailKind) -> dict[str, str]:
    cohort = practice.cohort
    enrol = kind is JoiningMailKind.REMIND_ENROL
    path = reverse("apply") if enrol else reverse("start_package", args=[practice.slug])
    return {
        "praktijk": practice.name,
        "lichting": cohort.name,
        "start": date_format(practice.start),
        "datum": date_format(cohort.enrol_before if enrol else cohort.request_before),
        "link": settings.SITE_URL + path,
    }
