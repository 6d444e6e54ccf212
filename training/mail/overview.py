"""What became of the mail, for the coordinator: of one session, and what fails in the region."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from practices.models import JoiningMail, OutgoingMail, PersonalMail
from practices.querysets import OutgoingMailQuerySet
from practices.states import JoiningMailKind
from training.models import Session, SessionMail

SHOWN = 200
"""Of what fails: when a mail server is away everything does, and the latest tell enough."""

OTHER_TABLES: dict[str, type[OutgoingMail]] = {"persoonlijk": PersonalMail, "meedoen": JoiningMail}
"""By their word in the address."""


@dataclass(frozen=True, slots=True)
class Line:
    """One message on the page; `session` is None where it is about none, `again` the address that
    sends it once more."""

    mail: OutgoingMail
    to: str
    kind: str
    about: str
    again: str
    session: int | None = None


@dataclass(frozen=True, slots=True)
class Undelivered:
    """The latest first in each table; `count` is of all that failed, shown or not."""

    failed: Sequence[Line]
    retried: Sequence[Line]
    count: int


def mails_of(session: Session) -> list[SessionMail]:
    """The latest first; one query."""
    found = SessionMail.objects.filter(enrolment__session=session)
    return list(found.select_related("enrolment__person", "together_with").order_by("-pk"))


def undelivered(now: datetime) -> Undelivered:
    failed: list[Line] = []
    retried: list[Line] = []
    for found, line in zip(_tables(), (_of_session, _personal, _joining), strict=True):
        failed += [line(mail) for mail in found.failed(now)[:SHOWN]]
        retried += [line(mail) for mail in found.tried_in_vain().order_by("-pk")[:SHOWN]]
    return Undelivered(failed=failed, retried=retried, count=failed_count(now))


def failed_count(now: datetime) -> int:
    """How many mails of the past month could not be sent; one query."""
    first, *others = (found.failed(now).order_by().values("pk") for found in _tables())
    return first.union(*others, all=True).count()


def _tables() -> tuple[OutgoingMailQuerySet, ...]:
    """Whoever fills in the public form may type any address: that one is no concern of ours."""
    about_sessions = SessionMail.objects.select_related("enrolment__person", "enrolment__session")
    joining = JoiningMail.objects.exclude(kind=JoiningMailKind.CONFIRM)
    return (
        about_sessions,
        PersonalMail.objects.select_related("user__person"),
        joining.select_related("practice", "application"),
    )


def _of_session(mail: Any) -> Line:
    session = mail.enrolment.session
    return Line(
        mail,
        to=mail.enrolment.person.name,
        kind=mail.get_kind_display(),
        about=f"{session.title}, {date_format(session.held_on)}",
        again=reverse("session_mail_again", args=[mail.pk]),
        session=session.pk,
    )


def _personal(mail: Any) -> Line:
    again = reverse("other_mail_again", args=["persoonlijk", mail.pk])
    return Line(
        mail,
        str(mail.user),
        _("Reminder") if mail.kind else _("Weekly mail"),
        date_format(mail.day),
        again,
    )


def _joining(mail: Any) -> Line:
    practice = mail.practice.name if mail.practice else mail.application.practice_name
    again = reverse("other_mail_again", args=["meedoen", mail.pk])
    return Line(mail, mail.name, mail.get_kind_display(), practice, again)
