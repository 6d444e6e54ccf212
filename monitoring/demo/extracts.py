"""Which extracts there are, and each of them as a file such as a HIS writes.

The shapes differ per practice, as the systems do: totals and contact rows, csv and xlsx, with
title lines, a total line and columns that the import must drop.
"""

import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

import numpy
import xlsxwriter

from monitoring.demo.chance import dice
from monitoring.demo.names import people_names
from monitoring.demo.patients import CHANNELS, Counts, PatientPanel, by_channel, contacts_of
from monitoring.demo.region import DemoPractice, DemoRegion, begun
from practices.norms import SHIPPED_NORMS
from practices.programme_year import add_months

# Months after the start at which a period of twelve months is over: the measurement before the
# programme, one after a year, and one in year 2 that some make early and some late.
PERIOD_ENDS = (0, 12, (15, 18, 24))
# Practices whose first measurement stands in the region's spreadsheet only.
ONLY_FIGURES = 4
# The number of the extract of the year before the first measurement: practices past their first
# year hand it in as well, and the home of the demo's accounts.
YEAR_BEFORE = -1


@dataclass(frozen=True)
class DemoExtract:
    """The `number`-th extract of a practice, from 0; `uploaded` as a file or known by its
    figures."""

    practice: DemoPractice
    number: int
    period_start: date
    period_end: date
    uploaded: bool

    @cached_property
    def threshold(self) -> int:
        return SHIPPED_NORMS.high_user_contacts


def extracts_of(region: DemoRegion) -> Iterator[DemoExtract]:
    """Every extract that a practice has made by today."""
    for practice in begun(region):
        first = YEAR_BEFORE if _hands_in_the_year_before(region, practice) else 0
        for number in range(first, len(PERIOD_ENDS)):
            months = PERIOD_ENDS[2][practice.index % 3] if number == 2 else 12 * number
            end = add_months(practice.start, months) - timedelta(days=1)
            stopped = practice.stopped_on is not None and end > practice.stopped_on
            late = number == 1 and practice.zeal < 0.6
            if end < region.today and not stopped and not late:
                yield DemoExtract(
                    practice,
                    number,
                    add_months(end + timedelta(days=1), -12),
                    end,
                    uploaded=number > 0 or practice.index % 10 != ONLY_FIGURES,
                )


def _hands_in_the_year_before(region: DemoRegion, practice: DemoPractice) -> bool:
    """It tells whether those chosen at the first measurement came often for long."""
    if practice.is_home:
        return True
    a_year_on = add_months(practice.start, 12) <= region.today
    return a_year_on and practice.zeal >= 0.6 and practice.index % 10 != ONLY_FIGURES


def counts_of(region: DemoRegion, extract: DemoExtract, panel: PatientPanel) -> Counts:
    return contacts_of(region.seed, extract.practice, panel, extract.number)


def file_of(
    region: DemoRegion, extract: DemoExtract, panel: PatientPanel, contacts: Counts
) -> tuple[str, bytes]:
    """The name and contents of the file that the practice uploads."""
    name, write = SHAPES[extract.practice.index % len(SHAPES)]
    return name, write(region, extract, panel, contacts)


def _title_lines(
    region: DemoRegion, extract: DemoExtract, panel: PatientPanel, contacts: Counts
) -> bytes:
    """Windows-1252 with title lines, a total line, names and birth dates."""
    chance = dice(region.seed, "birthdays", extract.practice.index)
    days = chance.integers(1, 29, len(panel))
    months = chance.integers(1, 13, len(panel))
    names = people_names()
    lines = [
        "Overzicht contacten per patiënt",
        f"Praktijk: {extract.practice.name}",
        f"Periode: {extract.period_start:%d-%m-%Y} t/m {extract.period_end:%d-%m-%Y}",
        "",
        "Patiëntnr.;Naam;Geb.datum;Geslacht;Aantal contacten",
    ]
    columns = (panel.numbers, days, months, panel.birth_years, panel.sexes, contacts)
    lines += [
        f"{number};{next(names)};{day:02d}-{month:02d}-{year};{sex};{count}"
        for number, day, month, year, sex, count in zip(*columns, strict=True)
    ]
    total = f"{int(contacts.sum()):,}".replace(",", ".")
    lines.append(f"Totaal;;;;{total}")
    return "\r\n".join(lines).encode("cp1252")


