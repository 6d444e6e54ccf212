"""Slides: what stands on one, stays on one."""

from datetime import date
from io import BytesIO

import pytest
from django.utils import translation
from pypdf import PdfReader

from mtvp.documents.model import KeyFigure, Kind
from mtvp.documents.slides import Deck, Slide, write_slides
from tests.documents.test_pdf import FONTS

LONG = ("Een praktijk die meer tijd neemt voor een gesprek, merkt dat aan de telefoon. " * 3)[:220]
LEAD = (
    "Het vaakst voldaan: 4 Flexibele consultduur, jaar 1 (82%). "
    "Het minst vaak: 1 Regie op veelgebruikers, jaar 1 (46%)."
)


def figures(number: int) -> tuple[KeyFigure, ...]:
    label = "1 Regie op veelgebruikers, jaar 2"
    return tuple(KeyFigure(label, 0.46, Kind.PERCENT, note="13 van 28") for _one in range(number))


@pytest.mark.parametrize(
    "slides",
    [
        (Slide("Verplichtingen", LEAD, figures(8)), Slide("Kort", LEAD, figures(6))),
        (Slide("Vijf lange", points=(LONG,) * 5), Slide("Kort", points=("Ja.", "Nee."))),
        (Slide("Woorden", points=(f"“{LONG}”",) * 3, note=LEAD), Slide("Half", points=(LONG,) * 3)),
    ],
)
def test_no_slide_runs_on_to_a_second_page(slides: tuple[Slide, ...]) -> None:
    deck = Deck("Jaar", "Overleg", "nl", "PrimaCura", date(2023, 12, 31), slides, footer="MTVP")
    with translation.override("nl"):
        pages = PdfReader(BytesIO(write_slides(deck, fonts=FONTS))).pages
    assert len(pages) == 1 + len(slides)
    for slide, page in zip(slides, list(pages)[1:], strict=True):
        assert page.extract_text().startswith(slide.title)
