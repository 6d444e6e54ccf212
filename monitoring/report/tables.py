"""The tables of the report, each straight from the value."""

from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from monitoring.compliance import Status
from monitoring.goals.intervals import Kind as IntervalKind
from monitoring.goals.words import interval_note
from monitoring.indicators import BY_CODE
from monitoring.report.narrative import obligation_name
from monitoring.report.quality import item_words
from monitoring.report.value import (
    IndicatorFigures,
    IndicatorYear,
    ObligationFigures,
    PracticeObligation,
    Report,
)
from mtvp.charts.numbers import number, percent
from mtvp.documents.model import Column, Kind, Mark, Table, Typed, Value
from training.states import SessionKind


def shown(value: int | None) -> Value:
    """A number, or the words for one that may not be shown."""
    return Mark.HIDDEN if value is None else value


def share(part: int | None, whole: int | None) -> Value:
    if part is None or whole is None:
        return Mark.HIDDEN
    return Decimal(part) / whole if whole else Mark.NO_FIGURE


STATUSES = (
    Status.MET,
    Status.ON_TRACK,
    Status.AT_RISK,
    Status.MISSED,
    Status.NOT_DUE,
    Status.NOT_APPLICABLE,
)
"""From done to not counting: the order of tables and bars."""


def status_name(status: str) -> str:
    """The word for a status where practices are counted."""
    return {
        Status.MET: _("done"),
        Status.ON_TRACK: _("in progress"),
        Status.AT_RISK: _("attention"),
        Status.MISSED: _("too late"),
        Status.NOT_DUE: _("not begun yet"),
        Status.NOT_APPLICABLE: _("not applicable"),
    }[Status(status)]


def cohorts(report: Report) -> Table:
    columns = (
        Column(_("Cohort")),
        Column(_("Start"), Kind.DATE),
        *(
            Column(title, Kind.INT)
            for title in (
                _("Invited"),
                _("Information meeting"),
                _("Enrolled"),
                _("Requested"),
                _("Begun"),
                _("Stopped"),
            )
        ),
    )
    rows = tuple(
        (
            one.name,
            date.fromisoformat(one.start),
            one.invited,
            one.information,
            one.enrolled,
            one.requested,
            one.begun,
            one.stopped,
        )
        for one in report.cohorts
    )
    title = _("Practices per cohort and step")
    return Table(title, columns, rows, sheet=_("Participation"))


def panels(report: Report) -> Table:
    columns = (
        Column(_("Quarter")),
        Column(_("Practices taking part"), Kind.INT),
        Column(_("Registered patients"), Kind.INT),
    )
    rows = tuple((one.quarter, one.practices, shown(one.patients)) for one in report.panels)
    title = _("Patients of %(insurer)s at practices that take part") % {"insurer": report.insurer}
    note = _("On the first day of the quarter; practices that had begun and had not stopped.")
    return Table(title, columns, rows, note=note, sheet=_("Patients per quarter"))


def roll_out(report: Report) -> Table:
    columns = (
        Column(_("Obligation")),
        Column(_("Met"), Kind.INT),
        Column(_("Counts for"), Kind.INT),
        Column(_("Share"), Kind.PERCENT),
    )
    rows = tuple(
        (obligation_name(one), one.met, one.applicable, share(one.met, one.applicable))
        for one in report.obligations
    )
    title = _("Practices that met an obligation")
    return Table(title, columns, rows, sheet=_("Roll-out"))


def definitions(report: Report) -> Table:
    columns = (Column(_("Obligation")), Column(_("Definition")))
    rows = tuple(
        (obligation_name(one), ". ".join(one.definitions) + ".") for one in report.obligations
    )
    return Table(_("Definitions"), columns, rows, sheet=_("Definitions"))


def statuses(report: Report) -> Table:
    columns = (
        Column(_("Obligation")),
        *(Column(status_name(status).capitalize(), Kind.INT) for status in STATUSES),
    )
    rows: tuple[tuple[Value, ...], ...] = tuple(
        (obligation_name(one), *status_counts(one)) for one in report.obligations
    )
    return Table(_("Practices per status"), columns, rows, sheet=_("Status"))


