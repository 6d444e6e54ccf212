"""The charts of the report, each with a conclusion drawn from its figures."""

from django.utils.translation import gettext as _

from monitoring.indicators import BY_CODE
from monitoring.report import narrative
from monitoring.report.narrative import obligation_name
from monitoring.report.tables import STATUSES, status_counts, status_name
from monitoring.report.value import IndicatorFigures, Report
from mtvp.charts.bars import GroupRow, ShareRow, grouped_bars, share_bars
from mtvp.charts.chart import Chart
from mtvp.charts.lines import Aim, LineSeries, line_chart
from mtvp.charts.numbers import number
from mtvp.charts.stacked import STATUS_PAINTS, StackRow, StackSeries, stacked_bars


def cohorts(report: Report) -> Chart:
    return grouped_bars(
        _("Practices per cohort"),
        narrative.participation(report),
        [GroupRow(one.name, (one.invited, one.begun, one.stopped)) for one in report.cohorts],
        series=[_("invited"), _("begun"), _("stopped")],
        row_header=_("Cohort"),
        nothing=_("no figure"),
    )


def roll_out(report: Report) -> Chart:
    rows = [
        ShareRow(
            obligation_name(one),
            one.met if one.applicable else None,
            one.applicable,
            _counted(one.met, one.applicable),
        )
        for one in report.obligations
    ]
    headers = (_("Obligation"), _("Practices"), _("Share"))
    conclusion = narrative.roll_out(report.obligations)
    return share_bars(_("Practices that met an obligation"), conclusion, rows, headers=headers)


def _counted(met: int, applicable: int) -> str:
    if not applicable:
        return _("does not count yet")
    return _("%(met)s of %(applicable)s") % {"met": number(met), "applicable": number(applicable)}


def statuses(report: Report) -> Chart:
    series = [StackSeries(status_name(status), STATUS_PAINTS[status]) for status in STATUSES]
    rows = [StackRow(obligation_name(one), status_counts(one)) for one in report.obligations]
    return stacked_bars(
        _("Practices per status"),
        narrative.overdue(report.obligations),
        rows,
        series=series,
        row_header=_("Obligation"),
    )


def indicator(one: IndicatorFigures) -> Chart:
    shipped = BY_CODE[one.indicator]
    scale = 100 if shipped.percent else 1
    region = [None if year.value is None else float(year.value) * scale for year in one.years]
    country = [
        None if year.national is None else float(year.national) * scale for year in one.years
    ]
    series = [LineSeries(_("Region"), tuple(region))]
    if any(value is not None for value in country):
        series.append(LineSeries(_("Netherlands"), tuple(country)))
    aim = None
    if shipped.aim_value is not None and one.aim:
        aim = Aim(float(shipped.aim_value * scale), _("aim: %(aim)s") % {"aim": one.aim})
    return line_chart(
        one.title,
        narrative.trend(one, shipped.decimals, percent=shipped.percent),
        [str(year.year) for year in one.years],
        series,
        row_header=_("Year"),
        nothing=_("no figure"),
        unit=_("percent; the axis does not start at 0")
        if shipped.percent
        else _("the axis does not start at 0"),
        decimals=shipped.decimals,
        aim=aim,
        from_zero=False,
    )
