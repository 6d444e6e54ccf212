"""Slides as PDF: pages of a screen's shape with big figures and one picture each."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from mtvp.charts.chart import Chart
from mtvp.documents.html import svg_with_whole_name
from mtvp.documents.model import KeyFigure
from mtvp.documents.pdf import pdf_from_html
from mtvp.documents.words import shown

STYLE_SHEET = Path(__file__).with_name("slides.css")
IN_THREES = (1, 2, 3, 5, 6)
"""So many figures stand in three columns, others in four."""

LARGE = (60, 7)
USUAL = (85, 11)
"""Signs on a line and lines on a page, for points in large and in usual type; more is small."""


@dataclass(frozen=True)
class Slide:
    """`lead` is the conclusion; below it figures, a picture or points, whichever there are."""

    title: str
    lead: str = ""
    figures: tuple[KeyFigure, ...] = ()
    chart: Chart | None = None
    points: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True)
class Deck:
    """The title page comes by itself; `created_on` is the moment of the content."""

    title: str
    subtitle: str
    language: str
    author: str
    created_on: date
    slides: tuple[Slide, ...]
    footer: str
    draft: bool = False


def write_slides(deck: Deck, *, fonts: Path) -> bytes:
    """A tagged PDF, a page per slide; equal decks give equal bytes. Raises as `write_pdf` does."""
    return pdf_from_html(slides_html(deck), footer=deck.footer, fonts=fonts, style=STYLE_SHEET)


def slides_html(deck: Deck) -> str:
    head = format_html(
        '<!doctype html><html lang="{}"><head><meta charset="utf-8"><title>{}</title>'
        '<meta name="author" content="{}"><meta name="dcterms.created" content="{}"></head>',
        deck.language,
        deck.title,
        deck.author,
        deck.created_on.isoformat(),
    )
    draft = format_html('<p class="draft">{}</p>', _("Draft")) if deck.draft else ""
    front = format_html(
        '<section class="front"><p class="author">{}</p><h1>{}</h1><p class="lead">{}</p>{}'
        "</section>",
        deck.author,
        deck.title,
        deck.subtitle,
        draft,
    )
    return head + format_html(
        "<body><main>{}{}</main></body></html>", front, _joined(_slide(one) for one in deck.slides)
    )


def _slide(slide: Slide) -> SafeString:
    parts = [format_html("<h2>{}</h2>", slide.title)]
    if slide.lead:
        parts.append(format_html('<p class="lead">{}</p>', slide.lead))
    if slide.figures:
        parts.append(_figures(slide.figures))
    if slide.chart is not None:
        parts.append(
            format_html('<figure class="chart">{}</figure>', svg_with_whole_name(slide.chart))
        )
    if slide.points:
        items = format_html_join("", "<li>{}</li>", ((point,) for point in slide.points))
        parts.append(format_html('<ul class="points{}">{}</ul>', _size(slide.points), items))
    if slide.note:
        parts.append(format_html('<p class="note">{}</p>', slide.note))
    return format_html("<section>{}</section>", _joined(parts))


def _size(points: Sequence[str]) -> str:
    """Few words are read from the back of the room; many still stand on one page."""
    for look, (signs, lines) in ((" large", LARGE), ("", USUAL)):
        if sum(-(-len(point) // signs) for point in points) <= lines:
            return look
    return " small"


def _figures(figures: Sequence[KeyFigure]) -> SafeString:
    """Each figure reads as one sentence: the figure, what it counts, and its note."""
    look = "figures" if len(figures) in IN_THREES else "figures many"
    items = format_html_join(
        "",
        '<li><span class="figure">{}</span> <span class="label">{}</span>'
        ' <span class="of">{}</span></li>',
        ((shown(one.value, one.kind, one.decimals), one.label, one.note) for one in figures),
    )
    return format_html('<ul class="{}">{}</ul>', look, items)


def _joined(parts: Iterable[SafeString]) -> SafeString:
    return mark_safe("".join(parts))  # noqa: S308 - parts are safe already
