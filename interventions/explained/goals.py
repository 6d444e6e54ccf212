"""Which intervention contributes to which of the five goals. Source: seed 1, the table of
contributions."""

from enum import StrEnum

from django.utils.translation import gettext as _


class Goal(StrEnum):
    QUALITY = "quality"
    PATIENT = "patient"
    JOY = "joy"
    COST = "cost"
    NETWORK = "network"


CONTRIBUTIONS: dict[int, frozenset[Goal]] = {
    1: frozenset(Goal),
    2: frozenset({Goal.QUALITY, Goal.PATIENT, Goal.JOY}),
    3: frozenset({Goal.QUALITY, Goal.COST}),
    4: frozenset(Goal) - {Goal.NETWORK},
    5: frozenset(Goal),
    6: frozenset(Goal),
}

EXTRA_ATTENTION = (2, Goal.PATIENT)
"""Patients who demand more: where the table of the programme has a remark."""


def goal_name(goal: Goal) -> str:
    return {
        Goal.QUALITY: _("Quality and access"),
        Goal.PATIENT: _("Satisfied patients"),
        Goal.JOY: _("Joy in work"),
        Goal.COST: _("Costs of care"),
        Goal.NETWORK: _("Working with the network"),
    }[goal]
