"""The questions that come with the product: version 1, as reviewed data [1]."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from monitoring.models import QuestionnaireQuestion, QuestionnaireVersion
from monitoring.questionnaires.states import Prefill, QuestionKind

SINCE = date(2000, 1, 1)
"""Earlier than any programme: it is asked until the region publishes another."""

PLANS = "{plannen}"
"""In a text, the number of plans that the norm asks of the practice."""


@dataclass(frozen=True, slots=True)
class Shipped:
    """Texts are the product's data, in the language of its users."""

    key: str
    kind: QuestionKind
    text: str
    hint: str = ""
    prefill: str = ""


FIXED = (
    Shipped(
        "plans_made",
        QuestionKind.YES_NO,
        f"Heeft de praktijk dit jaar voor ten minste {PLANS} veelgebruikers een plan gemaakt?",
        prefill=Prefill.PLANS,
    ),
    Shipped(
        "lasting_habit",
        QuestionKind.YES_NO,
        "Is deze manier van werken met veelgebruikers een vaste gewoonte geworden?",
        prefill=Prefill.HABIT,
    ),
    Shipped(
        "flexible_in_use",
        QuestionKind.YES_NO,
        "Gebruikt de praktijk een vorm van flexibele consultduur?",
        prefill=Prefill.SCHEDULE,
    ),
)
"""Compliance, the report and the files of the region know these answers: a version has them all."""

FIXED_KEYS = tuple(one.key for one in FIXED)

EXPERIENCES, ADDED_VALUE, BOTTLENECKS = "experiences", "added_value", "bottlenecks"
KNOWN_KEYS = (EXPERIENCES, ADDED_VALUE, BOTTLENECKS)
"""What the yearly report reads besides; a version may do without."""

SHIPPED = (
    *FIXED,
    Shipped(
        EXPERIENCES,
        QuestionKind.TEXT,
        "Wat zijn uw ervaringen met de interventies?",
        "Schrijf niets waaraan een patiënt te herkennen is.",
        Prefill.EXPERIENCES,
    ),
    Shipped(ADDED_VALUE, QuestionKind.TEXT, "Wat leveren de interventies de praktijk op?"),
    Shipped(
        BOTTLENECKS,
        QuestionKind.BOTTLENECKS,
        "Waar loopt u op vast?",
        "Ook bij anderen: ggz, ziekenhuis, sociaal domein.",
    ),
)


def load(*, using: str, **_: Any) -> None:
    """Version 1, unless there is one; the region goes on from it."""
    versions = QuestionnaireVersion.objects.using(using)
    if using != "owner" or versions.exists():
        return
    with transaction.atomic(using=using):
        first = versions.create(number=1)
        QuestionnaireQuestion.objects.using(using).bulk_create(
            QuestionnaireQuestion(
                version=first,
                key=one.key,
                kind=one.kind,
                text=one.text,
                hint=one.hint,
                prefill=one.prefill,
                position=place,
            )
            for place, one in enumerate(SHIPPED, start=1)
        )
        versions.filter(pk=first.pk).update(holds_from=SINCE, published_at=timezone.now())
