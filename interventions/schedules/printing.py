"""Papers of the consultation lengths: the week, the table beside the telephone, the poster."""

from dataclasses import replace
from pathlib import Path

from django.conf import settings
from django.http import HttpResponse
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from interventions.models import QuestionLength
from interventions.schedules.comparing import Week, agendas, common_hours, figures_table, sentences
from interventions.schedules.questions import grouped
from interventions.schedules.texts import POSTER
from mtvp.documents.model import Block, Document, Figure, Heading, Paragraph
from mtvp.documents.pdf import pdf_from_html, write_pdf
from practices.models import Practice
from practices.texts.services import region_text

FONTS = Path(settings.BASE_DIR) / "static" / "dist" / "fonts"


def week_paper(practice: Practice, week: Week, now: Week | None) -> Document:
    blocks: list[Block] = [Paragraph(text, "lead") for text in sentences(week, now)]
    blocks.append(figures_table(week, now))
    blocks.append(Heading(_("The week"), new_page=True))
    drawn = agendas(week.blocks, common_hours(week, now))
    blocks += [Figure(replace(chart, rows=())) for chart in drawn]
    return _sheet(practice, week.template.name, _("Week of consultations"), tuple(blocks))


def questions_paper(practice: Practice, lines: list[QuestionLength]) -> bytes:
    """In two columns, so that a usual table stays on one page beside the telephone."""
    groups = format_html_join("", "<h2>{}</h2>{}", ((t, _items(g)) for t, g in grouped(lines)))
    title = _("Which question, which length")
    return _page(practice, title, "poster letter columns", groups, title)


def poster(practice: Practice, key: str) -> bytes:
    """A text of the region for patients on one page; that of a poster in large type."""
    title, html = region_text(key)
    look = "poster" if key == POSTER else "poster letter"
    example = _("Example of PrimaCura, to be changed by the practice")
    return _page(practice, title, look, html, example)


def _items(lines: list[QuestionLength]) -> SafeString:
    """Each question, with whom below it."""
    items = format_html_join(
        "", "<li>{}{}</li>", ((one.question, _whom(one.with_whom)) for one in lines)
    )
    return format_html("<ul>{}</ul>", items)


def _whom(words: str) -> str:
    return format_html("<br><span>{}</span>", words) if words else ""


def _page(practice: Practice, title: str, look: str, html: SafeString, footer: str) -> bytes:
    page = format_html(
        '<!doctype html><html lang="{}"><head><meta charset="utf-8"><title>{}</title></head>'
        '<body class="{}"><p class="author">{}</p><h1>{}</h1><main>{}</main></body></html>',
        get_language() or "nl",
        title,
        look,
        practice.name,
        title,
        html,
    )
    return pdf_from_html(page, footer=footer, fonts=FONTS)


def pdf_answer(document: Document, name: str) -> HttpResponse:
    return pdf_bytes(write_pdf(document, fonts=FONTS), name)


def pdf_bytes(content: bytes, name: str) -> HttpResponse:
    """Opens in the browser; nothing is kept on our side."""
    headers = {"Content-Disposition": f'inline; filename="{name}"'}
    return HttpResponse(content, content_type="application/pdf", headers=headers)


def _sheet(practice: Practice, title: str, subtitle: str, blocks: tuple[Block, ...]) -> Document:
    return Document(
        title=title,
        subtitle=subtitle,
        language=get_language() or "nl",
        author=practice.name,
        created_on=timezone.localdate(),
        details=(),
        blocks=blocks,
        footer=f"{practice.name} · {title}",
        sheet=True,
    )
