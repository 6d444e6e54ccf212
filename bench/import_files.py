"""Made-up files to measure the import with."""

from datetime import date, timedelta
from pathlib import Path

import numpy
import xlsxwriter

PERIOD = (date(2025, 1, 1), date(2025, 12, 31))
TYPES = ("Consult", "Telefonisch consult", "E-consult", "Visite")


def contact_rows(path: Path, *, rows: int, patients: int) -> None:
    """A file of one row per contact, some 48 bytes each; who comes often is long-tailed."""
    chance = numpy.random.default_rng(rows)
    weights = chance.lognormal(0, 1.1, patients)
    who = chance.choice(patients, rows, p=weights / weights.sum()).tolist()
    kinds = chance.choice(len(TYPES), rows, p=[0.55, 0.27, 0.13, 0.05]).tolist()
    days = chance.integers(0, 365, rows).tolist()
    written = [(PERIOD[0] + timedelta(days=day)).strftime("%d-%m-%Y") for day in range(365)]
    with path.open("w") as file:
        file.write("Contactnr;Patnr;Contactdatum;Soort contact;Medewerker\n")
        file.writelines(
            f"{number:08d};{100_000 + patient};{written[day]};{TYPES[kind]};HA{number % 7}\n"
            for number, (patient, day, kind) in enumerate(zip(who, days, kinds, strict=True))
        )


def totals_workbook(path: Path, *, rows: int) -> None:
    """An xlsx of one row per patient with a column per channel."""
    chance = numpy.random.default_rng(rows)
    parts = chance.poisson([2.6, 1.3, 0.5, 0.3], (rows, len(TYPES)))
    with xlsxwriter.Workbook(str(path), {"constant_memory": True}) as book:
        sheet = book.add_worksheet()
        headers = (
            "Patnr",
            "Geb.jaar",
            "Geslacht",
            "Consulten",
            "Telefonische consulten",
            "E-consulten",
            "Visites",
            "Totaal contacten",
        )
        sheet.write_row(0, 0, headers)
        years = chance.integers(1925, 2024, rows).tolist()
        for place, (year, counts) in enumerate(zip(years, parts.tolist(), strict=True), 1):
            sex = "M" if place % 2 else "V"
            sheet.write_row(place, 0, (100_000 + place, year, sex, *counts, sum(counts)))


def totals(path: Path, *, rows: int) -> None:
    """A csv of one row per patient with a column per channel."""
    chance = numpy.random.default_rng(rows)
    parts = chance.poisson([2.6, 1.3, 0.5, 0.3], (rows, len(TYPES))).tolist()
    with path.open("w") as file:
        file.write("Patnr;Consulten;Telefonische consulten;E-consulten;Visites\n")
        file.writelines(
            f"{100_000 + place};{';'.join(map(str, counts))}\n"
            for place, counts in enumerate(parts)
        )
