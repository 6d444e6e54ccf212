"""The first questions for the discussion, per kind; content (Dutch), the region's to edit."""

from typing import Any

from training.models import DiscussionQuestion
from training.states import SessionKind

QUESTIONS = (
    (SessionKind.INTERVISION, "Bij welke verwijzing twijfelde u, en wat gaf de doorslag?"),
    (SessionKind.INTERVISION, "Wat had u nodig om nog even te wachten?"),
    (SessionKind.INTERVISION, "Wie in uw buurt had kunnen meedenken?"),
    (SessionKind.INTERVISION, "Wat zei de patiënt zelf dat hij nodig had?"),
    (SessionKind.INTERVISION, "Wat doet u de volgende keer anders?"),
    (SessionKind.CONVERSATION, "Welk gesprek liep anders dan u verwachtte?"),
    (SessionKind.CONVERSATION, "Welke vraag opende het gesprek?"),
    (SessionKind.CONVERSATION, "Wat liet u aan de patiënt, en hoe ging dat?"),
    (SessionKind.TRIAGE, "Welk telefoongesprek kostte u deze maand de meeste moeite?"),
    (SessionKind.TRIAGE, "Wanneer kon iemand zelf verder, en wat zei u toen?"),
    (SessionKind.TRIAGE, "Wat spreekt u af met uw huisarts over dit soort vragen?"),
)


def load(*, using: str, **_: Any) -> None:
    """Fill an empty list; once there is one, it is the region's."""
    if using != "owner":
        return
    questions = DiscussionQuestion.objects.using(using)
    if not questions.exists():
        questions.bulk_create(DiscussionQuestion(kind=kind, text=text) for kind, text in QUESTIONS)
