"""What became of the mail, for the coordinator: of one session, and what fails in the region."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from practices.mailing.tables import Row, Table, announced
from practices.models import JoiningMail, OutgoingMail, PersonalMail
from practices.querysets import OutgoingMailQuerySet
from practices.states import JoiningMailKind
from training.models import Session, SessionMail

SHOWN = 200
"""Of what fails: when a mail server is away everything does, and the latest tell enough."""


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
    sessions = _about_sessions()
    failed = [_of_session(mail) for mail in sessions.failed(now)[:SHOWN]]
    retried = [_of_session(mail) for mail in sessions.tried_in_vain().order_by("-pk")[:SHOWN]]
    for table in _others():
        found = table.mails()
        failed += [_line(table, mail) for mail in found.failed(now)[:SHOWN]]
        retried += [_line(table, mail) for mail in found.tried_in_vain().order_by("-pk")[:SHOWN]]
    return Undelivered(failed=failed, retried=retried, count=failed_count(now))


def failed_count(now: datetime) -> int:
    """How many mails of the past month could not be sent; one query."""
    first, *others = (found.order_by().values("pk") for found in failed_mails(now))
    return first.union(*others, all=True).count()


def failed_mails(now: datetime) -> list[OutgoingMailQuerySet]:
    """What could not be sent in the past month, a queryset per table."""
    tables = (_about_sessions(), *(table.mails() for table in _others()))
    return [found.failed(now) for found in tables]


def table_of(word: str) -> Table | None:
    """By its word in the address; of sessions there is another page."""
    return next((table for table in _others() if table.word == word), None)


def _about_sessions() -> OutgoingMailQuerySet:
    return SessionMail.objects.select_related("enrolment__person", "enrolment__session")


def _others() -> tuple[Table, ...]:
    return (
        Table("persoonlijk", PersonalMail, _personal_mails, _personal),
        Table("meedoen", JoiningMail, _joining_mails, _joining),
        *announced,
    )


def _personal_mails() -> OutgoingMailQuerySet:
    return PersonalMail.objects.select_related("user__person")


def _joining_mails() -> OutgoingMailQuerySet:
    """Whoever fills in the public form may type any address: that one is no concern of ours."""
    joining = JoiningMail.objects.exclude(kind=JoiningMailKind.CONFIRM)
    return joining.select_related("practice", "application")


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


def _line(table: Table, mail: OutgoingMail) -> Line:
    row = table.row(mail)
    again = reverse("other_mail_again", args=[table.word, mail.pk])
    return Line(mail, row.to, row.kind, row.about, again)


def _personal(mail: Any) -> Row:
    kind = _("Reminder") if mail.kind else _("Weekly mail")
    return Row(str(mail.user), kind, date_format(mail.day))


def _joining(mail: Any) -> Row:
    practice = mail.practice.name if mail.practice else mail.application.practice_name
    return Row(mail.name, mail.get_kind_display(), practice)
