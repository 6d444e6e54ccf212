"""What others may read of bottlenecks: the yearly report, the visit sheet, the questionnaire."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Prefetch
from django.utils import timezone

from highusers.states import PartnerKind
from monitoring.bottlenecks.states import BottleneckKind, BottleneckState, Source, Weight
from monitoring.models import Bottleneck, StructuralBottleneck, StructuralStep


@dataclass(frozen=True, slots=True)
class OpenBottleneck:
    """One report of a practice that is not solved; `doing` is what the region does about it."""

    pk: int
    partner: PartnerKind
    partner_name: str
    kind: BottleneckKind
    weight: Weight
    text: str
    source: Source
    reported_on: date
    state: BottleneckState
    structural: str
    doing: str


@dataclass(frozen=True, slots=True)
class Done:
    on: date
    text: str


@dataclass(frozen=True, slots=True)
class Structural:
    """A structural bottleneck as it stood on a day, with the practices (ids) that have it. `doing`
    is what the region does now: it has no history."""

    pk: int
    title: str
    partner: PartnerKind
    partner_name: str
    kind: BottleneckKind
    state: BottleneckState
    doing: str
    responsible: str
    practices: tuple[int, ...]
    badly: int
    done: tuple[Done, ...]


@dataclass(frozen=True, slots=True)
class Counted:
    """How many practices report something of a kind about a kind of partner, and in how many
    reports. A process figure: it says nothing about a patient."""

    partner: PartnerKind
    kind: BottleneckKind
    practices: int
    reports: int


def open_bottlenecks(practices: Collection[int]) -> dict[int, list[OpenBottleneck]]:
    """Per practice, the heaviest first; one query."""
    rows = Bottleneck.objects.standing().filter(practice__in=practices)
    rows = rows.exclude(structural__state=BottleneckState.SOLVED).select_related("structural")
    found: dict[int, list[OpenBottleneck]] = defaultdict(list)
    for row in rows.order_by("-weight", "-reported_at", "-pk"):
        found[row.practice_id].append(_open(row))
    return dict(found)


def structural_ones(as_of: date, practices: Collection[int] | None = None) -> list[Structural]:
    """As they stood at the end of a day, in the order of partners; with `practices` those that one
    of these has, and only these counted. Two queries and one more."""
    moment = _end_of(as_of)
    known = Bottleneck.objects.reported_by(moment).filter(grouped_at__lte=moment).without_words()
    if practices is not None:
        known = known.filter(practice__in=practices)
    steps = StructuralStep.objects.filter(at__lte=moment).order_by("at", "pk")
    found = StructuralBottleneck.objects.filter(made_at__lte=moment).select_related("responsible")
    listed = found.prefetch_related(
        Prefetch("reports", known.order_by("practice"), to_attr="known"),
        Prefetch("steps", steps, to_attr="until_then"),
    )
    made = [_structural(one, one.known, one.until_then) for one in listed]
    return made if practices is None else [one for one in made if one.practices]


def counts_by_partner(as_of: date, practices: Collection[int] | None = None) -> list[Counted]:
    """Of what stood reported at the end of a day, solved or not; one query."""
    rows = Bottleneck.objects.reported_by(_end_of(as_of))
    if practices is not None:
        rows = rows.filter(practice__in=practices)
    who: dict[tuple[str, str], list[int]] = defaultdict(list)
    for partner, kind, practice in rows.order_by().values_list("partner", "kind", "practice"):
        who[partner, kind].append(practice)
    return [
        Counted(partner, kind, len(set(found)), len(found))
        for partner in PartnerKind
        for kind in BottleneckKind
        if (found := who.get((partner, kind)))
    ]


def _open(row: Bottleneck) -> OpenBottleneck:
    return OpenBottleneck(
        pk=row.pk,
        partner=PartnerKind(row.partner),
        partner_name=row.partner_name,
        kind=BottleneckKind(row.kind),
        weight=Weight(row.weight),
        text=row.text or "",
        source=Source(row.source),
        reported_on=timezone.localdate(row.reported_at),
        state=row.state,
        structural=row.structural.title if row.structural else "",
        doing=row.structural.doing if row.structural else "",
    )


def _structural(
    one: StructuralBottleneck, reports: list[Bottleneck], steps: list[StructuralStep]
) -> Structural:
    return Structural(
        pk=one.pk,
        title=one.title,
        partner=PartnerKind(one.partner),
        partner_name=one.partner_name,
        kind=BottleneckKind(one.kind),
        state=BottleneckState(steps[-1].state if steps else BottleneckState.GROUPED),
        doing=one.doing,
        responsible=str(one.responsible or ""),
        practices=tuple(sorted({report.practice_id for report in reports})),
        badly=len({report.practice_id for report in reports if report.weight == Weight.BADLY}),
        done=tuple(Done(timezone.localdate(step.at), step.done) for step in steps if step.done),
    )


def _end_of(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day + timedelta(days=1), time.min))
