"""Papers of the consultation lengths: the week, the table beside the telephone, the poster."""

from pathlib import Path

from django.conf import settings
from django.http import HttpResponse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from interventions.models import QuestionLength
from interventions.schedules.comparing import Week, agendas, common_hours, figures_table, sentences
from interventions.schedules.questions import grouped
from interventions.schedules.texts import POSTER
from mtvp.documents.model import Block, Column, Document, Figure, Heading, Paragraph, Table
from mtvp.documents.pdf import pdf_from_html, write_pdf
from practices.models import Practice
from practices.texts.services import region_text

FONTS = Path(settings.BASE_DIR) / "static" / "dist" / "fonts"


def week_paper(practice: Practice, week: Week, now: Week | None) -> Document:
    blocks: list[Block] = [Paragraph(text, "lead") for text in sentences(week, now)]
    blocks.append(figures_table(week, now))
    blocks.append(Heading(_("The week"), new_page=True))
    blocks += [Figure(chart) for chart in agendas(week.blocks, common_hours(week, now))]
    return _sheet(practice, week.template.name, _("Week of consultations"), tuple(blocks))


def questions_paper(practice: Practice, lines: list[QuestionLength]) -> Document:
    columns = (Column(_("Question or group")), Column(_("Length")), Column(_("With whom, or how")))
    rows = tuple(
        (one.question, length, one.with_whom) for length, group in grouped(lines) for one in group
    )
    blocks: list[Block] = [Table(_("What the practice agreed"), columns, rows)]
    title = _("Which question, which length")
    return _sheet(practice, title, _("To lay beside the telephone"), tuple(blocks))


def poster(practice: Practice, key: str) -> bytes:
    """A text of the region for patients on one page; that of a poster in large type."""
    look = "poster" if key == POSTER else "poster letter"
    title, html = region_text(key)
    example = _("Example of PrimaCura, to be changed by the practice")
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
    return pdf_from_html(page, footer=example, fonts=FONTS)


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
