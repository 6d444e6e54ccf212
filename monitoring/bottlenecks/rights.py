"""What is held on somebody who reported bottlenecks or works on them."""

from typing import Any

from monitoring.models import Bottleneck, BottleneckStep, StructuralBottleneck, StructuralStep
from practices.models import Person, User
from practices.rights.people import rows


def held_on_person(_person: Person | None, account: User | None) -> dict[str, Any]:
    if account is None:
        return {}
    return {
        "bottlenecks_reported": rows(
            Bottleneck.objects.filter(reported_by=account),
            *(
                "practice__name",
                "partner",
                "partner_name",
                "kind",
                "text",
                "reported_at",
                "on_behalf",
            ),
        ),
        "steps_in_bottlenecks": rows(
            BottleneckStep.objects.filter(by=account), "bottleneck", "event", "at"
        ),
        "structural_bottlenecks_made": rows(
            StructuralBottleneck.objects.filter(made_by=account), "title", "made_at"
        ),
        "structural_bottlenecks_responsible_for": rows(
            StructuralBottleneck.objects.filter(responsible=account), "title"
        ),
        "steps_in_structural_bottlenecks": rows(
            StructuralStep.objects.filter(by=account), "structural__title", "state", "done", "at"
        ),
    }
