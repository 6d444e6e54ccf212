"""Tables that lay things side by side: years, cohorts, agreements, versions, visits."""

from datetime import date

from django.utils.translation import gettext as _

from highusers.states import PartnerKind
from monitoring.bottlenecks.states import BottleneckKind, BottleneckState
from monitoring.report.narrative import duty_name
from monitoring.report.states import AgreementState
from monitoring.report.tables import share, shown
from monitoring.report.value import (
    Correction,
    LastYear,
    MeetingWords,
    Report,
    TimeOutFigures,
    VisitFigures,
)
from monitoring.visits.questions import GOING, NEWEST, key_of, question_of
from monitoring.visits.states import Going
from monitoring.words import intervention_name
from mtvp.documents.model import Column, Kind, Table, Value


def last_year(report: Report, last: LastYear) -> Table:
    """Obligations, then the other figures that can be laid beside those of a year before."""
    columns = (
        Column(_("What")),
        Column(str(last.year), Kind.INT),
        Column(_("of (%(year)s)") % {"year": last.year}, Kind.INT),
        Column(str(report.year), Kind.INT),
        Column(_("of (%(year)s)") % {"year": report.year}, Kind.INT),
    )
    before = {(one.intervention, one.programme_year): one for one in last.obligations}
    rows: list[tuple[Value, ...]] = [
        (_("Practices begun"), last.practices, "", report.practices, ""),
        (_("Practices stopped"), last.stopped, "", report.stopped, ""),
    ]
    for one in report.obligations:
        was = before[one.intervention, one.programme_year]
        name = duty_name(one.intervention, one.programme_year)
        rows.append((name, was.met, was.applicable, one.met, one.applicable))
    plans, meetings = _("Plans that count"), _("Attendances at meetings")
    rows += [
        (plans, sum(p.plans for p in last.plans), "", sum(p.plans for p in report.plans), ""),
        (
            meetings,
            sum(one.attendances for one in last.sessions),
            "",
            sum(one.attendances for one in report.sessions),
            "",
        ),
        (
            _("Questionnaires answered"),
            sum(one.answered for one in last.questionnaires),
            sum(one.due for one in last.questionnaires),
            sum(one.answered for one in report.questionnaires),
            sum(one.due for one in report.questionnaires),
        ),
    ]
    title = _("%(last)s and %(year)s") % {"last": last.year, "year": report.year}
    return Table(title, columns, tuple(rows), sheet=_("Beside last year"))


def cohorts(report: Report) -> Table:
    """Per obligation the share of each cohort that met it."""
    columns = (
        Column(_("Obligation")),
        *(
            Column(
                _("%(cohort)s (%(practices)s)") % {"cohort": one.name, "practices": one.practices},
                Kind.PERCENT,
            )
            for one in report.by_cohort
        ),
    )
    rows = tuple(
        (
            duty_name(one.intervention, one.programme_year),
            *(
                share(cohort.obligations[place].met, cohort.obligations[place].applicable)
                for cohort in report.by_cohort
            ),
        )
        for place, one in enumerate(report.obligations)
    )
    note = _(
        "Of the practices of the cohort for which it counts, those that met it. Between brackets "
        "the number of practices that had begun. Cohorts that began later had less time."
    )
    title = _("Obligations met per cohort")
    return Table(title, columns, rows, note=note, sheet=_("Per cohort"))


def visits(found: VisitFigures) -> Table:
    columns = (Column(_("What")), Column(_("Number"), Kind.INT), Column(_("Of"), Kind.INT))
    rows: tuple[tuple[Value, ...], ...] = (
        (_("Visits held"), found.visits, ""),
        (_("Practices visited"), found.practices, found.of),
        (_("Practices where time-out was discussed"), found.time_out, found.of),
    )
    note = _("Of the practices that had not stopped on 31 December.")
    title = _("Visits of the consultants")
    return Table(title, columns, rows, note=note, sheet=title)


