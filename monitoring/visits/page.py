"""The visit as its screen shows it: per part what is asked, with what is known beside it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.utils import timezone

from interventions.models import PracticePlan
from interventions.practice_plan.page import shown_sections
from interventions.practice_plan.services import year_of
from interventions.practice_plan.states import Field
from monitoring.compliance import Obligation, PracticeStanding, Status
from monitoring.models import Visit, VisitAgreement, VisitAnswer
from monitoring.standing import standing
from monitoring.tags import Tag, obligation_tag
from monitoring.visits.agreements import (
    KEPT,
    earlier_agreements,
    owner_name,
    owners,
    said,
    written,
)
from monitoring.visits.capture import STUCK, read_stuck
from monitoring.visits.questions import NOTE, Part, Question, parts_of
from monitoring.visits.states import Kept, VisitState
from monitoring.words import joined, obligation_phrases
from practices.beside import mark_of
from practices.models import Practice


@dataclass(frozen=True, slots=True)
class Control:
    """One control: what it holds, and of which version."""

    key: str
    asked: str
    value: str
    version: str
    choices: tuple[tuple[str, str], ...] = ()
    by: str = ""
    at: datetime | None = None

    @property
    def mark(self) -> str:
        """Of what the page showed, so that without scripts only what changed is kept."""
        return mark_of(self.value)


@dataclass(frozen=True, slots=True)
class PlanShown:
    """What the practice planned with an intervention."""

    doing: str
    more: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class AgreementShown:
    agreement: VisitAgreement
    owner: str
    field: Control | None = None

    @property
    def written(self) -> str:
        """As a device has it, so that it knows what the page shows."""
        return written(self.agreement)

    @property
    def said(self) -> str:
        """The same, of one that was taken back."""
        return said(self.agreement)


@dataclass(frozen=True, slots=True)
class PartShown:
    """`typed` is what stands in the group for an agreement, by name of its controls: one that was
    refused on a page without scripts, or one that is being amended (`field`, `version`). `gone`
    are the agreements that were taken back."""

    part: Part
    fields: tuple[Control, ...]
    agreements: tuple[AgreementShown, ...]
    earlier: tuple[AgreementShown, ...]
    last_time: tuple[tuple[str, str], ...]
    gone: tuple[AgreementShown, ...] = ()
    tag: Tag | None = None
    figures: str = ""
    plan: PlanShown | None = None
    typed: Mapping[str, str] = field(default_factory=dict)

    @property
    def kind(self) -> str:
        """What a new agreement of this part is called on the device."""
        return f"agreement_{self.part.key}"

    @property
    def known(self) -> bool:
        """There is something to show beside the questions."""
        return bool(self.part.number or self.last_time or self.earlier)


@dataclass(frozen=True, slots=True)
class StuckShown:
    field: str
    about: str
    text: str


@dataclass(frozen=True, slots=True)
class VisitPage:
    parts: tuple[PartShown, ...]
    stuck: tuple[StuckShown, ...]
    owners: tuple[tuple[str, str], ...]
    last: Visit | None
    has_plan: bool


def visit_page(visit: Visit, typed: Mapping[str, Mapping[str, str]]) -> VisitPage:
    """`typed`: by key of the part, see `PartShown`."""
    answers = {one.key: one for one in visit.answers.select_related("written_by__person")}
    last = last_before(visit)
    before = {one.key: one for one in last.answers.all()} if last else {}
    plans = _plans(visit.practice, visit.held_on)
    known = next(iter(standing(timezone.localdate(), [visit.practice_id])), None)
    made = [
        AgreementShown(one, owner_name(one))
        for one in visit.agreements.select_related("person", "account__person")
    ]
    earlier = [
        AgreementShown(one, owner_name(one), _earlier_field(one, answers))
        for one in earlier_agreements(visit)
    ]
    parts = parts_of(visit.questions)
    homes = {part.key for part in parts}
    return VisitPage(
        parts=tuple(
            PartShown(
                part=part,
                fields=tuple(_field(question, answers) for question in part.questions),
                agreements=tuple(_beside(part, made, gone=False)),
                gone=tuple(_beside(part, made, gone=True)),
                earlier=tuple(one for one in earlier if _home(one, homes, parts) == part.key),
                last_time=tuple(_last_time(part, before)),
                tag=_tag(known, part.number),
                figures=_figures(known, part.number),
                plan=plans.get(part.number or 0),
                typed=typed.get(part.key, {}),
            )
            for part in parts
        ),
        stuck=tuple(_stuck(answers)),
        owners=tuple(owners(visit)),
        last=last,
        has_plan=bool(plans),
    )


def last_before(visit: Visit) -> Visit | None:
    """The latest visit before this one of which more than the day is known."""
    earlier = Visit.objects.filter(practice=visit.practice_id, held_on__lt=visit.held_on)
    return earlier.exclude(state=VisitState.RECORDED).order_by("-held_on").first()


def _beside(part: Part, made: Sequence[AgreementShown], *, gone: bool) -> Iterator[AgreementShown]:
    for one in made:
        if one.agreement.subject == part.key and (one.agreement.withdrawn_at is not None) == gone:
            yield one


def _field(question: Question, answers: dict[str, VisitAnswer]) -> Control:
    choices = question.choices.choices if question.choices else ()
    return _held(question.key, str(question.asked), choices, answers)


def _earlier_field(agreement: VisitAgreement, answers: dict[str, VisitAnswer]) -> Control:
    return _held(f"{KEPT}{agreement.pk}", agreement.what, Kept.choices, answers)


def _held(
    key: str, asked: str, choices: Sequence[tuple[str, Any]], answers: dict[str, VisitAnswer]
) -> Control:
    named = tuple((value, str(name)) for value, name in choices)
    held = answers.get(key)
    if held is None:
        return Control(key, asked, "", "", named)
    by = str(held.written_by or "")
    return Control(key, asked, held.value, held.version, named, by, held.written_at)


def _home(shown: AgreementShown, homes: set[str], parts: Sequence[Part]) -> str:
    """One that was made beside none of these parts stands with the last."""
    return shown.agreement.subject if shown.agreement.subject in homes else parts[-1].key


def _last_time(part: Part, said: dict[str, VisitAnswer]) -> Iterator[tuple[str, str]]:
    for question in part.questions:
        held = said.get(question.key)
        if held and held.value.strip():
            asked = "" if question.key.endswith(NOTE) else str(question.asked)
            yield asked, question.words(held.value)


def _plans(practice: Practice, day: date) -> dict[int, PlanShown]:
    """By intervention, of the programme year of the visit."""
    plan = PracticePlan.objects.filter(
        practice=practice, programme_year=year_of(practice, day)
    ).first()
    if plan is None:
        return {}
    found = {}
    for shown in shown_sections(plan):
        if shown.number is not None and shown.filled:
            said = {one.name: one for one in shown.fields}
            more = (said[name] for name in (Field.WHO, Field.BY_ON, Field.HOPE))
            found[shown.number] = PlanShown(
                said[Field.DOING].text, tuple((one.label, one.words) for one in more if one.words)
            )
    return found


def _tag(known: PracticeStanding | None, intervention: int | None) -> Tag | None:
    duties = _duties(known, intervention)
    return obligation_tag(duties[-1]) if duties else None


def _figures(known: PracticeStanding | None, intervention: int | None) -> str:
    duties = _duties(known, intervention)
    return joined(obligation_phrases(duties[-1])) if duties else ""


def _duties(known: PracticeStanding | None, intervention: int | None) -> list[Obligation]:
    """Of the years that have begun, the latest last; of the first when none has."""
    if known is None or intervention is None:
        return []
    own = [one for one in known.obligations if one.intervention == intervention]
    begun = [one for one in own if one.status is not Status.NOT_DUE]
    return begun or own[:1]


def _stuck(answers: dict[str, VisitAnswer]) -> Iterator[StuckShown]:
    for key, held in answers.items():
        if key.startswith(STUCK) and held.text:
            stuck = read_stuck(held.text)
            about = (stuck.partner.label, stuck.kind.label, stuck.weight.label)
            yield StuckShown(key, " · ".join(str(word) for word in about), stuck.text)
