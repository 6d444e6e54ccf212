"""One report in every form: the workbook against the JSON by plain mapping, and the CSV, the PDF
and the page against the workbook, cell by cell over all blocks."""

import csv
import html
import io
import json
import re
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

import pytest
from django.utils import translation
from django.utils.formats import date_format
from openpyxl import load_workbook
from pypdf import PdfReader

from monitoring.regional_fee.account import fee_year
from monitoring.report.build import build_report
from monitoring.report.document import document_of
from monitoring.report.exports import report_csv
from monitoring.report.files import file_bytes, font_folder
from monitoring.report.slides.deck import slides_of
from monitoring.report.value import Correction, Difference, Report
from mtvp.documents.html import page_html
from mtvp.documents.model import Mark
from mtvp.documents.slides import write_slides
from tests import factories
from tests.monitoring.report.region import Region, random_region, stored, with_list

pytestmark = pytest.mark.django_db

Row = list[Any]
HIDDEN, NO_FIGURE, NO_TARIFF = "niet getoond (privacy)", "geen cijfer", "geen tarief bekend"
STATUSES = ("met", "on_track", "at_risk", "missed", "not_due", "not_applicable")
WORDS = {"year", "insurer", "as_of", "practices", "stopped", "suppressed", "texts", "quotes"}
"""Of the value what stands in no table of its own; other tests and `says` look at it."""


def full_region() -> Region:
    """With something in every block, and no tariff in half of the quarters."""
    region = with_list(random_region(8, practices=9))
    region["practices"][0]["start"] = date(2022, 10, 1)
    region["fee_tariffs"] = [
        {"from": date(2020, 1, 1), "until": date(2023, 6, 30), "amount": "0.50"}
    ]
    region["texts"] = [{"block": "ervaringen", "text": "Meer rust in de praktijk."}]
    quote = {"practice": "01990001", "block": "meerwaarde", "answer": "yes"}
    region["quotes"] = [quote | {"text": "Wij bellen minder."}]
    agreed = {"text": "CZ vertelt het.", "owner": "CZ", "due_on": None, "state": "done"}
    meeting = {"year": 2022, "held_on": date(2023, 4, 2), "adjustments": "Eerder.", "closed": True}
    region["meetings"] = [meeting | {"agreements": [agreed | {"outcome": "In mei."}]}]
    region["time_outs"] = [
        {
            "practice": row["code"],
            "person": "p1",
            "date": date(2023, 5, 1),
            "outcome": outcome,
            "kind": "referral",
        }
        for row in region["practices"]
        for outcome in ("sent", "sent", "not_sent", "not_sent", "open")
    ]
    return region


@pytest.fixture
def report() -> Report:
    stored(full_region())
    built = build_report(year=2023, insurer=factories.insurer("VGZ"), appendix=True)
    differences = (Difference("Deelname", "Praktijken", "6", "7"),)
    return replace(built, correction=Correction(2, "Vergeten.", "a" * 64, differences))


@dataclass
class Sheet:
    """A table of the workbook; `formats` how each cell is written."""

    section: str
    title: str
    header: Row
    rows: list[Row]
    formats: list[list[str]]


def sheets(content: bytes) -> dict[str, Sheet]:
    found = {}
    for sheet in load_workbook(io.BytesIO(content)).worksheets[1:]:
        lines = [list(row) for row in sheet.rows]
        header = [cell.value for cell in lines[3] if cell.value is not None]
        rows = [line[: len(header)] for line in lines[4:]]  # A note may be wider than its table.
        found[sheet.title] = Sheet(
            str(lines[1][0].value),
            str(lines[0][0].value),
            header,
            [[cell.value for cell in row] for row in rows],
            [[cell.number_format for cell in row] for row in rows],
        )
    return found


