"""Who comes and who waits, for the coordinator."""

from dataclasses import dataclass

from django.db.models import Prefetch

from training.models import Enrolment, Session, SessionMail
from training.states import EnrolmentState


@dataclass(frozen=True, slots=True)
class Participants:
    """`queue` in its order; `ended` are those who are no longer enrolled."""

    confirmed: tuple[Enrolment, ...]
    queue: tuple[Enrolment, ...]
    ended: tuple[Enrolment, ...]


def participants(session: Session) -> Participants:
    """Two queries: enrolments with person and practice, and the mail that was to tell them."""
    found = list(
        session.enrolments.select_related("person", "practice", "enrolled_by__person")
        .prefetch_related(Prefetch("mails", SessionMail.objects.order_by("pk")))
        .order_by("turn")
    )
    return Participants(
        confirmed=tuple(one for one in found if one.state == EnrolmentState.CONFIRMED),
        queue=tuple(one for one in found if one.state == EnrolmentState.WAITING),
        ended=tuple(one for one in found if not one.is_live),
    )


def clashes(session: Session) -> list[str]:
    """Names of people who have another session at the same time, as can be after a move."""
    people = session.enrolments.live().values("person")
    others = (
        Enrolment.objects.live()
        .filter(
            person__in=people, session__held_on=session.held_on, session__cancelled_at__isnull=True
        )
        .exclude(session=session)
        .select_related("person", "session")
    )
    return sorted({one.person.name for one in others if one.session.overlaps(session)})
