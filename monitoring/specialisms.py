"""Which values of indicators may not show: those on too few patients, and what would tell them.

An indicator can be supplied whole and per specialism. Where a specialism rests on too few patients,
the whole minus the other specialisms would tell it: then a further specialism is kept back, and so
it is where a few are left over of the whole. The page of the goals, the mirror and the yearly
report ask here, so that none shows what another hides.
"""

from collections.abc import Iterable

from monitoring.indicators import on_few_patients
from monitoring.models import IndicatorValue
from mtvp.privacy.suppression import Sum, hidden_cells

Key = tuple[int, int | None, int]
"""An indicator, a practice (None: the region) and a year."""

LEFT_OVER = 0
"""Stands for the rest among the ids of values."""


def hidden_values(values: Iterable[IndicatorValue]) -> frozenset[int]:
    """The ids of those that may not show. Of an indicator, practice and year all values must be
    given: the whole and every specialism; their definitions are read."""
    hidden: set[int] = set()
    groups: dict[Key, list[IndicatorValue]] = {}
    for value in values:
        if on_few_patients(value.definition.code, value.numerator, value.denominator):
            hidden.add(value.pk)
        if value.denominator > 0:
            key = value.definition_id, value.practice_id, value.year
            groups.setdefault(key, []).append(value)
    for group in groups.values():
        hidden |= _telling(group, hidden)
    return frozenset(hidden)


def _telling(group: Iterable[IndicatorValue], hidden: Iterable[int]) -> set[int]:
    """What would give away a small specialism, or a small rest, as the whole minus what shows.
    Nothing can be worked out where the specialisms count more than the whole."""
    listed = list(group)
    whole = next((one for one in listed if not one.detail), None)
    parts = [one for one in listed if one.detail]
    if whole is None or not parts:
        return set()
    counts = {one.pk: round(one.numerator) for one in listed}
    rest = counts[whole.pk] - sum(counts[one.pk] for one in parts)
    if rest < 0:
        return set()
    counts[LEFT_OVER] = rest
    found = hidden_cells(
        counts,
        [Sum(whole.pk, (*(one.pk for one in parts), LEFT_OVER))],
        unpublished=[LEFT_OVER],
        rather_shown=[whole.pk],
        hidden_elsewhere=[pk for pk in hidden if pk in counts],
    )
    return set(found) - {LEFT_OVER}