def _separated(separator: str, encoding: str, at_least: int = 0) -> Callable[..., bytes]:
    """Plain totals; with `at_least` only the patients who reach it."""

    def write(
        region: DemoRegion, extract: DemoExtract, panel: PatientPanel, contacts: Counts
    ) -> bytes:
        columns = (panel.numbers, panel.birth_years, panel.sexes, contacts)
        lines = [separator.join(("Patnr", "Geb.jaar", "Geslacht", "Totaal contacten"))]
        lines += [
            separator.join(map(str, row))
            for row in zip(*columns, strict=True)
            if row[-1] >= at_least
        ]
        return "\r\n".join([*lines, ""]).encode(encoding)

    return write


def _workbook(
    region: DemoRegion, extract: DemoExtract, panel: PatientPanel, contacts: Counts
) -> bytes:
    """A column per channel, below a title."""
    channels = by_channel(region.seed, extract.practice, panel, contacts)
    rows = numpy.column_stack([panel.numbers, panel.birth_years, channels, contacts])
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        sheet = book.add_worksheet("Contacten")
        sheet.write_string(0, 0, f"Contacten {extract.period_start} - {extract.period_end}")
        headers = (
            "Patnr",
            "Geb.jaar",
            "Consulten",
            "Telefonische consulten",
            "E-consulten",
            "Visites",
            "Totaal contacten",
        )
        sheet.write_row(2, 0, headers)
        for place, row in enumerate(rows.tolist(), 3):
            sheet.write_row(place, 0, row)
    return buffer.getvalue()


_TYPES = ("Consult", "Telefonisch consult", "E-consult", "Visite", "Herhaalrecept", "Administratie")


def _contact_rows(
    region: DemoRegion, extract: DemoExtract, panel: PatientPanel, contacts: Counts
) -> bytes:
    """A row per contact, with repeat prescriptions between them that do not count."""
    chance = dice(region.seed, "contact rows", extract.practice.index, extract.number)
    other = chance.poisson(contacts * 0.2)
    kinds = numpy.column_stack(
        [by_channel(region.seed, extract.practice, panel, contacts), other // 2, other - other // 2]
    )
    who = [
        f"{number},{year},{sex}"
        for number, year, sex in zip(panel.numbers, panel.birth_years, panel.sexes, strict=True)
    ]
    patients = numpy.repeat(numpy.arange(len(panel)), kinds.sum(axis=1))
    types = numpy.repeat(numpy.tile(numpy.arange(len(_TYPES)), len(panel)), kinds.ravel())
    days = (extract.period_end - extract.period_start).days + 1
    moments = chance.integers(0, days, len(patients))
    written = [
        (extract.period_start + timedelta(days=day)).strftime("%d-%m-%Y") for day in range(days)
    ]
    lines = ["Contactnr,Patnr,Geb.jaar,Geslacht,Contactdatum,Soort contact"]
    columns = (patients.tolist(), moments.tolist(), types.tolist())
    lines += [
        f"{number},{who[patient]},{written[day]},{_TYPES[kind]}"
        for number, (patient, day, kind) in enumerate(zip(*columns, strict=True), 1)
    ]
    return "\r\n".join([*lines, ""]).encode("utf-8-sig")


# The home of the demo's accounts comes first: with channels and months there is most to see.
SHAPES: tuple[tuple[str, Callable[..., bytes]], ...] = (
    ("contactregels.csv", _contact_rows),
    ("contacten.xlsx", _workbook),
    ("overzicht.csv", _title_lines),
    ("export.csv", _separated(";", "cp1252")),
    ("export.txt", _separated("\t", "utf-16")),
    ("overzicht.csv", _title_lines),
    ("export.csv", _separated(",", "utf-8-sig")),
    ("contactregels.csv", _contact_rows),
    ("export.csv", _separated(";", "utf-8")),
    ("veelgebruikers.csv", _separated(";", "utf-8", at_least=SHIPPED_NORMS.high_user_contacts)),
)
assert len(CHANNELS) + 2 == len(_TYPES)
