"""Reviewed data that comes with the product: the first menu of courses [1], the region's to edit.

The titles are content (Dutch). The intervision on Positive Health is an offer of the other
conversation: it counts for intervention 5, not 6.
"""

from typing import Any

from training.models import Course
from training.states import Level, SessionKind

MENU = (
    (SessionKind.TRIAGE, "Basistraining triage", Level.BEGINNER),
    (SessionKind.TRIAGE, "Triage en Positieve Gezondheid", Level.ADVANCED),
    (SessionKind.TRIAGE, "Omgaan met lastige of boze patiënten", Level.ADVANCED),
    (SessionKind.TRIAGE, "Zelfzorg stimuleren", Level.ADVANCED),
    (SessionKind.CONVERSATION, "Basistraining Positieve Gezondheid", Level.BEGINNER),
    (SessionKind.CONVERSATION, "Vervolgtraining Positieve Gezondheid", Level.ADVANCED),
    (SessionKind.CONVERSATION, "Intervisie Positieve Gezondheid", Level.ADVANCED),
    (SessionKind.CONVERSATION, "Coaching in de praktijk", ""),
)


def load(*, using: str, **_: Any) -> None:
    """Fill an empty menu; once there is one, it is the region's."""
    if using != "owner":
        return
    courses = Course.objects.using(using)
    if not courses.exists():
        courses.bulk_create(
            Course(kind=kind, title=title, level=level) for kind, title, level in MENU
        )
