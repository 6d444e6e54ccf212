"""How full a session is: counted each time, never stored."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Max, Q

from training.models import Enrolment, Session
from training.states import EnrolmentState

SELF_RUNNING_UNTIL = timedelta(hours=48)
"""Up to this long before the start the queue moves up by itself and a promoted person may decline
by the link; after that the coordinator decides."""


@dataclass(frozen=True, slots=True)
class Places:
    """`limit` is None where as many can come as like; `last_turn` is the last one given out."""

    limit: int | None
    confirmed: int
    waiting: int
    last_turn: int

    @property
    def free(self) -> int | None:
        return None if self.limit is None else max(0, self.limit - self.confirmed)

    @property
    def full(self) -> bool:
        """No place is free, or somebody waits: who comes now joins the queue."""
        return self.free == 0 or self.waiting > 0


def places_of(session: Session) -> Places:
    """One query. Exact only while the caller holds the lock on the session."""
    counts = Enrolment.objects.filter(session=session).aggregate(
        confirmed=Count("pk", filter=Q(state=EnrolmentState.CONFIRMED)),
        waiting=Count("pk", filter=Q(state=EnrolmentState.WAITING)),
        last_turn=Max("turn", default=0),
    )
    return Places(session.places, **counts)


def runs_itself(session: Session, now: datetime) -> bool:
    return now < session.begins - SELF_RUNNING_UNTIL
