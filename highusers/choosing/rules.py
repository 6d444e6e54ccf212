"""What may be done with a choice, as reasons why not: pure."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from highusers.choosing.listing import Line
from highusers.models import Judgement
from highusers.states import Influenceable

FEWEST_CHOSEN = 3
"""From so many on it means something that the choice fell on the highest."""


def choice_problems(judgement: Judgement) -> list[str]:
    """Why this patient cannot be chosen."""
    if judgement.influenceable == Influenceable.NO:
        return [_("The team said that this cannot be influenced. Change that first.")]
    return []


def undo_problems(judgement: Judgement, *, planned: bool) -> list[str]:
    """Why a choice cannot be undone: a plan that was made of it stays what it is."""
    if judgement.chosen_on and planned:
        return [_("There is a plan already. Close the plan first.")]
    return []


def is_candidate(line: Line) -> bool:
    """Whether the lot may fall on this patient: found suitable, not chosen, without a plan."""
    judged = line.judgement.influenceable
    return judged in {Influenceable.YES, Influenceable.DOUBT} and not (line.is_chosen or line.plan)


def lot_problems(lines: Sequence[Line], places: int | None) -> list[str]:
    """Why no lot can be drawn between these patients: it is for ties only."""
    if len(lines) < 2 or not all(is_candidate(line) for line in lines):
        return [_("Choose two or more patients who are not chosen yet and can be influenced.")]
    if len({line.judgement.influenceable for line in lines}) > 1:
        return [_("Draw lots between patients of whom the team said the same: all yes, or doubt.")]
    if places is None or not 1 <= places < len(lines):
        return [_("Fill in how many to choose: fewer than the patients you chose from.")]
    return []


def takes_the_highest(lines: Sequence[Line]) -> bool:
    """Every chosen patient has more contacts than every other who might have been chosen.

    Then nothing can ever be said about effect: nobody alike is left to compare with."""
    chosen = [line.contacts for line in lines if line.is_chosen]
    others = [
        line.contacts
        for line in lines
        if not line.is_chosen and line.judgement.influenceable != Influenceable.NO
    ]
    return len(chosen) >= FEWEST_CHOSEN and bool(others) and min(chosen) > max(others)
