"""The course of one patient with a plan: a run chart, and beside it the course without a plan.

No means before and after: contacts fall without a plan too. Read inside the practice's scope.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from highusers.effect import course_words as words
from highusers.effect.figures import YearFigures, figures_of
from highusers.effect.foresight import Foresight, foresee, region_fits
from highusers.effect.groups import choices_of
from highusers.effect.rows import Row
from highusers.effect.words import period, until, without_plan
from highusers.effect.years import Year, extracts_of, year_after
from highusers.imports.definitions import Channel
from highusers.models import Extract, HighUser, PatientTotal
from mtvp.charts.chart import Chart
from mtvp.charts.lines import LineSeries, Mark, line_chart
from mtvp.documents.html import chart_html
from practices.models import Practice
from practices.programme_year import MONTHS_IN_YEAR, add_months

LONGEST_MONTHS = 60
WIDTH = 480


@dataclass(frozen=True, slots=True)
class Course:
    """For `highusers/effect/_course.html`; without charts there is only the sentence."""

    charts: tuple[Chart, ...]
    expectation: str

    @property
    def figures(self) -> list[str]:
        return [chart_html(chart) for chart in self.charts]


@dataclass(frozen=True, slots=True)
class _Told:
    """One extract of twelve months and this patient's row in it, none when it lists no such row."""

    extract: Extract
    total: PatientTotal | None

    @property
    def contacts(self) -> int | None:
        return self.total.contacts if self.total else None


@dataclass(frozen=True, slots=True)
class _Planned:
    """The patient's first plan: when, on which extract chosen, and what was to be expected."""

    started_on: date
    chosen_on: date | None
    foreseen: Foresight | None


def course_of(*, practice: Practice, high_user: HighUser) -> Course:
    """About a dozen queries, whatever the number of extracts and patients."""
    extracts = extracts_of(practice)
    told = _told(extracts, high_user)
    planned = _planned(practice, high_user, extracts, told)
    if not any(one.total for one in told):
        return Course((), words.nothing_known())
    months = _by_month(told)
    total = _month_chart(months, planned) if months else _year_chart(told, planned)
    channels = _channel_chart(told, planned)
    foreseen = planned.foreseen if planned else None
    charts = (total,) if channels is None else (total, channels)
    return Course(charts, words.expectation(foreseen, planned=planned is not None))


def _told(extracts: Sequence[Extract], high_user: HighUser) -> list[_Told]:
    """Only extracts of twelve months: sums over other periods lie on another scale."""
    years = [one for one in extracts if one.is_twelve_months]
    rows = PatientTotal.objects.filter(patient_key=high_user.patient_key, extract__in=years)
    totals = {row.extract_id: row for row in rows}
    first = next((place for place, one in enumerate(years) if one.pk in totals), len(years))
    return [_Told(one, totals.get(one.pk)) for one in years[first:]]


def _planned(
    practice: Practice, high_user: HighUser, extracts: Sequence[Extract], told: Sequence[_Told]
) -> _Planned | None:
    choices = choices_of(practice, [one.period_end for one in extracts])
    plans = choices.plans.get(high_user.pk, ())
    if not plans:
        return None
    first = plans[0]
    years = figures_of(practice, intervals=False)
    year = next((one for one in years if one.year.period_end == first.chosen_on), None)
    foreseen = _foreseen(high_user, year, years, told) if year else None
    return _Planned(first.drafted_on, first.chosen_on, foreseen)


def _foreseen(
    high_user: HighUser, year: YearFigures, years: Sequence[YearFigures], told: Sequence[_Told]
) -> Foresight | None:
    contacts = {one.extract.pk: one.contacts for one in told}
    v0 = contacts.get(year.year.extract.pk)
    if v0 is None or not year.year.extract.is_twelve_months:
        return None
    row = Row(high_user.pk, _before(year.year, contacts), v0, None)
    return foresee([row], year, years, region_fits())


def _before(year: Year, contacts: Mapping[int, int | None]) -> int | None:
    return contacts.get(year.before.pk) if year.before else None


