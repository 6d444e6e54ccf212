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

LEARNED = {
    "Basistraining triage": "U leert de vraag van de patiënt helder te krijgen en de urgentie te "
    "bepalen.",
    "Triage en Positieve Gezondheid": "U leert aan de telefoon breder te vragen dan de klacht.",
    "Omgaan met lastige of boze patiënten": "U oefent met lastige gesprekken en met agressie aan "
    "de telefoon.",
    "Zelfzorg stimuleren": "U leert wanneer en hoe u zelfzorg kunt adviseren.",
    "Basistraining Positieve Gezondheid": "U leert het andere gesprek te voeren, met het "
    "spinnenweb als hulp.",
    "Vervolgtraining Positieve Gezondheid": "U verdiept wat u in de basistraining leerde, met "
    "eigen voorbeelden.",
    "Intervisie Positieve Gezondheid": "U bespreekt eigen gesprekken met collega's uit andere "
    "praktijken.",
    "Coaching in de praktijk": "Een coach kijkt mee in uw praktijk en geeft tips.",
}
IN_PRACTICE = frozenset({"Coaching in de praktijk"})


def load(*, using: str, **_: Any) -> None:
    """Fill an empty menu; once there is one, it is the region's."""
    if using != "owner":
        return
    courses = Course.objects.using(using)
    if not courses.exists():
        courses.bulk_create(
            Course(
                kind=kind,
                title=title,
                level=level,
                description=LEARNED[title],
                in_practice=title in IN_PRACTICE,
                position=position,
            )
            for position, (kind, title, level) in enumerate(MENU, start=1)
        )
