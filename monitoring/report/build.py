"""Collecting a report: figures and standings of one moment, small numbers hidden, one value."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
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
    goals,
    hiding,
    money,
    quality,
    stuck,
    time_outs,
    visited,
    wording,
)
from monitoring.report.figures import PracticeExtract
from monitoring.report.scope import Begun, Scope, one_moment, scope_of
from monitoring.report.small_changes import without_small_changes
from monitoring.report.value import (
    ExtractFigures,
    IndicatorFigures,
    PartFigures,
    PracticeFigures,
    PracticeObligation,
    Report,
)
from monitoring.specialisms import hidden_values
from monitoring.standing import standing
from practices.models import Insurer

LANGUAGE = "nl"
"""Reports go to Dutch insurers, whatever language the coordinator works in."""


def build_report(*, year: int, insurer: Insurer, appendix: bool) -> Report:
    """The report as it stands on 31 December of `year`, from one snapshot of the database. Beside
    reports that were final before, it tells no figure on fewer than ten patients."""
    with translation.override(LANGUAGE), one_moment():
        counted = count_report(scope_of(year, insurer), appendix=appendix)
        return without_small_changes(counted, insurer)


def count_report(scope: Scope, *, appendix: bool) -> Report:
    """The report by itself, whatever was told before."""
    standings = standing(scope.as_of, scope.ids)
    parts = quarter_parts(scope.year, scope.insurer)
    tariffs = fee_tariffs(scope.year, scope.insurer)
    panels, fees, hidden_quarters = hiding.without_small_quarters(
        parts, tariffs, has_list=has_list(scope.year, scope.insurer)
    )
    noted = time_outs.of_year(scope.year)
    counted = figures.extracts(scope)
    extracts = _without_small(counted, scope, standings if appendix else None)
    indicators, hidden_indicators = _indicators(figures.indicator_values(scope), scope.year)
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
    return _with_the_rest(_with_money(report, scope, tariffs), scope, standings)


def _without_small(
    counted: Sequence[ExtractFigures],
    scope: Scope,
    standings: Sequence[PracticeStanding] | None,
) -> hiding.Extracts:
    """With `standings` per practice as well."""
    if standings is None:
        return hiding.without_small_extracts(counted, None)
    rows = _appendix(scope, standings)
    return hiding.without_small_extracts(counted, rows, _hidden_on_overview(scope))


def _with_money(report: Report, scope: Scope, tariffs: dict[str, Decimal | None]) -> Report:
    """The fee for the programme and, for an insurer with a list, what belongs to its fee."""
    programme_fee = money.programme_fee(scope, report.panels)
    return replace(
        report,
        programme_fee=programme_fee,
        fee_tariffs=money.tariffs(tariffs) if report.regional_fee else (),
        not_accounted=money.not_accounted(scope) if report.regional_fee else (),
        suppressed=(*report.suppressed, *money.hidden_paths(programme_fee)),
    )


def _with_the_rest(report: Report, scope: Scope, standings: Sequence[PracticeStanding]) -> Report:
    """Comparisons, visits, bottlenecks, and what people wrote."""
    return replace(
        report,
        visit_answers=visited.answers(scope),
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
    rows: Sequence[IndicatorValue], until: int
) -> tuple[tuple[IndicatorFigures, ...], tuple[str, ...]]:
    """Values grouped per indicator and specialism, and the paths that were hidden."""
    intervals = goals.intervals(until)
    few = hidden_values(rows)
    found: list[IndicatorFigures] = []
    suppressed: list[str] = []
    for (definition, detail), group in groupby(rows, key=lambda row: (row.definition, row.detail)):
        name = f"{definition.code}:{detail}" if detail else definition.code
        years = []
        for row in group:
            year, hidden = hiding.indicator_year(row, f"indicators.{name}.{row.year}", few)
            interval = intervals.get(((definition.code, detail), row.year))
            years.append(goals.with_interval(year, interval))
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
