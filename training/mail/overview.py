"""What became of the mail, for the coordinator: of one session, and what fails in the region."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from practices.models import DailyMail
from training.models import Session, SessionMail

SHOWN = 200
"""Of what fails: when a mail server is away everything does, and the latest tell enough."""


@dataclass(frozen=True, slots=True)
class Undelivered:
    """`failed` and `retried` hold mail of both tables, the latest first; `count` is of all that
    failed, shown or not."""

    failed: Sequence[SessionMail | DailyMail]
    retried: Sequence[SessionMail | DailyMail]
    count: int


def mails_of(session: Session) -> list[SessionMail]:
    """The latest first; one query."""
    found = SessionMail.objects.filter(enrolment__session=session)
    return list(found.select_related("enrolment__person", "together_with").order_by("-pk"))


def undelivered(now: datetime) -> Undelivered:
    about_sessions = SessionMail.objects.select_related(
        "enrolment__person", "enrolment__session", "enrolment__practice", "together_with"
    )
    daily = DailyMail.objects.select_related("user__person")
    failed = [*about_sessions.failed(now)[:SHOWN], *daily.failed(now)[:SHOWN]]
    retried = [
        *about_sessions.tried_in_vain().order_by("-pk")[:SHOWN],
        *daily.tried_in_vain().order_by("-pk")[:SHOWN],
    ]
    return Undelivered(failed=failed, retried=retried, count=failed_count(now))


def failed_count(now: datetime) -> int:
    """How many mails of the past month could not be sent; two queries."""
    return sum(model.objects.failed(now).count() for model in (SessionMail, DailyMail))
