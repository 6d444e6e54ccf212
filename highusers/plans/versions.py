"""What a plan read after each change, and what the change was."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from highusers.models import PatientPlan, PatientProfile, PlanVersion
from highusers.plans.words import FIELDS, label_of, words_of
from practices.models import User


@dataclass(frozen=True, slots=True)
class Change:
    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Version:
    """`changes` since the version before; `whole` is the plan as it read, blank fields left out."""

    number: int
    saved_at: datetime
    saved_by: User | None
    changes: tuple[Change, ...]
    whole: tuple[tuple[str, str], ...]


def number_of(plan: PatientPlan | None) -> str:
    """Which state of a plan somebody looks at; blank when there is no plan yet."""
    if plan is None:
        return ""
    return str(PlanVersion.objects.filter(plan=plan).values_list("number", flat=True).first() or 0)


def add_version(plan: PatientPlan, actor: User | None) -> PlanVersion:
    """To be called with the patient's row locked, after each change of the plan."""
    return PlanVersion.objects.create(
        practice_id=plan.practice_id,
        plan=plan,
        number=int(number_of(plan)) + 1,
        content=json.dumps(content_of(plan), ensure_ascii=False),
        saved_by=actor,
    )


def content_of(plan: PatientPlan) -> dict[str, Any]:
    return {name: plain(getattr(plan, name)) for name in FIELDS}


def content_at(plan: PatientPlan, number: str) -> dict[str, Any]:
    """What the plan read at that version; nothing when there was no version yet."""
    stored = PlanVersion.objects.filter(plan=plan, number=_counted(number)).first()
    return dict(json.loads(stored.content)) if stored else {}


def _counted(number: str) -> int:
    """A page sends it back, so it can hold anything."""
    return int(number) if number.isdecimal() and len(number) < 9 else 0


def history(plan: PatientPlan) -> list[Version]:
    """Every version with what it changed, the latest first."""
    profiles = profile_names()
    told: list[Version] = []
    before: dict[str, Any] = {}
    stored = PlanVersion.objects.filter(plan=plan).select_related("saved_by__person")
    for one in stored.order_by("number"):
        after = json.loads(one.content)
        changes = tuple(_changes(before, after, profiles))
        told.append(Version(one.number, one.saved_at, one.saved_by, changes, whole(after)))
        before = after
    return told[::-1]


def whole(content: dict[str, Any]) -> tuple[tuple[str, str], ...]:
    """The fields that say something, each with its label."""
    profiles = profile_names() if content.get("profile") else {}
    said = ((label_of(name), words_of(name, content.get(name), profiles)) for name in FIELDS)
    return tuple((label, words) for label, words in said if words)


def profile_names() -> dict[int, str]:
    return {profile.number: str(profile) for profile in PatientProfile.objects.all()}


def _changes(
    before: dict[str, Any], after: dict[str, Any], profiles: dict[int, str]
) -> Iterator[Change]:
    for name in FIELDS:
        old = words_of(name, before.get(name), profiles)
        new = words_of(name, after.get(name), profiles)
        if old != new:
            yield Change(label_of(name), old or _("nothing"), new or _("nothing"))


def plain(value: Any) -> Any:
    """As JSON holds it: a day by its digits, a profile by its number."""
    if isinstance(value, date):
        return value.isoformat()
    return value.number if isinstance(value, PatientProfile) else value
