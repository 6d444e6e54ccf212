"""Bottlenecks with partners in the report: how many practices, and what the region does."""

from monitoring.bottlenecks.facts import counts_by_partner, structural_ones
from monitoring.report.scope import Scope
from monitoring.report.value import BottleneckFigures, StructuralWords


def bottlenecks(scope: Scope) -> tuple[BottleneckFigures, ...]:
    return tuple(
        BottleneckFigures(str(one.partner), str(one.kind), one.practices, one.reports)
        for one in counts_by_partner(scope.as_of, scope.ids)
    )


def structural(scope: Scope) -> tuple[StructuralWords, ...]:
    """As they stood on the report's day; what the region does, as it says now."""
    return tuple(
        StructuralWords(
            title=one.title,
            partner=str(one.partner),
            state=str(one.state),
            practices=len(one.practices),
            doing=one.doing,
        )
        for one in structural_ones(scope.as_of, scope.ids)
    )
