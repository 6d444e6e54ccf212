"""The page of a practice: each year in which patients were chosen, the newest first."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from highusers.effect import words
from highusers.effect.expected import Coefficients
from highusers.effect.figures import Basis, YearFigures, figures_of
from highusers.effect.foresight import foresee, region_fits
from highusers.effect.groups import Tally
from highusers.effect.permutation import Estimate
from highusers.effect.pictures import group_course, plot
from highusers.effect.reasons import Reason
from highusers.effect.years import year_after
from mtvp.charts.numbers import number
from mtvp.documents.html import chart_html
from practices.models import Practice


@dataclass(frozen=True, slots=True)
class YearShown:
    """`reason` stands where there is no figure. `course` is a chart of the planned patients beside
    what was to be expected; without that there is no chart."""

    chosen_until: date
    followed_until: date
    tally: Tally
    planned: int
    verdict: str
    reading: str
    plot: str
    reason: str
    course: str


@dataclass(frozen=True, slots=True)
class YearsShown:
    """`compared` could be followed, `awaited` not or not yet; the newest first in both."""

    compared: list[YearShown]
    awaited: list[YearShown]


def years_shown(practice: Practice) -> YearsShown:
    """Only years with a planned patient; inside the scope of the practice."""
    years = figures_of(practice)
    fits = region_fits()
    planned = [year for year in years if year.tally.planned + year.tally.planned_gone]
    told = [(bool(year.sums), _shown(year, _course(year, years, fits))) for year in planned[::-1]]
    return YearsShown(
        [shown for followed, shown in told if followed],
        [shown for followed, shown in told if not followed],
    )


def _shown(year: YearFigures, course: str) -> YearShown:
    outcome = year.outcome
    found = outcome if isinstance(outcome, Estimate) else None
    return YearShown(
        chosen_until=year.year.period_end,
        followed_until=year_after(year.year.period_end),
        tally=year.tally,
        planned=year.tally.planned + year.tally.planned_gone,
        verdict=words.practice_verdict(found) if found else "",
        reading=words.practice_reading(found) if found else "",
        plot=chart_html(plot(_("Your practice"), found)) if found else "",
        reason="" if isinstance(outcome, Estimate) else _why(year),
        course=course,
    )


def _why(year: YearFigures) -> str:
    if year.outcome is Reason.NO_LATER_EXTRACT:
        return words.awaits(year_after(year.year.period_end))
    return words.reason(year.outcome) if isinstance(year.outcome, Reason) else ""


def _course(
    year: YearFigures, years: Sequence[YearFigures], fits: Mapping[Basis, Coefficients]
) -> str:
    foreseen = foresee(year.planned, year, years, fits) if year.sums else None
    if foreseen is None:
        return ""
    before = [row.u for row in year.planned if row.u is not None]
    end = year.year.period_end
    chart = group_course(
        patients=number(len(year.planned)),
        before=sum(before) if len(before) == len(year.planned) else None,
        chosen=sum(row.v0 for row in year.planned),
        after=sum(row.v1 or 0 for row in year.planned),
        expected=foreseen.contacts,
        moments=(
            words.until(year.year.before.period_end) if year.year.before else "",
            words.until(end),
            words.until(year_after(end)),
        ),
    )
    return chart_html(chart)
