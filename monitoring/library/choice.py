"""What somebody looks for in the library, from the address; and the names of its tags."""

from dataclasses import dataclass
from typing import Any

from django.http import QueryDict

from highusers.models import PatientProfile
from interventions.examples.states import ExampleKind
from interventions.models import Example
from interventions.querysets import ExampleQuerySet
from monitoring.overview import INTERVENTIONS
from monitoring.words import intervention_name

LONGEST = 100


@dataclass(frozen=True, slots=True)
class Choice:
    """Nothing chosen is '' or None; what the address says otherwise is left aside."""

    words: str = ""
    kind: str = ""
    intervention: int | None = None
    profile: int | None = None


def choice_of(query: QueryDict) -> Choice:
    kind = query.get("soort", "")
    return Choice(
        words=query.get("zoek", "").replace("\0", "").strip()[:LONGEST],
        kind=kind if kind in ExampleKind.values else "",
        intervention=_number(query.get("interventie", "")),
        profile=_number(query.get("profiel", "")),
    )


def chosen(choice: Choice) -> ExampleQuerySet:
    examples = Example.objects.published().with_thanks().with_document()
    wanted = {
        "kind": choice.kind,
        "intervention": choice.intervention,
        "profile": choice.profile,
    }
    examples = examples.filter(**{name: value for name, value in wanted.items() if value})
    if choice.words:
        return examples.found(choice.words)
    return examples.order_by("-decided_at")


def choices() -> dict[str, Any]:
    """What a form offers as tags."""
    return {"interventions": intervention_choices(), "profiles": profile_choices()}


def names() -> dict[str, dict[int, str]]:
    """What a page calls them."""
    return {name: dict(listed) for name, listed in choices().items()}


def intervention_choices() -> list[tuple[int, str]]:
    return [(number, intervention_name(number)) for number in INTERVENTIONS]


def profile_choices() -> list[tuple[int, str]]:
    return [(one.number, str(one)) for one in PatientProfile.objects.order_by("number")]


def _number(text: str) -> int | None:
    return int(text) if text in ("1", "2", "3", "4", "5", "6") else None
