"""Time-outs in the report: the pattern of the region over the four quarters of a year."""

from datetime import date

from interventions.timeouts.facts import Figure, region_pattern
from interventions.timeouts.states import Outcome
from monitoring.report.value import TimeOutFigures


def of_year(year: int) -> TimeOutFigures | None:
    """As the coordinator sees them (decision 0118); None when too few practices noted any."""
    pattern = region_pattern(date(year + 1, 1, 1))
    if pattern is None:
        return None
    return TimeOutFigures(
        practices=pattern.practices or 0,
        decided=_number(pattern.total),
        not_sent=_number(pattern.outcomes[Outcome.NOT_SENT]),
    )


def hidden_paths(found: TimeOutFigures | None) -> tuple[str, ...]:
    """Figures that may not be shown, by their path."""
    if found is None:
        return ()
    return tuple(
        f"time_outs.{name}" for name in ("decided", "not_sent") if getattr(found, name) is None
    )


def _number(figure: Figure) -> int | None:
    return figure if isinstance(figure, int) else None
