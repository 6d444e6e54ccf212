"""What may be shown of what teams said of their patients and did for them: for the region as a
whole, judged together, as the same patients stand in each table.

Sums that a reader could work with: patients discussed = those of each profile = by what was said;
those with a plan = by profile = by state, and part of those discussed; hotspotters on all aims are
part of those evaluated, these of those marked, and these of those with a plan.
"""

from collections.abc import Hashable
from dataclasses import dataclass, field

from highusers.overview.facts import TeamCounts
from highusers.states import Influenceable, PlanState
from mtvp.documents.model import Mark
from mtvp.privacy.suppression import MINIMUM, Sum, hidden_cells, table_sums

SAID = (*Influenceable.values, "")
TOTAL = "total"
STEPS = ("marked", "evaluated", "on_all_aims")

Cell = tuple[Hashable, Hashable]
Count = int | Mark


@dataclass(frozen=True, slots=True)
class ProfileLine:
    """`name` is None for patients without a profile, '' for all together."""

    name: str | None
    discussed: Count
    yes: Count
    doubt: Count
    no: Count
    not_said: Count
    with_plan: Count


@dataclass(frozen=True, slots=True)
class Team:
    """Numbers of patients of the region; the last of `profiles` is all together."""

    profiles: tuple[ProfileLine, ...]
    states: tuple[tuple[PlanState, Count], ...]
    with_plan: Count
    marked: Count
    evaluated: Count
    on_all_aims: Count

    @property
    def shows_discussed(self) -> bool:
        return not isinstance(self.profiles[-1].discussed, Mark)

    @property
    def shows_plans(self) -> bool:
        return not isinstance(self.with_plan, Mark)

    @property
    def shows_hotspotters(self) -> bool:
        return not isinstance(self.marked, Mark)


def shown_team(found: TeamCounts) -> Team:
    """The counts with the small ones hidden, nought too, and what would give them away."""
    table = _judged(found)
    names: dict[Hashable, str | None] = dict(found.profiles.items())
    names |= {None: None, TOTAL: ""}
    return Team(
        profiles=tuple(_line(table, profile, name) for profile, name in names.items()),
        states=tuple((state, table.shown(("state", state.value))) for state in PlanState),
        with_plan=table.shown(("planned", TOTAL)),
        marked=table.shown(("hotspotter", "marked")),
        evaluated=table.shown(("hotspotter", "evaluated")),
        on_all_aims=table.shown(("hotspotter", "on_all_aims")),
    )


def _line(table: "_Judged", profile: Hashable, name: str | None) -> ProfileLine:
    return ProfileLine(
        name=name,
        discussed=table.shown((profile, TOTAL)),
        yes=table.shown((profile, Influenceable.YES.value)),
        doubt=table.shown((profile, Influenceable.DOUBT.value)),
        no=table.shown((profile, Influenceable.NO.value)),
        not_said=table.shown((profile, "")),
        with_plan=table.shown(("planned", profile)),
    )


@dataclass
class _Judged:
    counts: dict[Cell, int] = field(default_factory=dict)
    sums: list[Sum[Cell]] = field(default_factory=list)
    remainders: list[Cell] = field(default_factory=list)
    hidden: frozenset[Cell] = frozenset()

    def part_of(self, whole: Cell, part: Cell) -> None:
        """What is left of the whole is printed nowhere, but a reader can subtract."""
        left = self.counts[whole] - self.counts[part]
        parts = [part]
        if left:
            rest: Cell = ("rest", (whole, part))
            self.counts[rest] = left
            self.remainders.append(rest)
            parts.append(rest)
        self.sums.append(Sum(whole, tuple(parts)))

    def shown(self, cell: Cell) -> Count:
        return Mark.HIDDEN if cell in self.hidden else self.counts[cell]


def _judged(found: TeamCounts) -> _Judged:
    table = _Judged()
    profiles = (*found.profiles, None)
    for profile in profiles:
        for said in SAID:
            table.counts[profile, said] = found.said.get((profile, said), 0)
        table.counts[profile, TOTAL] = sum(table.counts[profile, said] for said in SAID)
        table.counts["planned", profile] = found.planned.get(profile, 0)
    for said in (*SAID, TOTAL):
        table.counts[TOTAL, said] = sum(table.counts[profile, said] for profile in profiles)
    table.counts["planned", TOTAL] = sum(found.planned.values())
    for state in PlanState.values:
        table.counts["state", state] = found.states.get(state, 0)
    for step in STEPS:
        table.counts["hotspotter", step] = found.hotspotters[step]
    table.sums += table_sums(profiles, SAID, total=TOTAL)
    planned: Cell = ("planned", TOTAL)
    table.sums.append(Sum(planned, tuple(("planned", profile) for profile in profiles)))
    table.sums.append(Sum(planned, tuple(("state", state) for state in PlanState.values)))
    for profile in profiles:
        table.part_of((profile, TOTAL), ("planned", profile))
    table.part_of((TOTAL, TOTAL), planned)
    steps: list[Cell] = [("hotspotter", step) for step in STEPS]
    for whole, part in zip([planned, *steps], steps, strict=False):
        table.part_of(whole, part)
    table.hidden = hidden_cells(
        table.counts,
        table.sums,
        minimum=MINIMUM,
        zero_is_small=True,
        unpublished=table.remainders,
        rather_shown=[(TOTAL, TOTAL), planned, steps[0]],
    )
    return table
