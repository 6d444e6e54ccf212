"""Whom to call in each practice, for the coordinator."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch
from django.utils.translation import gettext as _

from mtvp.documents.model import Column, Document, Table
from mtvp.documents.snapshot import snapshot
from practices.models import Employment, Practice
from practices.models.joining import APPLICANTS


@dataclass(frozen=True, slots=True)
class Contact:
    practice: Practice
    people: tuple[Employment, ...]


def contacts_of_region(today: date) -> list[Contact]:
    """Practices that take part or are on their way in, with owners and managers; two queries."""
    holding = (
        Employment.objects.in_service(today)
        .filter(role__in=APPLICANTS)
        .select_related("person")
        .order_by("role", "person__name")
    )
    practices = (
        Practice.objects.in_region_order()
        .select_related("cohort", "consultant__person")
        .prefetch_related(Prefetch("employments", holding, to_attr="holding"))
    )
    return [
        Contact(practice, tuple(practice.holding))  # type: ignore[attr-defined]
        for practice in practices
        if practice.stopped_on is None or practice.stopped_on > today
    ]


def contacts_document(found: list[Contact], today: date) -> Document:
    title = _("Contacts of practices")
    columns = (
        Column(_("Practice")),
        Column(_("AGB code")),
        Column(_("City")),
        Column(_("Name")),
        Column(_("Role")),
        Column(_("E-mail")),
        Column(_("Consultant")),
    )
    rows = tuple(
        (
            one.practice.name,
            one.practice.code,
            one.practice.city,
            spell.person.name if spell else "",
            str(spell.get_role_display()) if spell else "",
            spell.person.email if spell else "",
            str(one.practice.consultant or ""),
        )
        for one in found
        for spell in one.people or (None,)
    )
    return snapshot(title, Table(title, columns, rows), as_of=today)
