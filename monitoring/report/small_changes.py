"""Small numbers between reports: who has two of them, finds no change of fewer than ten patients.

A correction says what reads otherwise, and its reader still has the version before; next year's
report shows the year once more, and the report with the appendix stands beside the one without.
So figures that belong together, the patients of a year's extracts (with the practices behind them),
those of one quarter, the time-outs, are renewed together or stay as they were told last (decision
0177). They are renewed when, beside everything told before, each of them and what is left over
between them is the same or at least ten apart, however a hidden one may read. Whether a group
stayed because it changed a little or not at all, nobody can tell.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from monitoring.models import Report as StoredReport
from monitoring.report import money
from monitoring.report.figures import EARLIER_YEARS
from monitoring.report.hiding import hidden_paths
from monitoring.report.value import (
    ExtractFigures,
    FeeFigures,
    PanelFigures,
    PracticeFigures,
    Report,
    report_from_json,
)
from monitoring.states import ReportState
from mtvp.privacy.suppression import MINIMUM
from practices.models import Insurer

Pair = tuple[int | None, int | None]
"""A number of patients and one that is part of it or overlaps with it; None where hidden."""

NOTHING: Pair = (0, 0)


@dataclass(frozen=True)
class YearTold:
    """The extracts of a year in one report; `rows` by code, where a number of one showed."""

    figures: ExtractFigures
    rows: Mapping[str, PracticeFigures] | None

    @property
    def pair(self) -> Pair:
        return self.figures.patients, self.figures.high_users


def without_small_changes(report: Report, insurer: Insurer) -> Report:
    """One query: the final reports in which these years stand, the oldest first. Extracts are told
    alike to every insurer and its patients to an insurer alone."""
    years = (report.year - EARLIER_YEARS, report.year + EARLIER_YEARS)
    found = StoredReport.objects.filter(state=ReportState.FINAL, year__range=years)
    everybody, own = [], []
    for one in found.order_by("final_at", "pk"):
        value = report_from_json(one.value)
        everybody.append(value)
        if one.insurer_id == insurer.pk and value.year == report.year:
            own.append(value)
    return beside_earlier(report, everybody, own) if everybody else report


def beside_earlier(report: Report, everybody: Sequence[Report], own: Sequence[Report]) -> Report:
    """`everybody`: what was told of extracts and time-outs, `own`: to this insurer of this year."""
    settled = _quarters(_extracts(report, everybody), own)
    settled = _time_outs(settled, [one for one in everybody if one.year == report.year])
    if settled == report:
        return report
    return replace(settled, suppressed=hidden_paths(settled))


def may_follow(told: Pair, now: Pair) -> bool:
    """Whether these two numbers, and what one leaves of the other, may stand beside what was told:
    each the same or ten apart. A hidden one lies within nine of nought or of one that shows."""
    return all(
        _apart(was, becomes, told, now)
        for was, becomes in zip((*told, _rest(told)), (*now, _rest(now)), strict=True)
    )


def rows_may_follow(told: YearTold, now: YearTold) -> bool:
    """The same for practices with their total: the same ones are hidden, and of those together the
    numbers and the rest are the same or ten apart as well."""
    if told.rows is None or now.rows is None:
        return True
    was, becomes = _pairs(told.rows), _pairs(now.rows)
    for code in {*was, *becomes}:
        if code in was and _pattern(was[code]) != _pattern(becomes.get(code, NOTHING)):
            return False
        pairs = was.get(code, NOTHING), becomes.get(code, NOTHING)
        if _pattern(pairs[0]) == _pattern(pairs[1]) and not may_follow(*pairs):
            return False
    return may_follow(_left_over(told.pair, was.values()), _left_over(now.pair, becomes.values()))


def _extracts(report: Report, everybody: Sequence[Report]) -> Report:
    earlier = []
    for one in report.earlier_extracts:
        told = _told_of(one.year, everybody)
        renewed = all(may_follow(before.pair, (one.patients, one.high_users)) for before in told)
        earlier.append(one if renewed else told[-1].figures)
    report = replace(report, earlier_extracts=tuple(earlier))
    now = YearTold(report.extracts, _by_code(report.appendix))
    told = _told_of(report.year, everybody)
    if all(_year_may_follow(before, now) for before in told):
        return report
    rows = [before.rows for before in told if before.rows is not None]
    return replace(
        report,
        extracts=told[-1].figures,
        appendix=_rows_as_told(report.appendix, rows[-1] if rows else None),
    )


def _year_may_follow(told: YearTold, now: YearTold) -> bool:
    """Where practices stand beside a total, it is hidden in both or shown in both."""
    with_rows = told.rows is not None or now.rows is not None
    if with_rows and _pattern(told.pair) != _pattern(now.pair):
        return False
    return may_follow(told.pair, now.pair) and rows_may_follow(told, now)


def _told_of(year: int, reports: Iterable[Report]) -> list[YearTold]:
    found = []
    for report in reports:
        if report.year == year:
            found.append(YearTold(report.extracts, _by_code(report.appendix)))
        found += [YearTold(one, None) for one in report.earlier_extracts if one.year == year]
    return found


def _rows_as_told(
    appendix: tuple[PracticeFigures, ...] | None, told: Mapping[str, PracticeFigures] | None
) -> tuple[PracticeFigures, ...] | None:
    """The extracts of practices as they stood; hidden where they stood nowhere yet."""
    if appendix is None:
        return None
    rows = []
    for one in appendix:
        if told is None:
            rows.append(replace(one, patients=None, high_users=None))
            continue
        before = told.get(one.code)
        rows.append(
            replace(
                one,
                extract_until=before.extract_until if before else None,
                patients=before.patients if before else None,
                high_users=before.high_users if before else None,
            )
        )
    return tuple(rows)


def _quarters(report: Report, own: Sequence[Report]) -> Report:
    panels, fees = list(report.panels), list(report.regional_fee)
    for place in range(len(panels)):
        told = [_quarter(one.panels, one.regional_fee, place) for one in own]
        now = _quarter(panels, fees, place)
        if all(may_follow(_patients(before), _patients(now)) for before in told):
            continue
        panels[place], fee = told[-1]
        if fees and fee is not None:
            fees[place] = _with_tariff(fee, report, place)
        elif fees:
            fees[place] = replace(fees[place], patients=None, amount=None)
    programme = tuple(map(money.with_patients, report.programme_fee, panels))
    return replace(report, panels=tuple(panels), regional_fee=tuple(fees), programme_fee=programme)


def _quarter(
    panels: Sequence[PanelFigures], fees: Sequence[FeeFigures], place: int
) -> tuple[PanelFigures, FeeFigures | None]:
    return panels[place], fees[place] if fees else None


def _patients(quarter: tuple[PanelFigures, FeeFigures | None]) -> Pair:
    panel, fee = quarter
    return panel.patients, 0 if fee is None else fee.patients


def _with_tariff(fee: FeeFigures, report: Report, place: int) -> FeeFigures:
    """The patients as they were told at the tariff as it is known now."""
    return replace(fee, amount=money.amount(fee.patients, report.fee_tariffs[place].amount))


def _time_outs(report: Report, of_year: Sequence[Report]) -> Report:
    told = [one.time_outs for one in of_year if one.time_outs is not None]
    now = report.time_outs
    pair = NOTHING if now is None else (now.decided, now.not_sent)
    if all(may_follow((before.decided, before.not_sent), pair) for before in told):
        return report
    return replace(report, time_outs=told[-1])


def _by_code(rows: Iterable[PracticeFigures] | None) -> dict[str, PracticeFigures] | None:
    found = {one.code: one for one in rows or ()}
    return found if any(one.patients is not None for one in found.values()) else None


def _pairs(rows: Mapping[str, PracticeFigures]) -> dict[str, Pair]:
    """Of the practices with an extract."""
    return {code: (one.patients, one.high_users) for code, one in rows.items() if one.extract_until}


def _left_over(total: Pair, rows: Iterable[Pair]) -> Pair:
    """What is left for the practices that are hidden together."""
    listed = list(rows)
    left = [
        None if whole is None else whole - sum(row[place] or 0 for row in listed)
        for place, whole in enumerate(total)
    ]
    return left[0], left[1]


def _pattern(pair: Pair) -> tuple[bool, bool]:
    return pair[0] is None, pair[1] is None


def _rest(pair: Pair) -> int | None:
    whole, part = pair
    return None if whole is None or part is None else whole - part


def _apart(was: int | None, now: int | None, told: Pair, shown: Pair) -> bool:
    if was is not None and now is not None:
        return was == now or abs(was - now) >= MINIMUM
    if was is None and now is None:
        return True
    known, beside = (was, shown) if was is not None else (now, told)
    near = {0, *(sign * one for one in beside if one is not None for sign in (1, -1))}
    return all(abs((known or 0) - one) >= 2 * MINIMUM - 1 for one in near)
