"""What may be shown of what teams said of their patients and did for them: for the region as a
whole, all of it judged together.

Sums that a reader could work with: patients of whom the team said something = those of each profile
= by what was said; patients with a plan = by profile = by state; hotspotters on all aims are part
of those evaluated, these of those marked, and these of those with a plan. A profile is named only
with somebody in it when it is none: patients without a profile have no line of their own else.
"""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field

from highusers.overview.facts import TeamCounts
from highusers.states import Influenceable, PlanState
from mtvp.documents.model import Mark
from mtvp.privacy.suppression import Sum, hidden_cells, table_sums

TOTAL = "total"
STEPS = ("marked", "evaluated", "on_all_aims")

Cell = tuple[Hashable, Hashable]
Count = int | Mark


@dataclass(frozen=True, slots=True)
class ProfileLine:
    """`name` is None for patients without a profile, '' for all together."""

    name: str | None
    said: Count
    yes: Count
    doubt: Count
    no: Count


@dataclass(frozen=True, slots=True)
class Team:
    """Numbers of patients of the region; the last of `profiles` is all together."""

    profiles: tuple[ProfileLine, ...]
    planned: tuple[tuple[str | None, Count], ...]
    states: tuple[tuple[PlanState, Count], ...]
    with_plan: Count
    marked: Count
    evaluated: Count
    on_all_aims: Count


def shown_team(found: TeamCounts) -> Team:
    """The counts with the small ones hidden, nought too, and what would give them away."""
    table = _judged(found)
    names: dict[Hashable, str | None] = {None: None, **dict(found.profiles.items()), TOTAL: ""}
    said = (*_profiles(found, {profile for profile, _said in found.said}), TOTAL)
    return Team(
        profiles=tuple(_line(table, profile, names[profile]) for profile in said),
        planned=tuple(
            (names[profile], table.shown(("planned", profile)))
            for profile in _profiles(found, found.planned)
        ),
        states=tuple((state, table.shown(("state", state.value))) for state in PlanState),
        with_plan=table.shown(("planned", TOTAL)),
        marked=table.shown(("hotspotter", "marked")),
        evaluated=table.shown(("hotspotter", "evaluated")),
        on_all_aims=table.shown(("hotspotter", "on_all_aims")),
    )


def _line(table: "_Judged", profile: Hashable, name: str | None) -> ProfileLine:
    return ProfileLine(
        name=name,
        said=table.shown((profile, TOTAL)),
        yes=table.shown((profile, Influenceable.YES.value)),
        doubt=table.shown((profile, Influenceable.DOUBT.value)),
        no=table.shown((profile, Influenceable.NO.value)),
    )


def _profiles(
    found: TeamCounts, counted: Mapping[int | None, int] | set[int | None]
) -> list[int | None]:
    return [*found.profiles, *([None] if None in counted else [])]


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

    def add_up(self, whole: Cell, parts: Mapping[Cell, int]) -> None:
        self.counts |= parts
        self.counts[whole] = sum(parts.values())
        self.sums.append(Sum(whole, tuple(parts)))

    def shown(self, cell: Cell) -> Count:
        return Mark.HIDDEN if cell in self.hidden else self.counts[cell]


def _judged(found: TeamCounts) -> _Judged:
    table = _Judged()
    _add_said(table, found)
    planned: Cell = ("planned", TOTAL)
    of_profile = _profiles(found, found.planned)
    table.add_up(planned, {("planned", one): found.planned.get(one, 0) for one in of_profile})
    table.add_up(planned, {("state", one): found.states.get(one, 0) for one in PlanState.values})
    steps: list[Cell] = [("hotspotter", step) for step in STEPS]
    table.counts |= {step: found.hotspotters[str(step[1])] for step in steps}
    for whole, part in zip([planned, *steps], steps, strict=False):
        table.part_of(whole, part)
    table.hidden = hidden_cells(
        table.counts,
        table.sums,
        zero_is_small=True,
        unpublished=table.remainders,
        rather_shown=[(TOTAL, TOTAL), planned, steps[0]],
    )
    return table


def _add_said(table: _Judged, found: TeamCounts) -> None:
    profiles = _profiles(found, {profile for profile, _said in found.said})
    said = Influenceable.values
    for profile in profiles:
        for one in said:
            table.counts[profile, one] = found.said.get((profile, one), 0)
        table.counts[profile, TOTAL] = sum(table.counts[profile, one] for one in said)
    for one in (*said, TOTAL):
        table.counts[TOTAL, one] = sum(table.counts[profile, one] for profile in profiles)
    table.sums += table_sums(profiles, said, total=TOTAL)
