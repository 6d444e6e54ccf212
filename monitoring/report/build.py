"""Collecting a report: figures and standings of one moment, small numbers hidden, one value."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby

from django.utils import translation

from highusers.overview.facts import practice_years
from highusers.overview.hiding import hidden_practices
from monitoring.compliance import PracticeStanding
from monitoring.models import IndicatorValue
from monitoring.regional_fee.facts import fee_tariffs, has_list, quarter_parts
from monitoring.report import (
    comparing,
    figures,
    hiding,
    quality,
    stuck,
    time_outs,
    visited,
    wording,
)
from monitoring.report.figures import PracticeExtract
from monitoring.report.scope import Begun, Scope, one_moment, scope_of
from monitoring.report.value import (
    IndicatorFigures,
    PartFigures,
    PracticeFigures,
    PracticeObligation,
    Report,
)
from monitoring.standing import standing
from practices.models import Insurer

LANGUAGE = "nl"
"""Reports go to Dutch insurers, whatever language the coordinator works in."""


def build_report(*, year: int, insurer: Insurer, appendix: bool) -> Report:
    """The report as it stands on 31 December of `year`, from one snapshot of the database."""
    with translation.override(LANGUAGE), one_moment():
        return _collected(scope_of(year, insurer), appendix=appendix)


def _collected(scope: Scope, *, appendix: bool) -> Report:
    standings = standing(scope.as_of, scope.ids)
    parts = quarter_parts(scope.year, scope.insurer)
    listed = has_list(scope.year, scope.insurer)
    panels, fees, hidden_quarters = hiding.without_small_quarters(
        parts, fee_tariffs(scope.year, scope.insurer), has_list=listed
    )
    noted = time_outs.of_year(scope.year)
    rows = _appendix(scope, standings) if appendix else None
    counted = figures.extracts(scope)
    extracts = hiding.without_small_extracts(
        counted, rows, _hidden_on_overview(scope) if appendix else ()
    )
    indicators, hidden_indicators = _indicators(figures.indicator_values(scope))
    report = Report(
        year=scope.year,
        insurer=scope.insurer.name,
        as_of=scope.as_of.isoformat(),
        practices=len(scope.begun),
        stopped=len(scope.begun) - len(scope.going_on),
        cohorts=figures.cohorts(scope),
        obligations=figures.obligations(standings),
        extracts=extracts.year,
        earlier_extracts=extracts.earlier,
        plans=figures.plans(standings),
        sessions=figures.sessions(scope),
        questionnaires=figures.questionnaires(scope, standings),
        indicators=indicators,
        panels=panels,
        regional_fee=fees,
        quality=quality.missing(scope, standings, counted[-1]),
        appendix=extracts.appendix,
        suppressed=(
            *extracts.suppressed,
            *hidden_indicators,
            *hidden_quarters,
            *time_outs.hidden_paths(noted),
        ),
        time_outs=noted,
    )
    return _with_the_rest(report, scope, standings)


def _with_the_rest(report: Report, scope: Scope, standings: Sequence[PracticeStanding]) -> Report:
    """Comparisons, visits, bottlenecks, and what people wrote."""
    return replace(
        report,
        by_cohort=comparing.by_cohort(scope, standings),
        last_year=comparing.last_year(scope),
        visits=visited.visits(scope),
        bottlenecks=stuck.bottlenecks(scope),
        structural=stuck.structural(scope),
        meeting=wording.meeting(scope.year),
        texts=wording.texts(scope.year),
        quotes=wording.quotes(scope.year),
    )


def _indicators(
    rows: Sequence[IndicatorValue],
) -> tuple[tuple[IndicatorFigures, ...], tuple[str, ...]]:
    """Values grouped per indicator and specialism, and the paths that were hidden."""
    found: list[IndicatorFigures] = []
    suppressed: list[str] = []
    for (definition, detail), group in groupby(rows, key=lambda row: (row.definition, row.detail)):
        name = f"{definition.code}:{detail}" if detail else definition.code
        years = []
        for row in group:
            year, hidden = hiding.indicator_year(row, f"indicators.{name}.{row.year}")
            years.append(year)
            suppressed += hidden
        found.append(
            IndicatorFigures(
                definition.code, detail, definition.title, definition.aim, tuple(years)
            )
        )
    return tuple(found), tuple(suppressed)


def _hidden_on_overview(scope: Scope) -> list[str]:
    hidden = hidden_practices(practice_years(), scope.year)
    return [one.code for one in scope.begun if one.practice_id in hidden]


def _appendix(scope: Scope, standings: Sequence[PracticeStanding]) -> tuple[PracticeFigures, ...]:
    extracts = figures.practice_extracts(scope)
    by_practice = {one.participant.practice_id: one for one in standings}
    return tuple(
        _practice(one, by_practice[one.practice_id], extracts.get(one.practice_id))
        for one in scope.begun
    )


def _practice(
    begun: Begun, standing: PracticeStanding, extract: PracticeExtract | None
) -> PracticeFigures:
    return PracticeFigures(
        code=begun.code,
        name=begun.name,
        city=begun.city,
        cohort=begun.cohort,
        start=begun.start_on.isoformat(),
        stopped_on=begun.stopped_on.isoformat() if begun.stopped_on else None,
        programme_year=standing.programme_year,
        obligations=tuple(
            PracticeObligation(
                one.intervention,
                one.programme_year,
                one.status.value,
                tuple(
                    PartFigures(part.name, part.achieved, part.required, part.status.value)
                    for part in one.parts
                ),
            )
            for one in standing.obligations
        ),
        extract_until=extract.until.isoformat() if extract else None,
        patients=extract.patients if extract else None,
        high_users=extract.high_users if extract else None,
    )
