from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.utils import translation
from pypdf import PdfReader

from mtvp.documents.model import Block, Column, Heading, Kind, Mark, Paragraph, Table
from mtvp.documents.pdf import OutsideAddressError, PdfNotPossibleError, pdf_from_html, write_pdf
from mtvp.documents.words import mark_words
from tests.documents.sample import FEE, sample

FONTS = Path(settings.BASE_DIR) / "static" / "dist" / "fonts"


@pytest.fixture(scope="module")
def content() -> bytes:
    with translation.override("nl"):
        return write_pdf(sample(), fonts=FONTS)


@pytest.fixture(scope="module")
def reader(content: bytes, tmp_path_factory: pytest.TempPathFactory) -> PdfReader:
    path = tmp_path_factory.mktemp("pdf") / "sample.pdf"
    path.write_bytes(content)
    return PdfReader(path)


def elements(node: Any) -> Iterator[Any]:
    """Every structure element below a node."""
    node = node.get_object() if hasattr(node, "get_object") else node
    if not isinstance(node, dict):
        return
    yield node
    kids = node.get("/K", [])
    kids = kids.get_object() if hasattr(kids, "get_object") else kids
    for kid in kids if isinstance(kids, list) else [kids]:
        yield from elements(kid)


def test_the_file_says_what_it_is(reader: PdfReader) -> None:
    root: Any = reader.trailer["/Root"]
    assert root["/Lang"] == "nl"
    assert root["/MarkInfo"]["/Marked"]
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert b'pdfuaid:part="1"' in root["/Metadata"].get_object().get_data()
    assert reader.metadata is not None
    assert reader.metadata.title == sample().title
    assert reader.metadata.author == "PrimaCura"


def test_headings_tables_and_figures_are_tagged(reader: PdfReader) -> None:
    root: Any = reader.trailer["/Root"]
    found = list(elements(root["/StructTreeRoot"]))
    tags = Counter(element.get("/S") for element in found)
    assert tags["/H1"] == 1
    assert tags["/H2"] == 1 + 4  # the contents and four sections
    assert tags["/H3"] == 1
    header_cells = [element for element in found if element.get("/S") == "/TH"]
    assert len(header_cells) > len(FEE.columns)
    figures = [element for element in found if element.get("/S") == "/Figure"]
    assert [str(figure["/Alt"]) for figure in figures] == [
        "Uitrol per interventie. In jaar 1 is de triage het verst: 25 van 25 praktijken.",
        "Consulten per verzekerde. Het aantal consulten daalt van 4,9 naar 4,4.",
    ]


def test_pages_are_numbered_and_the_contents_point_at_them(reader: PdfReader) -> None:
    pages = [page.extract_text() for page in reader.pages]
    total = len(pages)
    assert sample().footer not in pages[0]
    for number, text in enumerate(pages[1:], start=2):
        assert sample().footer in text
        assert f"{number} " in text.split(sample().footer)[1] or f"{number}" in text
    for heading in ("Samenvatting", "Uitrol", "Regioprestatie", "Bijlage per praktijk"):
        at = next(
            number for number in range(2, total + 1) if heading in pages[number - 1].splitlines()
        )
        line = next(line for line in pages[0].splitlines() if line.startswith(heading))
        assert line.removeprefix(heading).strip(" .") == str(at)


def test_a_hidden_figure_is_words(reader: PdfReader) -> None:
    with translation.override("nl"):
        last_word = mark_words(Mark.HIDDEN).split()[-1]
    text = " ".join(page.extract_text() for page in reader.pages)
    assert text.count(last_word) == 3


def test_equal_documents_give_equal_bytes(content: bytes) -> None:
    with translation.override("nl"):
        assert write_pdf(sample(), fonts=FONTS) == content


def test_text_that_looks_like_html_stays_text(reader: PdfReader) -> None:
    assert any("<b>vet</b> & co" in page.extract_text() for page in reader.pages)


def test_missing_fonts_are_named(tmp_path: Path) -> None:
    with translation.override("en"), pytest.raises(PdfNotPossibleError, match="make install"):
        write_pdf(sample(), fonts=tmp_path)


@pytest.mark.parametrize(
    "address", ["http://127.0.0.1:9/x.png", "file:///etc/hostname", "data:image/png;base64,AAAA"]
)
def test_nothing_is_fetched_from_outside(address: str) -> None:
    html = f'<html lang="nl"><title>x</title><body><img alt="x" src="{address}"></body></html>'
    with pytest.raises(OutsideAddressError, match="may not fetch"):
        pdf_from_html(html, footer="x", fonts=FONTS)


def test_a_section_of_one_sentence_stays_where_there_is_room() -> None:
    """It holds no next section back, while a heading goes along with the table it introduces."""
    columns = (Column("Wat"), Column("Aantal", Kind.INT))
    before, behind = (
        Table(title, columns, tuple((f"Rij {place}", place) for place in range(rows)))
        for title, rows in (("Ervoor", 15), ("Erachter", 12))
    )
    blocks: tuple[Block, ...] = (
        before,
        Heading("Knelpunten"),
        Paragraph("Geen praktijk meldde een knelpunt."),
        Heading("Indicatoren"),
        Paragraph("De regio naast het land."),
        behind,
    )
    content = write_pdf(replace(sample(), blocks=blocks, sheet=True), fonts=FONTS)
    first, second = (page.extract_text() for page in PdfReader(BytesIO(content)).pages)
    assert "Geen praktijk meldde een knelpunt." in first
    assert "Indicatoren" not in first
    assert second.index("Indicatoren") < second.index("Erachter")


def test_a_date_on_a_sheet_stays_on_one_line() -> None:
    columns = (Column("Wat"), Column("Hoe ver"), Column("Vóór", Kind.DATE))
    table = Table("", columns, (("Intervisie", "Nog niets gedaan. " * 20, "31 dec 2026"),))
    content = write_pdf(replace(sample(), blocks=(table,), sheet=True), fonts=FONTS)
    assert "31 dec 2026" in PdfReader(BytesIO(content)).pages[0].extract_text()


def test_a_day_leaves_the_width_to_the_texts_beside_it() -> None:
    columns = (Column("Partner"), Column("Knelpunt"), Column("Gemeld", Kind.DATE), Column("Regio"))
    table = Table("", columns, (("GGZ", "Wachttijd " * 9, "17 sep 2026", "Overleg " * 30),))
    content = write_pdf(replace(sample(), blocks=(table,), sheet=True), fonts=FONTS)
    left: dict[str, float] = {}

    def note(text: str, matrix: list[float], inner: list[float], *_font: object) -> None:
        left.setdefault(text.strip(), matrix[0] * inner[4] + matrix[4])

    PdfReader(BytesIO(content)).pages[0].extract_text(visitor_text=note)
    assert left["Regio"] - left["Gemeld"] < (left["Gemeld"] - left["Knelpunt"]) / 1.5