def _year_chart(told: Sequence[_Told], planned: _Planned | None) -> Chart:
    """A point per extract. Where the year after the choice is not over, it has a place already."""
    ends = [one.extract.period_end for one in told]
    values: list[float | None] = [one.contacts for one in told]
    if planned and planned.chosen_on and ends[-1] == planned.chosen_on:
        ends.append(year_after(planned.chosen_on))
        values.append(None)
    series = [LineSeries(words.contacts(), tuple(values))]
    if planned and planned.foreseen and planned.chosen_on in ends:
        place = ends.index(planned.chosen_on)
        expected: list[float | None] = [None] * len(ends)
        expected[place] = values[place]
        for later, end in enumerate(ends):
            if end == year_after(planned.chosen_on):
                expected[later] = planned.foreseen.contacts
        series.append(LineSeries(without_plan(), tuple(expected)))
    return line_chart(
        words.year_title(),
        words.conclusion(_after(told, planned), planned.foreseen if planned else None),
        [until(end) for end in ends],
        series,
        row_header=period(),
        nothing=words.unknown(),
        unit=words.year_unit(),
        mark=_mark(planned, ends),
        width=WIDTH,
    )


def _month_chart(months: Mapping[date, int], planned: _Planned | None) -> Chart:
    """A point per month; what is expected of the year after the choice, spread evenly over it.
    Where that year is not over, it has its place already."""
    listed = sorted(months)
    if planned and planned.foreseen and planned.chosen_on:
        while _last_day(listed[-1]) < year_after(planned.chosen_on):
            listed.append(add_months(listed[-1], 1))
    values: list[float | None] = [months.get(month) for month in listed]
    series = [LineSeries(words.contacts(), tuple(values))]
    if planned and planned.foreseen and planned.chosen_on:
        monthly = planned.foreseen.contacts / MONTHS_IN_YEAR
        from_on, to_on = planned.chosen_on, year_after(planned.chosen_on)
        level = tuple(monthly if from_on < _last_day(month) <= to_on else None for month in listed)
        if any(level):
            series.append(LineSeries(without_plan(), level))
    ends = [_last_day(month) for month in listed]
    return line_chart(
        words.month_title(),
        words.month_conclusion(planned.foreseen if planned else None),
        [words.month(month) for month in listed],
        series,
        row_header=words.month_header(),
        nothing=words.unknown(),
        unit=words.month_unit(),
        mark=_mark(planned, ends),
        width=WIDTH,
    )


def _channel_chart(told: Sequence[_Told], planned: _Planned | None) -> Chart | None:
    """Contacts by channel; none when no extract tells more than one channel."""
    sums = [_channels(one.total) for one in told]
    present = [one for one in Channel if any(found and found[one] for found in sums)]
    if not present or present == [Channel.UNKNOWN]:
        return None
    series = [
        LineSeries(words.channel(one), tuple(found[one] if found else None for found in sums))
        for one in present
    ]
    ends = [one.extract.period_end for one in told]
    return line_chart(
        words.channel_title(),
        words.channel_conclusion(),
        [until(end) for end in ends],
        series,
        row_header=period(),
        nothing=words.unknown(),
        unit=words.year_unit(),
        mark=_mark(planned, ends),
        width=WIDTH,
    )


def _channels(total: PatientTotal | None) -> dict[Channel, int] | None:
    if total is None or not total.by_type:
        return None
    sums = dict.fromkeys(Channel, 0)
    for name, contacts in total.by_type.items():
        sums[Channel(name.partition("/")[2])] += contacts
    return sums


def _by_month(told: Sequence[_Told]) -> dict[date, int]:
    """Contacts per first day of a month; empty unless every extract tells them."""
    months: dict[date, int] = {}
    for one in told:
        if one.total is None or not one.total.by_month:
            return {}
        start = one.extract.period_start.replace(day=1)
        while start <= one.extract.period_end:
            months[start] = one.total.by_month.get(f"{start:%Y-%m}", 0)
            start = add_months(start, 1)
    return months if len(months) <= LONGEST_MONTHS else {}


def _mark(planned: _Planned | None, ends: Sequence[date]) -> Mark | None:
    """Where the plan started, on a scale where each point stands at the end of its period."""
    if planned is None:
        return None
    day = planned.started_on
    later = next((place for place, end in enumerate(ends) if end >= day), None)
    if later is None:
        place = len(ends) - 0.5
    elif later == 0:
        place = -0.5 if day < ends[0] else 0.0
    else:
        whole = (ends[later] - ends[later - 1]).days
        place = later - (ends[later] - day).days / whole
    return Mark(place, words.plan_started(day))


def _after(told: Sequence[_Told], planned: _Planned | None) -> int | None:
    """Contacts in the twelve months after the extract on which the patient was chosen."""
    if planned is None or planned.chosen_on is None:
        return None
    end = year_after(planned.chosen_on)
    return next((one.contacts for one in told if one.extract.period_end == end), None)


def _last_day(month: date) -> date:
    return date.fromordinal(add_months(month, 1).toordinal() - 1)
