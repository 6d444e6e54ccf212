"""Figures and tables of the goals, for the page and the workbook alike."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from highusers.overview.choice import EVERY_YEAR, Overview, Per, overview
from highusers.overview.document import table_of
from highusers.overview.facts import practice_years
from highusers.overview.hiding import judged_years
from monitoring.goals.facts import GoalCourse, GoalYear
from monitoring.goals.programme import GoalShown
from monitoring.goals.words import goal_sentence, interval_kind, interval_note
from monitoring.indicators import BY_CODE
from monitoring.mirror.states import Comparison
from mtvp.charts.chart import Chart
from mtvp.charts.lines import Aim, LineSeries, line_chart
from mtvp.documents.model import (
    Block,
    Column,
    Document,
    Figure,
    Heading,
    Kind,
    Mark,
    Paragraph,
    Table,
    Typed,
    Value,
)
from mtvp.documents.snapshot import snapshot


def goals_document(
    goals: Sequence[GoalShown], courses: Sequence[GoalCourse], today: date
) -> Document:
    title = _("Goals of the programme")
    neighbourhoods = neighbourhood_overview()
    blocks: list[Block] = [goals_table(goals), Heading(_("National goals"))]
    blocks += [course_table(one) for one in whole_courses(courses) if one.years]
    if any(one.detail for one in courses):
        blocks.append(specialisms_table(courses))
    if neighbourhoods.lines:
        blocks.append(table_of(neighbourhoods))
    return snapshot(title, Paragraph(caution(), "note"), *blocks, as_of=today)


def caution() -> str:
    return _(
        "The figures show the course of the region beside the country. They do not say what the"
        " programme brought about: much else changed in these years."
    )


def whole_courses(courses: Sequence[GoalCourse]) -> list[GoalCourse]:
    return [one for one in courses if not one.detail]


def course_blocks(course: GoalCourse) -> list[Block]:
    """The picture with its typed table; only words where there is no figure."""
    if course.latest is None:
        return [Heading(course.name, 3), Paragraph(goal_sentence(course))]
    return [Figure(course_chart(course), course_table(course)), Paragraph(source(course), "note")]


def source(course: GoalCourse) -> str:
    """Where the figures come from, over which period; the file that was read in holds them, those
    of the country as well."""
    definition = course.definition
    told = _("Source, also of the Netherlands: %(source)s. Period: %(period)s.")
    return told % {"source": definition.source, "period": definition.period}


def course_chart(course: GoalCourse) -> Chart:
    percent = course.definition.comparison == Comparison.PROPORTION
    scale = 100 if percent else 1
    region = tuple(_scaled(one.value, scale) for one in course.years)
    country = tuple(_scaled(one.national, scale) for one in course.years)
    series = [LineSeries(_("Region"), region)]
    if any(value is not None for value in country):
        series.append(LineSeries(_("Netherlands"), country))
    shipped = BY_CODE.get(course.definition.code)
    aim = None
    if shipped is not None and shipped.aim_value is not None and course.definition.aim:
        label = _("aim: %(aim)s") % {"aim": course.definition.aim}
        aim = Aim(float(shipped.aim_value * scale), label)
    return line_chart(
        course.name,
        goal_sentence(course),
        [str(one.year) for one in course.years],
        series,
        row_header=_("Year"),
        nothing=_("no figure"),
        unit=_("percent; the axis does not start at 0")
        if percent
        else _("the axis does not start at 0"),
        decimals=course.definition.decimals,
        aim=aim,
        from_zero=False,
    )


def course_table(course: GoalCourse) -> Table:
    kind = _kind(course)
    decimals = course.definition.decimals
    columns = (
        Column(_("Year")),
        Column(_("Region"), kind, decimals),
        Column(_("95% from"), kind, decimals),
        Column(_("95% to"), kind, decimals),
        Column(_("Netherlands"), kind, decimals),
        Column(_("Practices with a figure"), Kind.INT),
    )
    return Table(
        course.name,
        columns,
        tuple(_row(one) for one in course.years),
        note=f"{goal_sentence(course)} {interval_note(interval_kind(course))} {source(course)}",
        sheet=course.name,
    )


def specialisms_table(courses: Sequence[GoalCourse]) -> Table:
    """The latest year of each specialism, by name: nothing is ranked."""
    columns = (
        Column(_("Indicator")),
        Column(_("Year")),
        Column(_("Region"), Kind.DECIMAL, 3),
        Column(_("95% from"), Kind.DECIMAL, 3),
        Column(_("95% to"), Kind.DECIMAL, 3),
        Column(_("Netherlands"), Kind.DECIMAL, 3),
        Column(_("Practices with a figure"), Kind.INT),
    )
    rows = []
    for course in courses:
        latest = course.latest or (course.years[-1] if course.years else None)
        if not course.detail or latest is None:
            continue
        year, *cells = _row(latest)
        typed = [_as(cell, course) for cell in cells[:4]]
        rows.append((course.name, year, *typed, cells[4]))
    title = _("By specialism, in the latest year with a figure")
    return Table(title, columns, tuple(rows), sheet=_("By specialism"))


def goals_table(goals: Sequence[GoalShown]) -> Table:
    columns = (
        Column(_("Goal")),
        Column(_("What is known")),
        Column(_("Obligations met"), Kind.INT),
        Column(_("Counts for"), Kind.INT),
    )
    rows = tuple(
        (
            one.name,
            " ".join([one.sentence, *(f"{name}: {said}" for name, said in one.indicators)]),
            sum(part.met for part in one.contributions),
            sum(part.applicable for part in one.contributions),
        )
        for one in goals
    )
    return Table(_("The five goals"), columns, rows, sheet=_("Five goals"))


def neighbourhood_overview() -> Overview:
    """Every neighbourhood and year, as the overview of high users judges and hides them."""
    judged = judged_years(practice_years())
    return overview(judged, {"per": Per.PLACE.value, "jaar": EVERY_YEAR})


def _row(one: GoalYear) -> tuple[Value, ...]:
    value: Value = Mark.NO_FIGURE
    if one.hidden:
        value = Mark.HIDDEN
    elif one.value is not None:
        value = one.value
    low: Value = Mark.NO_FIGURE if one.interval is None else Decimal(str(one.interval.low))
    high: Value = Mark.NO_FIGURE if one.interval is None else Decimal(str(one.interval.high))
    national: Value = Mark.NO_FIGURE if one.national is None else one.national
    return str(one.year), value, low, high, national, one.practices


def _as(cell: Value, course: GoalCourse) -> Value:
    if isinstance(cell, Decimal):
        return Typed(cell, _kind(course), course.definition.decimals)
    return cell


def _kind(course: GoalCourse) -> Kind:
    percent = course.definition.comparison == Comparison.PROPORTION
    return Kind.PERCENT if percent else Kind.DECIMAL


def _scaled(value: Decimal | None, scale: int) -> float | None:
    return None if value is None else float(value) * scale