def status_counts(one: ObligationFigures) -> tuple[int, ...]:
    """Practices in the order of the statuses."""
    return tuple(getattr(one, status.value) for status in STATUSES)


def extracts(report: Report) -> Table:
    columns = (
        Column(_("Year")),
        *(
            Column(title, Kind.INT)
            for title in (
                _("Extracts"),
                _("Practices"),
                _("Patients"),
                _("High users"),
            )
        ),
        Column(_("Share"), Kind.PERCENT, 1),
        Column(_("Contacts per patient"), Kind.DECIMAL, 1),
    )
    rows = tuple(
        (
            str(one.year),
            one.number,
            one.practices,
            shown(one.patients),
            shown(one.high_users),
            share(one.high_users, one.patients),
            share(one.contacts, one.patients),
        )
        for one in (*report.earlier_extracts, report.extracts)
    )
    note = _(
        "A high user has 30 contacts or more in the 12 months of the extract. Each year counts "
        "the practices that had begun by 31 December of that year."
    )
    title = _("Extracts by the year in which their period ended")
    return Table(title, columns, rows, note=note, sheet=_("High users"))


def plans(report: Report) -> Table:
    columns = (
        Column(_("Programme year")),
        Column(_("Practices that had begun it"), Kind.INT),
        Column(_("Plans that count"), Kind.INT),
    )
    rows = tuple(
        (_("year %(year)s") % {"year": one.programme_year}, one.practices, one.plans)
        for one in report.plans
    )
    return Table(_("Plans for patients"), columns, rows, sheet=_("Plans"))


def sessions(report: Report) -> Table:
    columns = (
        Column(_("Kind")),
        *(
            Column(title, Kind.INT)
            for title in (_("Meetings"), _("Attendances"), _("People"), _("Practices"))
        ),
    )
    rows = tuple(
        (
            str(SessionKind(one.kind).label),
            one.sessions,
            one.attendances,
            one.people,
            one.practices,
        )
        for one in report.sessions
    )
    note = _("Attendance counts for people in service of a practice in this report on that day.")
    title = _("Meetings in %(year)s") % {"year": report.year}
    return Table(title, columns, rows, note=note, sheet=_("Meetings"))


def questionnaires(report: Report) -> Table:
    columns = (
        Column(_("About")),
        *(
            Column(title, Kind.INT)
            for title in (
                _("Open"),
                _("Answered"),
                _("Plans made"),
                _("Lasting habit"),
                _("Flexible length in use"),
            )
        ),
    )
    rows = tuple(
        (
            _("year %(year)s") % {"year": one.programme_year},
            one.due,
            one.answered,
            one.plans_made,
            one.lasting_habit,
            one.flexible_in_use,
        )
        for one in report.questionnaires
    )
    note = _("The last three columns count the answers 'yes'; early answers are included.")
    title = _("Questionnaires per programme year")
    return Table(title, columns, rows, note=note, sheet=_("Questionnaires"))


def indicators(report: Report) -> Table:
    columns = (
        Column(_("Indicator")),
        Column(_("Region"), Kind.DECIMAL),
        Column(_("95% interval")),
        Column(_("Netherlands"), Kind.DECIMAL),
        Column(_("Aim")),
    )
    rows = []
    for one in report.indicators:
        now = next((year for year in one.years if year.year == report.year), None)
        region, national = indicator_cells(one, now, report)
        name = f"{one.title}: {one.detail}" if one.detail else one.title
        rows.append((name, region, _interval(one, now), national, one.aim or _("none")))
    title = _("Indicators of the region in %(year)s") % {"year": report.year}
    note = _interval_notes(report)
    return Table(title, columns, tuple(rows), note=note, sheet=_("Indicators"))


def _interval(one: IndicatorFigures, now: IndicatorYear | None) -> Value:
    """ "4,2 to 4,6", as many decimals as the value has."""
    if now is None or now.low is None or now.high is None:
        return Mark.NO_FIGURE
    shipped = BY_CODE.get(one.indicator)
    decimals = shipped.decimals if shipped else 2
    write = percent if shipped and shipped.percent else number
    return _("%(low)s to %(high)s") % {
        "low": write(Decimal(now.low), decimals),
        "high": write(Decimal(now.high), decimals),
    }


