"""A plan as its page shows it: sections with their fields, what waits, and what was said."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from interventions.models import PlanSection, PracticePlan, SectionComment, SectionText
from interventions.practice_plan.beside import Told
from interventions.practice_plan.forms import LONGEST, FieldForm
from interventions.practice_plan.services import in_format
from interventions.practice_plan.states import (
    CORE_ELEMENTS,
    FIELDS,
    NUMBERS,
    Field,
    Kind,
)
from practices.beside import mark_of
from practices.models import Practice
from practices.programme_year import year_end, year_start


@dataclass(frozen=True, slots=True)
class FieldShown:
    """`typed` is what stands in the box: what was sent last where that was not kept. `seen` is the
    mark of the text it is based on."""

    section: PlanSection
    name: Field
    text: str
    typed: str
    seen: str
    kept: SectionText | None = None
    waiting: tuple[SectionText, ...] = ()
    form: FieldForm | None = None
    saved: bool = False

    @property
    def key(self) -> str:
        return f"{self.section.pk}-{self.name}"

    @property
    def longest(self) -> int:
        return LONGEST[self.name]

    @property
    def now(self) -> str:
        """The mark of what the plan says now, for who chooses."""
        return mark_of(self.text)

    @property
    def label(self) -> str:
        return str(self.name.label)

    @property
    def words(self) -> str:
        return words_of(self.name, self.text)

    @property
    def long(self) -> bool:
        return self.name in (Field.DOING, Field.HOPE)

    @property
    def may_join(self) -> bool:
        return self.name != Field.BY_ON

    @property
    def from_year(self) -> int | None:
        return self.kept.from_year if self.kept else None

    @property
    def refused(self) -> list[str]:
        return [str(error) for error in self.form.errors.get("text", ())] if self.form else []

    @property
    def told(self) -> list[str]:
        """Warnings that somebody did not look at yet."""
        return self.form.told if self.form and not self.form.may_be_kept() else []


@dataclass(frozen=True, slots=True)
class SectionShown:
    section: PlanSection
    number: int | None
    name: str
    fields: tuple[FieldShown, ...]
    comments: tuple[SectionComment, ...]
    removable: bool
    from_year: int | None
    told: tuple[Told, ...] = ()

    @property
    def filled(self) -> bool:
        return any(one.name == Field.DOING and one.text for one in self.fields)


@dataclass(frozen=True, slots=True)
class Typed:
    """What came in and was not kept, by field, and the mark that came with it."""

    forms: Mapping[Field, FieldForm] = field(default_factory=dict)
    seen: Mapping[Field, str] = field(default_factory=dict)
    saved: frozenset[Field] = frozenset()


def words_of(name: str, text: str) -> str:
    """A text as people read it; a day in words."""
    return date_format(date.fromisoformat(text)) if name == Field.BY_ON and text else text


def period_of(practice: Practice, year: int) -> str:
    return _("Year %(year)s · %(first)s up to and including %(last)s") % {
        "year": year,
        "first": date_format(year_start(practice.start, year)),
        "last": date_format(year_end(practice.start, year)),
    }


def shown_sections(
    plan: PracticePlan, typed: Mapping[int, Typed] | None = None
) -> list[SectionShown]:
    """In the order of the format; three queries."""
    found = PlanSection.objects.filter(plan=plan).prefetch_related(
        "texts__written_by__person", "comments__written_by__person"
    )
    given = typed or {}
    return [shown_section(one, given.get(one.pk, Typed())) for one in in_format(found)]


def shown_section(section: PlanSection, typed: Typed) -> SectionShown:
    kind = Kind(section.kind)
    names = (Field.TITLE, *FIELDS) if kind is Kind.FREE else FIELDS
    fields = tuple(shown_field(section, name, typed) for name in names)
    comments = tuple(section.comments.all())
    said = {one.name: one.text for one in fields}
    return SectionShown(
        section=section,
        number=NUMBERS.get(kind),
        name=said.get(Field.TITLE) or str(kind.label),
        fields=fields,
        comments=comments,
        removable=kind not in NUMBERS
        and not comments
        and not any(one.text or one.waiting for one in fields),
        from_year=next((one.from_year for one in fields if one.from_year), None),
    )


def shown_field(section: PlanSection, name: Field, typed: Typed) -> FieldShown:
    texts = [one for one in section.texts.all() if one.field == name]
    kept = next((one for one in texts if not one.apart), None)
    text = kept.text if kept else ""
    form = typed.forms.get(name)
    lost = form is not None and name not in typed.saved
    return FieldShown(
        section=section,
        name=name,
        text=text,
        typed=str(form.data["text"]) if form and lost else text,
        # What was not kept stays based on what it was based on.
        seen=typed.seen.get(name, "") if lost else mark_of(text),
        kept=kept,
        waiting=tuple(one for one in texts if one.apart),
        form=form,
        saved=name in typed.saved,
    )


def activities(sections: list[SectionShown]) -> list[tuple[str, list[Kind]]]:
    """What may still be added, by core element."""
    there = {Kind(one.section.kind) for one in sections} - {Kind.FREE}
    listed = [
        (str(name), [kind for kind in kinds if kind not in there]) for name, kinds in CORE_ELEMENTS
    ]
    return [(name, kinds) for name, kinds in listed if kinds]
