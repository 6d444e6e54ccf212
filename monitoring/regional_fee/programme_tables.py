"""The fee of the programme as tables, for the page and the workbook alike."""

from datetime import date

from django.utils.translation import gettext as _

from monitoring.regional_fee.facts import quarters
from monitoring.regional_fee.programme import Amount, ProgrammeInsurer, ProgrammeYear
from monitoring.regional_fee.states import Reason
from monitoring.regional_fee.words import quarter_name, reason_words
from mtvp.charts.numbers import money
from mtvp.documents.model import Column, Document, Kind, Mark, Paragraph, Table, Value
from mtvp.documents.snapshot import snapshot


def programme_document(shown: ProgrammeYear, today: date) -> Document:
    title = _("Fee of the programme, %(year)s") % {"year": shown.year}
    return snapshot(
        title, Paragraph(programme_conclusion(shown), "lead"), programme_table(shown), as_of=today
    )


def programme_conclusion(shown: ProgrammeYear) -> str:
    """The amount of the year, or of how many insurers no tariff is known."""
    if not shown.insurers:
        return _("No patients per insurer are known of %(year)s.") % {"year": shown.year}
    without = without_tariff(shown)
    if without:
        return _("No amount of the whole year: no tariff is known of %(insurers)s.") % {
            "insurers": ", ".join(without)
        }
    if isinstance(shown.total.amount, Mark):
        return _("The amount of the year is not shown: it would tell of a few patients.")
    return _("All insurers together: %(amount)s in %(year)s, as far as panels are known.") % {
        "amount": money(shown.total.amount),
        "year": shown.year,
    }


def without_tariff(shown: ProgrammeYear) -> list[str]:
    """Insurers with a quarter that has patients and no tariff."""
    return [
        one.insurer
        for one in shown.insurers
        if any(q.patients != 0 and q.tariff is Mark.NO_FIGURE for q in one.quarters)
    ]


def programme_table(shown: ProgrammeYear) -> Table:
    """Three columns a quarter: patients, tariff, amount."""
    columns = [Column(_("Insurer"))]
    for label, _day in quarters(shown.year):
        name = {"quarter": quarter_name(label)}
        columns.append(Column(_("Patients %(quarter)s") % name, Kind.INT))
        columns.append(Column(_("Tariff %(quarter)s") % name, Kind.MONEY))
        columns.append(Column(_("Amount %(quarter)s") % name, Kind.MONEY))
    columns.append(Column(_("Amount of the year"), Kind.MONEY))
    rows = [_row(one, one.insurer) for one in shown.insurers]
    if shown.insurers:
        rows.append(_row(shown.total, _("All together")))
    return Table(
        _("Registered patients and fee per insurer"),
        tuple(columns),
        tuple(rows),
        note=" ".join(_notes(shown)),
        sheet=_("Fee of the programme"),
        total=bool(shown.insurers),
    )


def _row(one: ProgrammeInsurer, name: str) -> tuple[Value, ...]:
    cells: list[Value] = []
    for quarter in one.quarters:
        tariff: Value = "" if not one.insurer_id else _tariff(quarter.tariff)
        cells += [quarter.patients, tariff, quarter.amount]
    return (name, *cells, one.amount)


def _tariff(tariff: Amount) -> Value:
    return reason_words(Reason.NO_TARIFF) if tariff is Mark.NO_FIGURE else tariff


def _notes(shown: ProgrammeYear) -> list[str]:
    notes = [
        _(
            "Patients on the first day of the quarter at practices that had begun and had not"
            " stopped: the same as in the yearly report of the insurer."
        )
    ]
    known = [amount for amount in shown.maximum.values() if amount is not None]
    if known:
        notes.append(
            _("National maximum in %(year)s: %(amount)s.")
            % {"year": shown.year, "amount": " / ".join(map(money, dict.fromkeys(known)))}
        )
    return notes
