"""Places in sessions to come go along with people who go on in another practice."""

from collections.abc import Collection

from practices.changes.registry import Follower, Move
from practices.models import Practice
from training.models import Enrolment
from training.states import LIVE


def go(move: Move) -> list[int]:
    """What is still to come is on the account of the new practice; what was, stays."""
    coming = Enrolment.objects.select_for_update(no_key=True, of=("self",)).filter(
        practice=move.source,
        person__in=move.people,
        state__in=LIVE,
        session__held_on__gte=move.day,
    )
    keys = list(coming.values_list("pk", flat=True))
    Enrolment.objects.filter(pk__in=keys).update(practice=move.to)
    return keys


def back(keys: Collection[int], practice: Practice) -> None:
    Enrolment.objects.filter(pk__in=keys).update(practice=practice)


ENROLMENTS = Follower("enrolments", go, back)