def in_words(value: Any, written: str) -> str:
    """A cell of the workbook as a Dutch reader sees it."""
    if value is None or isinstance(value, str):
        return value or ""
    if isinstance(value, datetime):
        with translation.override("nl"):
            return date_format(value.date())
    places = len(written.split(".")[1].rstrip("%")) if "." in written else 0
    number = Decimal(repr(value)) * (100 if written.endswith("%") else 1)
    plain = f"{number.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP):,}"
    dutch = plain.translate(str.maketrans(",.", ".,"))
    if written.endswith("%"):
        return f"{dutch}%"
    return f"€\N{NO-BREAK SPACE}{dutch}" if written.startswith('"€"') else dutch


def read(sheet: Sheet) -> list[list[str]]:
    return [
        [in_words(value, written) for value, written in zip(row, formats, strict=True)]
        for row, formats in zip(sheet.rows, sheet.formats, strict=True)
    ]


def squeezed(text: str) -> str:
    """Without what a line break, a hyphen at its end or a fixed space changes."""
    return re.sub(r"[\s\u00ad\u2010\u2011-]", "", text)


def share(part: int | None, whole: int | None) -> Any:
    if part is None or whole is None:
        return HIDDEN
    return part / whole if whole else NO_FIGURE


def shown(number: Any) -> Any:
    return HIDDEN if number is None else number


def money(amount: str | None, *, tariff: str | None) -> Any:
    if tariff is None:
        return NO_TARIFF
    return HIDDEN if amount is None else float(amount)


def expected(data: dict[str, Any]) -> dict[str, tuple[str, list[Row]]]:
    """By sheet the key of the value that it tells, and its cells from the first number on."""
    duties = data["obligations"]
    latest = [*data["earlier_extracts"], data["extracts"]]
    steps = ("invited", "information", "enrolled", "requested", "begun", "stopped")
    visits, outs = data["visits"], data["time_outs"]
    fee_tariffs = {one["quarter"]: one["amount"] for one in data["fee_tariffs"]}
    answers = [one for one in data["visit_answers"] if not one["question"].endswith("-going")]
    going = [one["practices"] for one in data["visit_answers"] if one not in answers]
    return {
        "Deelname": ("cohorts", [[one[step] for step in steps] for one in data["cohorts"]]),
        "Patiënten per kwartaal": (
            "panels",
            [[one["practices"], shown(one["patients"])] for one in data["panels"]],
        ),
        "Uitrol": (
            "obligations",
            [
                [one["met"], one["applicable"], share(one["met"], one["applicable"])]
                for one in duties
            ],
        ),
        "Status": ("obligations", [[one[status] for status in STATUSES] for one in duties]),
        "Definities": ("obligations", [[". ".join(one["definitions"]) + "."] for one in duties]),
        "Per lichting": (
            "by_cohort",
            [
                [
                    share(one["obligations"][place]["met"], one["obligations"][place]["applicable"])
                    for one in data["by_cohort"]
                ]
                for place in range(8)
            ],
        ),
        "Naast vorig jaar": ("last_year", beside_last_year(data)),
        "Veelgebruikers": (
            "extracts earlier_extracts",
            [
                [
                    *(one["number"], one["practices"]),
                    *(shown(one["patients"]), shown(one["high_users"])),
                    share(one["high_users"], one["patients"]),
                    share(one["contacts"], one["patients"]),
                ]
                for one in latest
            ],
        ),
        "Plannen": ("plans", [[one["practices"], one["plans"]] for one in data["plans"]]),
        "Bijeenkomsten": (
            "sessions",
            [
                [one[name] for name in ("sessions", "attendances", "people", "practices")]
                for one in data["sessions"]
            ],
        ),
        "Bezoeken van de consulenten": (
            "visits",
            [
                [visits["visits"], ""],
                [visits["practices"], visits["of"]],
                [visits["time_out"], visits["of"]],
            ],
        ),
        "Hoe het gaat": ("visit_answers", [going[at : at + 3] for at in range(0, len(going), 3)]),
        "Antwoorden bij bezoeken": ("visit_answers", [[one["practices"]] for one in answers]),
        "Time-outs": (
            "time_outs",
            [[outs["practices"]], [shown(outs["decided"])], [shown(outs["not_sent"])]],
        ),
        "Vragenlijsten": (
            "questionnaires",
            [
                [
                    *(one["due"], one["answered"], one["plans_made"]),
                    *(one["lasting_habit"], one["flexible_in_use"]),
                ]
                for one in data["questionnaires"]
            ],
        ),
        "Knelpunten": (
            "bottlenecks",
            [[one["practices"], one["reports"]] for one in data["bottlenecks"]],
        ),
        "Vergoeding programma": (
            "programme_fee",
            [
                [
                    *(one["practices"], shown(one["patients"])),
                    money(one["tariff"], tariff=one["tariff"]),
                    money(one["amount"], tariff=one["tariff"]),
                ]
                for one in data["programme_fee"]
            ],
        ),
        "Regioprestatie": (
            "regional_fee fee_tariffs",
            [
                [
                    *(one["practices"], shown(one["patients"])),
                    money(one["amount"], tariff=fee_tariffs[one["quarter"]]),
                ]
                for one in data["regional_fee"]
            ],
        ),
        "Niet verantwoord": (
            "not_accounted",
            [[one["practices"], one["quarters"]] for one in data["not_accounted"]],
        ),
        "Kwaliteit van de gegevens": (
            "quality",
            [[one["number"], one["of"]] for one in data["quality"]],
        ),
        "Praktijken": (
            "appendix",
            [
                [shown(one[name]) if one["extract_until"] else NO_FIGURE for name in PATIENTS]
                for one in data["appendix"]
            ],
        ),
        "Indicatoren": ("indicators", [[value] for value in indicators(data)]),
        "Opgepakt": (
            "structural",
            [[one["practices"]] for one in data["structural"]],
        ),
        "Afspraken": (
            "meeting",
            [[one["outcome"]] for one in data["meeting"]["agreements"]],
        ),
        "Correcties": (
            "correction",
            [[one["old"], one["new"]] for one in data["correction"]["differences"]],
        ),
    }


