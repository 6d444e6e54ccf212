"""The regional fee as tables, for the page and the workbook alike."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from monitoring.regional_fee.account import FeePractice, FeeQuarter, FeeYear
from monitoring.regional_fee.facts import quarters
from monitoring.regional_fee.following import Followed, Measured
from monitoring.regional_fee.states import Reason
from monitoring.regional_fee.words import (
    conclusion,
    doubt_words,
    quarter_name,
    reason_advice,
    reason_words,
    without_tariff,
)
from mtvp.documents.model import (
    Block,
    Column,
    Document,
    Kind,
    Mark,
    Paragraph,
    Table,
    Typed,
    Value,
)
from mtvp.documents.snapshot import snapshot
from practices.programme_year import NORMED_YEARS


def fee_document(shown: FeeYear, rows: Sequence[Followed], today: date) -> Document:
    title = _("Regional fee of %(insurer)s, %(year)s") % {
        "insurer": shown.insurer,
        "year": shown.year,
    }
    tables: list[Block] = [totals_table(shown), practices_table(shown)]
    tables += [reasons_table(shown), missing_table(shown)]
    if doubts(shown):
        tables.append(doubts_table(shown))
    return snapshot(
        title,
        Paragraph(conclusion(shown, today), "lead"),
        *tables,
        following_table(rows),
        as_of=today,
    )


def totals_table(shown: FeeYear) -> Table:
    columns = (
        Column(_("Quarter")),
        Column(_("Practices on the list"), Kind.INT),
        Column(_("Registered patients"), Kind.INT),
        Column(_("Per patient"), Kind.MONEY),
        Column(_("Amount"), Kind.MONEY),
        Column(_("Take part, not on the list"), Kind.INT),
        Column(_("Their patients"), Kind.INT),
    )
    rows: list[tuple[Value, ...]] = [
        (
            quarter_name(one.quarter),
            one.practices,
            one.patients,
            reason_words(Reason.NO_TARIFF) if one.tariff is None else one.tariff,
            one.amount,
            one.unlisted,
            one.unlisted_patients,
        )
        for one in shown.totals
    ]
    rows.append((_("Year"), "", "", "", shown.amount, "", ""))
    return Table(
        _("Regional fee per quarter"),
        columns,
        tuple(rows),
        note=" ".join(_notes(shown)),
        sheet=_("Per quarter"),
        total=True,
    )


def _notes(shown: FeeYear) -> list[str]:
    notes = [
        _(
            "Patients of %(insurer)s on the first day of the quarter, of the practices that stand"
            " on the list that day. These are the figures of the yearly report."
        )
        % {"insurer": shown.insurer}
    ]
    if missing_tariffs := without_tariff(shown.totals):
        told = _("The amount of the year is without %(quarters)s: no tariff is known of it.")
        notes.append(told % {"quarters": ", ".join(missing_tariffs)})
    return notes


def practices_table(shown: FeeYear) -> Table:
    """Two columns a quarter: patients, and the amount or why there is none."""
    columns = [
        Column(_("Practice")),
        Column(_("AGB code")),
        Column(_("Preferred insurer")),
    ]
    for label, _day in quarters(shown.year):
        name = quarter_name(label)
        columns.append(Column(_("Patients %(quarter)s") % {"quarter": name}, Kind.INT))
        columns.append(Column(_("Amount %(quarter)s") % {"quarter": name}, Kind.MONEY))
    columns.append(Column(_("Amount of the year"), Kind.MONEY))
    return Table(
        _("Regional fee per practice"),
        tuple(columns),
        tuple(_practice_row(one) for one in shown.practices),
        sheet=_("Per practice"),
    )


def _practice_row(one: FeePractice) -> tuple[Value, ...]:
    cells: list[Value] = []
    for quarter in one.quarters:
        cells += [quarter.patients, amount_or_reason(quarter)]
    who = one.participant
    return (who.name, who.code, who.preferred, *cells, one.amount)


def amount_or_reason(quarter: FeeQuarter) -> Value:
    return quarter.amount if quarter.reason is None else reason_words(quarter.reason)


def missing(shown: FeeYear) -> list[tuple[FeePractice, Reason, list[FeeQuarter]]]:
    """Per practice and reason the quarters in which nothing is accounted for; not those to come."""
    found = []
    for practice in shown.practices:
        by_reason: dict[Reason, list[FeeQuarter]] = {}
        for one in practice.quarters:
            if one.reason not in (None, Reason.NOT_YET):
                by_reason.setdefault(one.reason, []).append(one)
        found += [(practice, reason, own) for reason, own in by_reason.items()]
    return found


def reasons_table(shown: FeeYear) -> Table:
    """How often each reason occurs, and what can be done about it."""
    columns = (
        Column(_("Reason")),
        Column(_("Practices"), Kind.INT),
        Column(_("Quarters"), Kind.INT),
        Column(_("What can be done")),
    )
    found = missing(shown)
    rows = []
    for reason in Reason:
        own = [quarters for _practice, why, quarters in found if why is reason]
        if own:
            total = sum(map(len, own))
            rows.append((reason_words(reason), len(own), total, reason_advice(reason)))
    title = _("Not accounted for in %(year)s") % {"year": shown.year}
    return Table(title, columns, tuple(rows), sheet=_("Reasons"))


def missing_table(shown: FeeYear) -> Table:
    columns = (Column(_("Practice")), Column(_("Reason")), Column(_("Quarters")))
    rows = tuple(
        (
            practice.participant.name,
            reason_words(reason),
            ", ".join(one.quarter[4:] for one in own),
        )
        for practice, reason, own in missing(shown)
    )
    title = _("Not accounted for, per practice")
    return Table(title, columns, rows, sheet=_("Not accounted for"))


def doubts(shown: FeeYear) -> list[tuple[FeePractice, FeeQuarter]]:
    return [
        (practice, one)
        for practice in shown.practices
        for one in practice.quarters
        if one.doubt is not None
    ]


def doubts_table(shown: FeeYear) -> Table:
    columns = (Column(_("Practice")), Column(_("Quarter")), Column(_("What does not fit")))
    rows = tuple(
        (practice.participant.name, quarter_name(one.quarter), doubt_words(one.doubt))
        for practice, one in doubts(shown)
        if one.doubt is not None
    )
    return Table(
        _("To ask the insurer"),
        columns,
        rows,
        note=_("The list decides: these quarters are accounted for."),
        sheet=_("To ask the insurer"),
    )


def following_table(rows: Sequence[Followed]) -> Table:
    columns = (
        Column(_("Practice")),
        Column(_("Baseline: year")),
        Column(_("Baseline: consultations and visits per patient"), Kind.DECIMAL, 1),
        Column(_("Baseline: high users"), Kind.INT),
        Column(_("Latest: year")),
        Column(_("Latest: consultations and visits per patient"), Kind.DECIMAL, 1),
        Column(_("Latest: high users"), Kind.INT),
        Column(_("Plans in year 1")),
        Column(_("Plans in year 2")),
        Column(_("Visits in the year"), Kind.INT),
        Column(_("Last visit"), Kind.DATE),
    )
    return Table(
        _("Baseline, course, plans and visits"),
        columns,
        tuple(_following_row(one) for one in rows),
        note=_(
            "Of all patients of an extract of twelve months; the baseline is the first that ends in"
            " the year in which the practice began, or later. Numbers below 10 are not shown, nor"
            " what would give them away. Contacts of people with many contacts often fall without"
            " a plan as well: the course does not say what plans did."
        ),
        sheet=_("Baseline and course"),
    )


def _following_row(one: Followed) -> tuple[Value, ...]:
    plans: dict[int, Value] = {
        year: _("%(achieved)s of %(required)s") % {"achieved": plans, "required": required}
        for year, plans, required in one.plans
    }
    return (
        one.participant.name,
        *_measured(one.baseline),
        *_measured(one.latest),
        *(plans.get(year, "") for year in NORMED_YEARS),
        one.visits,
        "" if one.last_visit is None else one.last_visit,
    )


def _measured(one: Measured | None) -> tuple[Value, Value, Value]:
    if one is None:
        return Mark.NO_FIGURE, Mark.NO_FIGURE, Mark.NO_FIGURE
    return str(one.year), _typed(one.visits, 1), one.high_users


def _typed(value: Value, decimals: int) -> Value:
    return Typed(value, Kind.DECIMAL, decimals) if isinstance(value, Decimal) else value
