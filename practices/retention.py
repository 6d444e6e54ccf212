"""How long each kind of data is kept, as one table; and the job that deletes what is due.

Every app announces a rule per model when it starts. A check of Django fails for a model without
a rule, and for a field that may hold something about a person but is not named in one.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from django.apps import apps
from django.core.checks import CheckMessage, Error
from django.db import models, transaction

from practices.audit import record
from practices.isolation import practice_scope
from practices.models import Person, Practice, User
from practices.states import AuditAction


class Whose(StrEnum):
    PATIENT = "patients"
    STAFF = "staff"
    NOBODY = "nobody"


@dataclass(frozen=True, slots=True)
class Rule:
    """`personal` names the fields that say something about a person, `harmless` those that could
    and do not. `delete` takes the rows that are due on a day and returns their number; `delete_in`
    does so inside one practice, where rows of patients are. Neither: they go as `kept` says."""

    model: str
    whose: Whose
    kept: str
    personal: tuple[str, ...] = ()
    harmless: tuple[str, ...] = ()
    delete: Callable[[date], int] | None = None
    delete_in: Callable[[Practice, date], int] | None = None


@dataclass(frozen=True, slots=True)
class Deleted:
    model: str
    practice: Practice | None
    rows: int


_rules: dict[str, Rule] = {}


def announce(*rules: Rule) -> None:
    for rule in rules:
        _rules[rule.model] = rule


def rules() -> list[Rule]:
    """In the order in which they were announced: the floor below first."""
    return list(_rules.values())


def delete_expired(*, today: date) -> Iterator[Deleted]:
    """Delete what is due and say what went; each step is a transaction with its own event."""
    practices = list(Practice.objects.order_by("code"))
    for rule in rules():
        if rule.delete:
            with transaction.atomic():
                told = list(_told(rule, None, rule.delete(today)))
            yield from told
        if rule.delete_in:
            for practice in practices:
                with practice_scope(practice):
                    told = list(_told(rule, practice, rule.delete_in(practice, today)))
                yield from told


def _told(rule: Rule, practice: Practice | None, rows: int) -> Iterator[Deleted]:
    if not rows:
        return
    record(
        actor=None,
        action=AuditAction.DELETE,
        obj=(rule.model.lower(), "expired"),
        practice=practice,
        rows=rows,
    )
    yield Deleted(rule.model, practice, rows)


def check_rules(app_configs: Any, **_: Any) -> list[CheckMessage]:
    """The system check: every model has a rule, every field that needs it a place in one."""
    found: list[CheckMessage] = []
    for model in apps.get_models():
        rule = _rules.get(model._meta.label)
        if rule is None:
            hint = f"Announce a Rule for it in {model._meta.app_label}/retention.py."
            found.append(
                Error("This model has no retention rule.", hint=hint, obj=model, id="mtvp.E001")
            )
        else:
            found += _problems(model, rule)
    return found


def _problems(model: type[models.Model], rule: Rule) -> Iterator[CheckMessage]:
    named = {*rule.personal, *rule.harmless}
    for field in model._meta.concrete_fields:
        if _may_be_personal(field) and field.name not in named:
            text = f"Its retention rule does not say whether '{field.name}' is personal."
            yield Error(text, obj=model, id="mtvp.E002")
    for unknown in sorted(named - {field.name for field in model._meta.concrete_fields}):
        text = f"Its retention rule names '{unknown}', which is no field."
        yield Error(text, obj=model, id="mtvp.E003")
    if bool(rule.personal) != (rule.whose != Whose.NOBODY):
        text = "Its retention rule names personal fields of nobody, or of somebody none."
        yield Error(text, obj=model, id="mtvp.E004")


def _may_be_personal(field: "models.Field[Any, Any]") -> bool:
    """Free text, bytes, addresses and links to people; numbers, dates and choices are not."""
    if field.is_relation:
        return field.related_model in (User, Person)
    kinds = (models.CharField, models.TextField, models.JSONField, models.BinaryField)
    return isinstance(field, (*kinds, models.GenericIPAddressField)) and not field.choices
