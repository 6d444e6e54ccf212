"""Timing in pairs, and the line that is printed for each figure."""

import gc
import json
import statistics
import time
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass

QUERIES = "queries"
"""The unit of a figure that must be the same whatever the size of the region."""


@dataclass(frozen=True, slots=True)
class Figure:
    """`value` and `floor` are medians in `unit`; `ratio` is the median of the pairs' ratios."""

    name: str
    value: float
    unit: str
    floor: float | None = None
    ratio: float | None = None
    n: int = 1

    def line(self) -> str:
        return json.dumps(
            {
                name: round(value, 4) if isinstance(value, float) else value
                for name, value in asdict(self).items()
            }
        )


def differing(figures: Iterable[Figure]) -> list[str]:
    """The names of those that should be the same for every size and are not."""
    return [one.name for one in figures if one.unit == QUERIES and one.ratio not in (None, 1)]


def paired(
    name: str,
    ours: Callable[[], object],
    floor: Callable[[], object],
    *,
    repetitions: int,
    prepare: Callable[[], object] = lambda: None,
    unit: str = "s",
    per: int = 1,
) -> Figure:
    """Run both `repetitions` times in turn, the other one first every second time.

    `prepare` runs before each of them, outside the clock. With `per`, each run does the work that
    many times and the figures are for one.
    """
    pairs = []
    for turn in range(repetitions):
        first, second = (ours, floor) if turn % 2 == 0 else (floor, ours)
        times = {}
        for work in (first, second):
            prepare()
            times[work] = seconds(work) / per
        pairs.append((times[ours], times[floor]))
    return Figure(
        name=name,
        value=statistics.median(pair[0] for pair in pairs),
        unit=unit,
        floor=statistics.median(pair[1] for pair in pairs),
        ratio=statistics.median(pair[0] / pair[1] for pair in pairs),
        n=repetitions,
    )


def seconds(work: Callable[[], object]) -> float:
    """Wall time of one run, without the rubbish of earlier ones."""
    gc.collect()
    began = time.perf_counter()
    work()
    return time.perf_counter() - began
