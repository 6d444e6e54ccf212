"""The funnel, the course over years, and the small line of the overview."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from monitoring.mirror.beside import SIZE_STEP, Beside
from monitoring.mirror.course import natural_range
from monitoring.mirror.funnel import ALARM, WARNING
from monitoring.mirror.states import Comparison
from monitoring.mirror.words import course_conclusion, written
from monitoring.models import IndicatorDefinition
from mtvp.charts.chart import Chart
from mtvp.charts.funnel import Dot, FunnelLook, Limit, funnel_plot
from mtvp.charts.lines import LineSeries, line_chart, sparkline
from mtvp.charts.numbers import number


@dataclass(frozen=True, slots=True)
class CourseYear:
    """None: no figure, or one that may not be shown."""

    year: int
    own: float | None
    region: float | None
    national: float | None


Others = Sequence[tuple[str, str]]
"""Names and values, as written, of the region and the country as they were supplied."""


def funnel_picture(
    definition: IndicatorDefinition,
    title: str,
    conclusion: str,
    shown: Beside,
    others: Others,
) -> Chart:
    """The table tells the own value, the region, what is to be expected, never a practice."""
    scale = _scale(definition)

    def at(z: float) -> Limit:
        label = _("95% limit") if z == WARNING else _("99.8% limit")

        def ends(size: float) -> tuple[float, float]:
            low, high = shown.funnel.limits(size, z)
            return low * scale, high * scale

        return Limit(label, ends, "6 4" if z == WARNING else "")

    def moved(dot: Dot) -> Dot:
        return Dot(dot.size, dot.value * scale)

    own = shown.own
    words = _("Your practice %(value)s")
    together = {"value": written(definition, shown.funnel.target)}
    look = FunnelLook(
        dots=tuple(moved(dot) for dot in shown.dots),
        own=(moved(own), words % {"value": written(definition, own.value)}) if own else None,
        middle=(shown.funnel.target * scale, _("Practices together %(value)s") % together),
        limits=(at(ALARM), at(WARNING)),
        size_name=_("%(denominator)s, rounded to %(step)s")
        % {"denominator": _sentence_case(definition.denominator), "step": number(SIZE_STEP)},
        sign="%" if scale > 1 else "",
    )
    headers = (_("What"), _("Figure"))
    rows = _rows(definition, shown, others)
    return funnel_plot(title, conclusion, look, headers=headers, rows=rows)


def _rows(
    definition: IndicatorDefinition, shown: Beside, others: Others
) -> tuple[tuple[str, str], ...]:
    rows = [(_("Practices together"), written(definition, shown.funnel.target))]
    rows += [(name, value) for name, value in others if value]
    if shown.own:
        rows.insert(0, (_("Your practice"), written(definition, shown.own.value)))
        limits = shown.funnel.limits(shown.own.size, WARNING)
        expected = _range(definition, *limits)
        rows.append((_("Usual for a list of your size (95%)"), expected))
    middle = _range(definition, shown.low, shown.high)
    rows.append((_("Eight in ten practices (P10 to P90)"), middle))
    rows.append((_("Practices compared"), number(shown.practices)))
    return tuple(rows)


def _range(definition: IndicatorDefinition, low: float, high: float) -> str:
    ends = {"low": written(definition, low), "high": written(definition, high)}
    return _("%(low)s to %(high)s") % ends


def course_picture(
    definition: IndicatorDefinition, years: Sequence[CourseYear], own_name: str
) -> Chart:
    """Up to three lines; from twelve years on the natural range of the own one in place of the
    region's. `own_name` is blank on the region's page."""
    scale = _scale(definition)
    own = [year.own for year in years]
    told = own if own_name else [year.region for year in years]
    lines = [(own_name, own)] if own_name else []
    lines.append((_("Region"), [year.region for year in years]))
    lines.append((_("Netherlands"), [year.national for year in years]))
    if own_name and (found := natural_range(own)):
        lines[1] = (_("Upper limit"), [found.high] * len(years))
        lines.append((_("Lower limit"), [found.low] * len(years)))
    series = [
        LineSeries(
            name,
            tuple(None if one is None else one * scale for one in values),
            own=bool(own_name) and name == own_name,
        )
        for name, values in lines
        if any(one is not None for one in values)
    ]
    percent_too = _("percent; the axis does not start at 0")
    return line_chart(
        _("The course over years"),
        course_conclusion(definition, list(zip((one.year for one in years), told, strict=True))),
        [str(year.year) for year in years],
        series,
        row_header=_("Year"),
        nothing=_("no figure"),
        unit=percent_too if scale > 1 else _("the axis does not start at 0"),
        decimals=definition.decimals,
        from_zero=False,
    )


def small_course(
    definition: IndicatorDefinition, years: Sequence[CourseYear], conclusion: str
) -> str:
    return sparkline(definition.title, conclusion, [year.own for year in years], width=160)


def _scale(definition: IndicatorDefinition) -> int:
    return 100 if definition.comparison == Comparison.PROPORTION else 1


def _sentence_case(words: str) -> str:
    return words[:1].upper() + words[1:]
