"""Which offers a practice sees suggested. Pure; decision 0155.

Everybody reads all offers, in one order. Beside that each start page suggests a few, as many for
everybody: of use where there are such, and any others among them. Nobody, the practice itself
included, can tell one from the other.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256

from monitoring.compliance import Obligation, PracticeStanding, Status
from monitoring.kitchen.subjects import OF_INDICATOR

SUGGESTED = 3
OF_USE = 2
"""At most so many of them because they could be of use: another always stands beside."""


@dataclass(frozen=True, slots=True)
class Offered:
    """An offer of another practice."""

    key: int
    subject: str


def gains(standing: PracticeStanding, could_gain: Mapping[str, Collection[int]]) -> frozenset[str]:
    """The subjects on which a practice could learn from others: where its latest obligation is in
    danger or has not begun, and the indicators (by code) that say so of it."""
    latest = {one.intervention: one for one in _begun(standing.obligations)}
    lacking = {str(number) for number, one in latest.items() if _lacks(one)}
    practice = standing.participant.practice_id
    wanting = {f"{OF_INDICATOR}{code}" for code, whose in could_gain.items() if practice in whose}
    return frozenset(lacking | wanting)


def suggested(
    offers: Sequence[Offered], gains: Collection[str], *, practice: int, today: date
) -> list[int]:
    """Keys, in the order in which the offers came. Who is suggested what changes for everybody at
    once, on Monday."""
    week = today.isocalendar()[:2]

    def drawn(one: Offered) -> bytes:
        return sha256(f"{practice} {week} {one.key}".encode()).digest()

    by_draw = sorted(offers, key=drawn)
    of_use = [one for one in by_draw if one.subject in gains][:OF_USE]
    others = [one for one in by_draw if one not in of_use]
    chosen = {one.key for one in [*of_use, *others][:SUGGESTED]}
    return [one.key for one in offers if one.key in chosen]


def _begun(obligations: Iterable[Obligation]) -> list[Obligation]:
    """By year: a later one of the same intervention comes last."""
    begun = [one for one in obligations if one.status is not Status.NOT_DUE]
    return sorted(begun, key=lambda one: one.programme_year)


def _lacks(one: Obligation) -> bool:
    nothing_yet = one.status is Status.ON_TRACK and not any(part.achieved for part in one.parts)
    return nothing_yet or one.status in (Status.AT_RISK, Status.MISSED)
