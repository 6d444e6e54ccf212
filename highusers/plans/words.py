"""What the fields of a plan are called and how their contents read, on page and paper alike."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from highusers.states import CloseReason, Influenceable, InviteMoment, LifeDomain, PlanState
from mtvp.charts.numbers import day

LABELS = {
    "reason": gettext_lazy("Reason for the high use, as the team sees it"),
    "profile": gettext_lazy("Profile"),
    "influenceable": gettext_lazy("Can the high use be influenced?"),
    "life_domains": gettext_lazy("Life domains that play a part"),
    "goals": gettext_lazy("Goals"),
    "who": gettext_lazy("Who acts"),
    "how": gettext_lazy("How"),
    "moment_kind": gettext_lazy("How the conversation comes about"),
    "moment": gettext_lazy("The right moment"),
    "instruction": gettext_lazy("Instruction for the telephone"),
    "hotspotter": gettext_lazy("Hotspotter"),
    "consent_on": gettext_lazy("Consent for sharing across domains"),
    "evaluate_on": gettext_lazy("Evaluate on"),
    "state": gettext_lazy("State"),
    "closed_on": gettext_lazy("Closed on"),
    "close_reason": gettext_lazy("Reason for closing"),
    "close_note": gettext_lazy("Note on closing"),
}
FIELDS = tuple(LABELS)
"""In the order in which people read them."""

_CHOICES = {
    "influenceable": Influenceable,
    "moment_kind": InviteMoment,
    "state": PlanState,
    "close_reason": CloseReason,
}
_DAYS = {"consent_on", "evaluate_on", "closed_on"}


def label_of(name: str) -> str:
    return str(LABELS[name])


def words_of(name: str, value: Any, profiles: Mapping[int, str]) -> str:
    """A value as `versions.content_of` has it, in words; blank when it says nothing.

    `profiles` names them by number."""
    if not value:
        return ""
    if name in _DAYS:
        return day(date.fromisoformat(value))
    if name == "profile":
        return profiles.get(value, str(value))
    if name == "life_domains":
        return ", ".join(domain_names(value))
    if name == "hotspotter":
        return _("Yes")
    return str(_CHOICES[name](value).label) if name in _CHOICES else str(value)


def domain_names(codes: str) -> list[str]:
    """`money,work` in words; a code that is no longer used is left out."""
    return [str(LifeDomain(code).label) for code in codes.split(",") if code in LifeDomain]
