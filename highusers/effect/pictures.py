"""The figures of the comparison: ratios with their range, and counts beside what was expected."""

from django.utils.translation import gettext as _

from highusers.effect import words
from highusers.effect.permutation import Estimate
from mtvp.charts.chart import Chart
from mtvp.charts.lines import LineSeries, line_chart
from mtvp.charts.numbers import number
from mtvp.charts.ratios import RatioRow, ratio_plot

WIDTH = 440
"""Two of them stand beside each other on a wide screen, and one still reads on a phone."""


def plot(who: str, estimate: Estimate) -> Chart:
    """A dot with its interval, 1 marked."""
    text = words.ratio(estimate)
    row = RatioRow(f"{who}: {text}", estimate.ratio, estimate.low, estimate.high, text)
    return ratio_plot(
        words.plot_title(),
        words.plot_conclusion(estimate),
        [row],
        sides=words.sides(),
        headers=words.plot_headers(),
        width=WIDTH,
    )


def group_course(
    *,
    patients: str,
    before: int | None,
    chosen: int,
    after: int,
    expected: float,
    moments: tuple[str, str, str],
) -> Chart:
    """Contacts of the planned patients together; never without what was to be expected.

    `patients` is their number in words, `moments` are the ends of the year before, of the year of
    the choice and of the year after.
    """
    values: list[float | None] = [before, chosen, after]
    foreseen: list[float | None] = [None, chosen, expected]
    first = 0 if before is not None else 1
    conclusion = _(
        "Patients with a plan: %(patients)s. They had %(after)s contacts in the year after the "
        "choice; without a plan about %(expected)s were to be expected."
    ) % {"patients": patients, "after": number(after), "expected": number(expected)}
    return line_chart(
        _("Contacts of the patients with a plan"),
        conclusion,
        moments[first:],
        [
            LineSeries(words.with_plan(), tuple(values[first:])),
            LineSeries(words.without_plan(), tuple(foreseen[first:])),
        ],
        row_header=words.period(),
        nothing=_("not known"),
        unit=_("contacts in twelve months"),
        width=WIDTH,
    )