def _interval_notes(report: Report) -> str:
    """What the intervals of the year rest on, each once."""
    kinds = [
        year.interval
        for one in report.indicators
        for year in one.years
        if year.year == report.year and year.interval
    ]
    return " ".join(interval_note(IntervalKind(kind)) for kind in dict.fromkeys(kinds))


def indicator_cells(
    one: IndicatorFigures, now: IndicatorYear | None, report: Report
) -> tuple[Value, Value]:
    """Region and country in one year; every indicator is written its own way."""
    if now is None:
        return Mark.NO_FIGURE, Mark.NO_FIGURE
    name = f"{one.indicator}:{one.detail}" if one.detail else one.indicator
    hidden = f"indicators.{name}.{now.year}.value" in report.suppressed
    return Mark.HIDDEN if hidden else _typed(one, now.value), _typed(one, now.national)


def _typed(one: IndicatorFigures, value: str | None) -> Value:
    shipped = BY_CODE.get(one.indicator)
    if value is None:
        return Mark.NO_FIGURE
    kind = Kind.PERCENT if shipped and shipped.percent else Kind.DECIMAL
    return Typed(Decimal(value), kind, shipped.decimals if shipped else 2)


def indicator_course(one: IndicatorFigures) -> Table:
    shipped = BY_CODE[one.indicator]
    kind = Kind.PERCENT if shipped.percent else Kind.DECIMAL
    columns = (
        Column(_("Year")),
        Column(_("Region"), kind, shipped.decimals),
        Column(_("Netherlands"), kind, shipped.decimals),
    )
    rows = tuple(
        (str(year.year), _number(year.value), _number(year.national)) for year in one.years
    )
    title = _("%(indicator)s per year") % {"indicator": one.title}
    return Table(title, columns, rows, sheet=one.title)


def _number(value: str | None) -> Value:
    return Mark.NO_FIGURE if value is None else Decimal(value)


def quality(report: Report) -> Table:
    columns = (Column(_("What")), Column(_("Number"), Kind.INT), Column(_("Of"), Kind.INT))
    rows = tuple((item_words(one.item), one.number, one.of) for one in report.quality)
    return Table(_("What is missing"), columns, rows, sheet=_("Quality of the data"))


def practices(report: Report) -> Table:
    columns = (
        Column(_("Practice")),
        Column(_("AGB code")),
        Column(_("City")),
        Column(_("Cohort"), Kind.INT),
        Column(_("Start"), Kind.DATE),
        Column(_("Stopped"), Kind.DATE),
        Column(_("Extract until"), Kind.DATE),
        Column(_("Patients"), Kind.INT),
        Column(_("High users"), Kind.INT),
    )
    rows = tuple(
        (
            one.name,
            one.code,
            one.city,
            one.cohort,
            date.fromisoformat(one.start),
            _day(one.stopped_on),
            _day(one.extract_until) or Mark.NO_FIGURE,
            shown(one.patients) if one.extract_until else Mark.NO_FIGURE,
            shown(one.high_users) if one.extract_until else Mark.NO_FIGURE,
        )
        for one in report.appendix or ()
    )
    return Table(_("Practices in the report"), columns, rows, sheet=_("Practices"))


def _day(value: str | None) -> Value:
    return date.fromisoformat(value) if value else ""


def practice_obligations(report: Report) -> Table:
    columns = (
        Column(_("Practice")),
        *(
            Column(f"{one.intervention} ({_('year %(year)s') % {'year': one.programme_year}})")
            for one in report.obligations
        ),
    )
    rows = tuple(
        (one.name, *(_standing(obligation) for obligation in one.obligations))
        for one in report.appendix or ()
    )
    note = _("Between brackets what was reached of what is asked, per part of the obligation.")
    title = _("Obligations per practice")
    return Table(title, columns, rows, note=note, sheet=_("Obligations per practice"))


def _standing(obligation: PracticeObligation) -> str:
    counts = ", ".join(
        _("%(achieved)s of %(required)s") % {"achieved": part.achieved, "required": part.required}
        for part in obligation.parts
        if part.status not in {Status.NOT_APPLICABLE, Status.NOT_DUE}
    )
    word = status_name(obligation.status)
    return f"{word} ({counts})" if counts else word