PATIENTS = ("patients", "high_users")
AT = {"Opgepakt": (2, 3), "Indicatoren": (1, 2), "Praktijken": (-2, None), "Deelname": (2, None)}
AT |= dict.fromkeys(("Antwoorden bij bezoeken", "Afspraken", "Definities"), (-1, None))
AT |= dict.fromkeys(("Knelpunten", "Correcties"), (-2, None))
"""Where the cells of `expected` stand in a row, if not after its name."""


def beside_last_year(data: dict[str, Any]) -> list[Row]:
    last = data["last_year"]
    rows = [[last[name], "", data[name], ""] for name in ("practices", "stopped")]
    for was, now in zip(last["obligations"], data["obligations"], strict=True):
        rows.append([was["met"], was["applicable"], now["met"], now["applicable"]])
    for block, name in (("plans", "plans"), ("sessions", "attendances")):
        told = [sum(one[name] for one in report[block]) for report in (last, data)]
        rows.append([told[0], "", told[1], ""])
    rows.append(
        [
            sum(one[name] for one in report["questionnaires"])
            for report in (last, data)
            for name in ("answered", "due")
        ]
    )
    return rows


def indicators(data: dict[str, Any]) -> list[Any]:
    found = []
    for one in data["indicators"]:
        name = one["indicator"] + (f":{one['detail']}" if one["detail"] else "")
        for year in one["years"]:
            if year["year"] == data["year"]:
                hidden = f"indicators.{name}.{data['year']}.value" in data["suppressed"]
                value = NO_FIGURE if year["value"] is None else float(year["value"])
                found.append(HIDDEN if hidden else value)
    return found


