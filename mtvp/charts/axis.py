"""Round numbers for an axis."""

import math
from dataclasses import dataclass

_TOO_CLOSE = 1e-6
"""Values nearer together than this, relative to their size, are one level on paper."""


@dataclass(frozen=True)
class Axis:
    """From `low` to `high` in equal steps; `decimals` is what the step needs."""

    low: float
    high: float
    step: float

    @property
    def decimals(self) -> int:
        return max(0, -math.floor(math.log10(self.step) + 1e-9))

    def ticks(self) -> list[float]:
        count = round((self.high - self.low) / self.step)
        return [round(self.low + index * self.step, 10) for index in range(count + 1)]

    def share(self, value: float) -> float:
        """Where a value lies between the ends: 0 to 1."""
        return (value - self.low) / (self.high - self.low)


def axis_for(low: float, high: float, *, steps: int = 4) -> Axis:
    """An axis that holds `low` to `high` with about `steps` steps of 1, 2 or 5 times ten."""
    span = high - low
    if span < _TOO_CLOSE * max(1.0, abs(high)):
        span = max(abs(high), 1.0)
    rough = span / steps
    magnitude = 10.0 ** math.floor(math.log10(rough))
    step = next(
        magnitude * factor for factor in (1, 2, 5, 10) if magnitude * factor >= rough * 0.999
    )
    start = math.floor(low / step + 1e-9) * step
    end = math.ceil(high / step - 1e-9) * step
    if end <= start:
        end = start + step
    return Axis(low=round(start, 10), high=round(end, 10), step=round(step, 10))