def going(report: Report) -> Table:
    """Per intervention how many practices said what at their visit."""
    columns = (
        Column(_("Intervention")),
        *(Column(str(one.label), Kind.INT) for one in Going),
    )
    counts = {(one.question, one.answer): one.practices for one in report.visit_answers}
    rows: tuple[tuple[Value, ...], ...] = tuple(
        (
            _("%(intervention)s %(name)s")
            % {"intervention": number, "name": intervention_name(number)},
            *(counts[key_of(number, GOING), answer] for answer in Going.values),
        )
        for number in range(1, 7)
        if (key_of(number, GOING), Going.WELL) in counts
    )
    note = _("Practices, each with what was said at its latest visit of the year.")
    title = _("How the interventions go, said at visits")
    return Table(title, columns, rows, note=note, sheet=_("How it goes"))


def visit_answers(report: Report) -> Table:
    """The further questions of visits with a choice of answers."""
    columns = (Column(_("Question")), Column(_("Answer")), Column(_("Practices"), Kind.INT))
    rows: list[tuple[Value, ...]] = []
    for one in report.visit_answers:
        question = question_of(NEWEST, one.question)
        if question is not None and not one.question.endswith(f"-{GOING}"):
            rows.append((str(question.asked), question.words(one.answer), one.practices))
    title = _("What practices answered at visits")
    return Table(title, columns, tuple(rows), sheet=_("Answers at visits"))


def time_outs(found: TimeOutFigures) -> Table:
    columns = (Column(_("What")), Column(_("Number"), Kind.INT))
    rows: tuple[tuple[Value, ...], ...] = (
        (_("Practices of the whole region that noted time-outs"), found.practices),
        (_("Time-outs with a known outcome"), shown(found.decided)),
        (_("No referral or request in the end"), shown(found.not_sent)),
    )
    return Table(_("Time-outs in the year"), columns, rows, sheet=_("Time-outs"))


def agreements(meeting: MeetingWords) -> Table:
    columns = (
        Column(_("Agreement")),
        Column(_("Who")),
        Column(_("To be done before"), Kind.DATE),
        Column(_("State")),
        Column(_("How it went")),
    )
    rows: tuple[tuple[Value, ...], ...] = tuple(
        (
            one.text,
            one.owner,
            date.fromisoformat(one.due_on) if one.due_on else "",
            str(AgreementState(one.state).label),
            one.outcome,
        )
        for one in meeting.agreements
    )
    return Table(_("What was agreed"), columns, rows, sheet=_("Agreements"))


def differences(correction: Correction) -> Table:
    columns = (
        Column(_("Where")),
        Column(_("What")),
        Column(_("In the version before")),
        Column(_("Now")),
    )
    rows = tuple(
        (one.section, one.what, one.old or _("(nothing)"), one.new or _("(nothing)"))
        for one in correction.differences
    )
    return Table(_("What reads otherwise"), columns, rows, sheet=_("Corrections"))


def bottlenecks(report: Report) -> Table:
    columns = (
        Column(_("With whom")),
        Column(_("What goes wrong")),
        Column(_("Practices"), Kind.INT),
        Column(_("Times reported"), Kind.INT),
    )
    rows: tuple[tuple[Value, ...], ...] = tuple(
        (
            str(PartnerKind(one.partner).label),
            str(BottleneckKind(one.kind).label),
            one.practices,
            one.reports,
        )
        for one in report.bottlenecks
    )
    return Table(_("Bottlenecks that practices reported"), columns, rows, sheet=_("Bottlenecks"))


def structural(report: Report) -> Table:
    columns = (
        Column(_("Structural bottleneck")),
        Column(_("With whom")),
        Column(_("Practices"), Kind.INT),
        Column(_("State")),
        Column(_("What the region does")),
    )
    rows: tuple[tuple[Value, ...], ...] = tuple(
        (
            one.title,
            str(PartnerKind(one.partner).label),
            one.practices,
            str(BottleneckState(one.state).label),
            one.doing,
        )
        for one in report.structural
    )
    return Table(_("What the region takes up"), columns, rows, sheet=_("Taken up"))
