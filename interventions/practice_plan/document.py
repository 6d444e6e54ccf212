"""A plan, or a version of it, on paper."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from interventions.models import PlanVersion, PracticePlan
from interventions.practice_plan.page import period_of, words_of
from interventions.practice_plan.states import NUMBERS, Field, Kind
from mtvp.documents.model import Block, Column, Document, Heading, Paragraph, Table


def section_name(section: Mapping[str, Any]) -> str:
    """As it stands above the section; an intervention with its number."""
    kind = Kind(section["kind"])
    name = section["texts"].get(Field.TITLE) or str(kind.label)
    return f"{NUMBERS[kind]}. {name}" if kind in NUMBERS else name


def plan_document(
    plan: PracticePlan,
    contents: Iterable[Mapping[str, Any]],
    version: PlanVersion | None,
    made_on: date,
) -> Document:
    """`version` is the last one; what reads otherwise than an agreed plan is marked a draft."""
    sections = list(contents)
    agreed = plan.state == "agreed"
    return Document(
        title=_("Plan of the practice"),
        subtitle=f"{plan.practice.name}, {plan.practice.city}",
        language=get_language() or "nl",
        author=_("More time for the patient"),
        created_on=made_on,
        details=tuple(_details(plan, version)),
        blocks=tuple(block for one in sections for block in _blocks(one)),
        footer=f"{plan.practice.name} · {period_of(plan.practice, plan.programme_year)}",
        draft=not agreed,
        sheet=True,
    )


def _details(plan: PracticePlan, version: PlanVersion | None) -> list[tuple[str, str]]:
    practice = plan.practice
    told = [
        (_("Programme year"), period_of(practice, plan.programme_year)),
        (_("Cohort"), str(practice.cohort)),
        (_("Consultant"), str(practice.consultant or "")),
        (_("Status"), plan.get_state_display()),
    ]
    if version is not None:
        handed = _by(version.handed_in_by, version.handed_in_at)
        if version.on_behalf:
            handed = f"{handed} ({_('on behalf of the practice')})"
        told.append((_("Handed in"), handed))
        if version.agreed and plan.state == "agreed":
            both = (
                _by(version.practice_agreed_by, version.practice_agreed_at),
                _by(version.consultant_agreed_by, version.consultant_agreed_at),
            )
            told.append((_("Agreed"), "; ".join(both)))
    return [(label, value) for label, value in told if value]


def _by(who: object, at: Any) -> str:
    day = date_format(timezone.localtime(at))
    return f"{who}, {day}" if who else day


def _blocks(section: Mapping[str, Any]) -> list[Block]:
    texts = section["texts"]
    blocks: list[Block] = [Heading(section_name(section))]
    if not any(texts.values()):
        return [*blocks, Paragraph(_("Nothing is written here yet."), "note")]
    blocks += [Paragraph(part) for part in _paragraphs(texts[Field.DOING])]
    rows = [
        (str(Field.WHO.label), texts[Field.WHO]),
        (str(Field.BY_ON.label), words_of(Field.BY_ON, texts[Field.BY_ON])),
        (str(Field.HOPE.label), texts[Field.HOPE]),
    ]
    if section["done"]:
        rows.append((_("Done on"), date_format(date.fromisoformat(section["done"]))))
    filled = tuple((label, text) for label, text in rows if text)
    if filled:
        blocks.append(Table("", (Column(_("What")), Column(_("Agreement"))), filled))
    return blocks


def _paragraphs(text: str) -> list[str]:
    return [" ".join(part.split()) for part in text.split("\n") if part.strip()]
