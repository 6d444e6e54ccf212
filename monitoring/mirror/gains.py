"""Which practices could learn something from another one: for a match, never to be shown."""

from monitoring.mirror.beside import beside
from monitoring.mirror.facts import counts_of
from monitoring.mirror.funnel import Place
from monitoring.mirror.states import Comparison, Direction
from monitoring.models import IndicatorDefinition

_WANTING = {
    Direction.LOWER: {Place.HIGHER, Place.FAR_HIGHER},
    Direction.HIGHER: {Place.LOWER, Place.FAR_LOWER},
    Direction.NONE: set[Place](),
}


def could_gain(code: str, detail: str = "") -> frozenset[int]:
    """The practices (ids) that differ from the region beyond chance in the last year, to the side
    that is not wished for, with a list that is large enough to say so. Empty without a direction,
    for a figure without comparison and below eight practices."""
    definition = IndicatorDefinition.objects.get(code=code)
    wanting = _WANTING[Direction(definition.direction)]
    counts = counts_of(definition, detail)
    known = [one for one in counts if one.practice is not None and not one.kept_back]
    if not wanting or not known:
        return frozenset()
    last = max(one.year for one in known)
    shown = beside(counts, last, Comparison(definition.comparison), None)
    if shown is None:
        return frozenset()
    return frozenset(
        one.practice
        for one in known
        if one.practice is not None
        and one.year == last
        and one.denominator >= definition.minimum_size
        and shown.funnel.place(one.value, one.denominator) in wanting
    )
