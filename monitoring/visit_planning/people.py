"""Whom to reach in a practice, and whom a practice reaches."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.db import transaction

from practices.audit import record
from practices.models import Application, Employment, Person, Practice, User
from practices.permissions import BY_STAFF_ROLE, Permission
from practices.states import AuditAction

HOLDERS = tuple(
    role
    for role, permissions in BY_STAFF_ROLE.items()
    if Permission.ANSWER_APPOINTMENT in permissions
)
"""Who runs the account of a practice."""


@dataclass(frozen=True, slots=True)
class Contact:
    """A practice with who runs its account; `phone` is what it gave when it applied, '' when it
    gave none."""

    practice: Practice
    people: tuple[Employment, ...]
    phone: str = ""


def holders_of(practice: Practice, today: date) -> list[Person]:
    serving = Employment.objects.in_service(today).filter(practice=practice, role__in=HOLDERS)
    people = {one.person_id: one.person for one in serving.select_related("person")}
    return sorted(people.values(), key=lambda person: (person.name, person.pk))


def contacts(practices: Iterable[Practice], today: date) -> list[Contact]:
    """In the order of `practices`; two queries."""
    listed = list(practices)
    serving = Employment.objects.in_service(today).filter(practice__in=listed, role__in=HOLDERS)
    people: dict[int, list[Employment]] = {}
    for one in serving.select_related("person__user").order_by("role", "person__name"):
        people.setdefault(one.practice_id, []).append(one)
    phones = dict(
        Application.objects.filter(practice__in=listed)
        .exclude(phone="")
        .order_by("pk")
        .values_list("practice", "phone")
    )
    return [Contact(one, tuple(people.get(one.pk, ())), phones.get(one.pk, "")) for one in listed]


def phone_of(consultant: User | None) -> str:
    """Her own number, else that of the region."""
    own = consultant.phone if consultant is not None else ""
    return own or settings.HELP_PHONE


@transaction.atomic
def set_phone(*, actor: User, phone: str) -> None:
    """One's own number, as practices see it; '' for none."""
    user = User.objects.select_for_update(no_key=True).get(pk=actor.pk)
    user.phone = phone
    user.save(update_fields=["phone"])
    record(actor=actor, action=AuditAction.CHANGE, obj=user, fields=["phone"])