def test_the_workbook_tells_the_json_table_by_table(report: Report) -> None:
    """A key of the value without a place in a table, or a table without one, makes it fail."""
    data = json.loads(file_bytes(report, "json", draft=False))
    book = sheets(file_bytes(report, "xlsx", draft=False))
    tables = expected(data)
    known = {key for keys, _rows in tables.values() for key in keys.split()}
    assert set(data) == known | WORDS
    courses = {one["title"] for one in data["indicators"]}
    others = [name for name in book if name not in tables]
    assert "Verplichtingen per praktijk" in others
    others.remove("Verplichtingen per praktijk")
    assert all(any(book[one].title.startswith(f"{name} ") for name in courses) for one in others)
    for name, (_keys, rows) in tables.items():
        first, last = AT.get(name, (1, None))
        found = [row[first:last] for row in book[name].rows]
        if name in ("Vergoeding programma", "Regioprestatie"):
            found = found[:4]
        assert found == [pytest.approx(row) if all_numbers(row) else row for row in rows], name


def all_numbers(row: Row) -> bool:
    return all(isinstance(value, int | float) for value in row)


def test_page_pdf_and_csv_tell_every_cell_of_the_workbook(report: Report) -> None:
    book = sheets(file_bytes(report, "xlsx", draft=False))
    with translation.override("nl"):
        lines = io.StringIO(report_csv(report, draft=False).decode("utf-8-sig"))
        page = page_html(document_of(report, draft=False).blocks)
    told = list(csv.reader(lines, delimiter=";"))[1:]
    assert told == [
        [sheet.section, sheet.title, row[0], title, cell]
        for sheet in book.values()
        for row in read(sheet)
        for title, cell in zip(sheet.header[1:], row[1:], strict=True)
    ]
    paper = PdfReader(io.BytesIO(file_bytes(report, "pdf", draft=False)))
    texts = {
        "pdf": squeezed(" ".join(one.extract_text() for one in paper.pages)),
        "page": squeezed(html.unescape(re.sub(r"<[^>]+>", " ", str(page)))),
    }
    for form, text in texts.items():
        for sheet in book.values():
            missing = [row for row in read(sheet) if squeezed("".join(row)) not in text]
            assert missing == [], (form, sheet.title)
        for said in ("Meer rust in de praktijk.", "Wij bellen minder.", "Eerder.", "Vergeten."):
            assert squeezed(said) in text, (form, said)


def test_without_a_tariff_every_form_says_so_and_none_says_nought(report: Report) -> None:
    data = json.loads(file_bytes(report, "json", draft=False))
    assert [one["amount"] for one in data["fee_tariffs"]] == ["0.50", "0.50", None, None]
    assert [one["tariff"] for one in data["programme_fee"]] == [None, "3.05", "3.05", None]
    quarters = data["regional_fee"][2:]
    assert all(one["patients"] and one["amount"] is None for one in quarters)
    assert not [path for path in data["suppressed"] if path.startswith("regional_fee.2023Q3")]
    amounts = [one["amount"] for one in (*data["regional_fee"], *data["programme_fee"])]
    assert "0.00" not in amounts

    with translation.override("nl"):
        table = report_csv(report, draft=False).decode("utf-8-sig")
        slides = write_slides(slides_of(report, draft=False), fonts=font_folder())
    assert table.count(f";{NO_TARIFF}\r\n") == 2 + 2 * 2
    assert "€\N{NO-BREAK SPACE}0,00" not in table
    deck = PdfReader(io.BytesIO(slides))
    assert "€" not in "".join(one.extract_text() for one in deck.pages)
    on_page = fee_year(year=2023, insurer=factories.insurer("VGZ"), today=date(2024, 1, 1))
    assert [one.amount for one in on_page.totals[2:]] == [Mark.NO_FIGURE] * 2
    book = sheets(file_bytes(report, "xlsx", draft=False))
    for name in ("Vergoeding programma", "Regioprestatie"):
        assert [row for row in book[name].rows if row[0] == "Jaar"] == []
        assert 0 not in [row[-1] for row in book[name].rows]
