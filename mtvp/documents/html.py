"""Blocks of a document as HTML: for a page, and as one whole file for the PDF writer.

Every text is escaped; only figures, which the product draws itself, are put in as they are.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape
from itertools import groupby

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from mtvp.charts.chart import Chart
from mtvp.documents.model import (
    Block,
    Bullets,
    Column,
    Document,
    Figure,
    Heading,
    KeyFigures,
    Kind,
    Mark,
    Paragraph,
    Table,
    Value,
    WriteOn,
)
from mtvp.documents.words import cell_words, shown

WIDE_FROM = 9
"""A table with this many columns is printed on a page on its side."""

SHORT_UP_TO = 12
"""A table of at most this many rows is not split over two pages."""

BESIDE_PICTURE_UP_TO = 6
"""The table of a picture stays on its page when it has at most this many rows."""

SHORT_NAMES = 14
"""Names of rows of at most this many signs leave the room to the other columns of text."""

FEW_COLUMNS = 4
MANY_COLUMNS = 7

_NOTHING = mark_safe("")


def page_html(blocks: Iterable[Block]) -> SafeString:
    """The blocks for a web page: tables that scroll, the table of a figure folded away."""
    return _joined(_page_block(block, anchor) for block, anchor in _anchored(blocks))


@dataclass(frozen=True, slots=True)
class Part:
    """A section on a web page; the page writes its heading, and points at its `anchor`."""

    anchor: str
    title: str
    content: SafeString


def page_parts(blocks: Iterable[Block]) -> list[Part]:
    """The blocks for a web page, per section; what stands above the first has no title."""
    found: list[tuple[str, str, list[SafeString]]] = [("", "", [])]
    for block, anchor in _anchored(blocks):
        match block:
            case Heading(level=2):
                found.append((anchor, block.text, []))
            case _:
                found[-1][2].append(_page_block(block, anchor))
    return [Part(anchor, title, _joined(inner)) for anchor, title, inner in found if title or inner]


def print_html(document: Document) -> str:
    """A whole HTML file for the PDF writer: cover, contents, blocks."""
    anchored = list(_anchored(document.blocks))
    head = format_html(
        '<!doctype html><html lang="{}"><head><meta charset="utf-8"><title>{}</title>'
        '<meta name="author" content="{}"><meta name="dcterms.created" content="{}"></head>',
        document.language,
        document.title,
        document.author,
        document.created_on.isoformat(),
    )
    body = format_html(
        "<body{}>{}{}<main>{}</main></body></html>",
        mark_safe(' class="sheet"') if document.sheet else _NOTHING,
        _cover(document),
        _NOTHING if document.sheet else _contents(anchored),
        _joined(_printed(document.blocks, anchored)),
    )
    return head + body


def _printed(
    blocks: Sequence[Block], anchored: Sequence[tuple[Block, str]]
) -> Iterable[SafeString]:
    """Runs of blocks that share a kind of page, each run in one element."""
    for wide, run in groupby(range(len(blocks)), key=lambda place: _on_its_side(blocks, place)):
        inner = _joined(_print_block(*anchored[place]) for place in run)
        yield format_html('<section class="wide">{}</section>', inner) if wide else inner


def chart_html(chart: Chart) -> SafeString:
    """A figure for a page, with its table folded away under it."""
    table = _words_table(chart.headers, chart.rows)
    return _page_figure(chart, table)


def _on_its_side(blocks: Sequence[Block], place: int) -> bool:
    """Whether a block is printed on a wide page: a wide table, or a text that introduces one
    from the top of a new page."""
    if isinstance(blocks[place], Table):
        return _is_wide(blocks[place])
    heads = [at for at in range(place + 1) if isinstance(blocks[at], Heading)]
    if not heads or not getattr(blocks[heads[-1]], "new_page", False):
        return False
    following = blocks[heads[-1] + 1 :]
    first = next((block for block in following if isinstance(block, Table | Figure)), None)
    texts_only = all(isinstance(block, Paragraph) for block in blocks[heads[-1] + 1 : place + 1])
    return texts_only and isinstance(first, Table) and _is_wide(first)


def _is_wide(block: Block) -> bool:
    return isinstance(block, Table) and len(block.columns) >= WIDE_FROM


def _anchored(blocks: Iterable[Block]) -> Iterable[tuple[Block, str]]:
    """Headings get the address that the contents point at."""
    for place, block in enumerate(blocks, start=1):
        own = (block.anchor or f"part-{place}") if isinstance(block, Heading) else ""
        yield block, own


def _cover(document: Document) -> SafeString:
    rows = format_html_join("", '<tr><th scope="row">{}</th><td>{}</td></tr>', document.details)
    draft = format_html('<p class="draft">{}</p>', _("Draft")) if document.draft else _NOTHING
    return format_html(
        '<section class="cover"><p class="author">{}</p>{}<h1>{}</h1><p class="lead">{}</p>'
        '<table class="details"><tbody>{}</tbody></table></section>',
        document.author,
        draft,
        document.title,
        document.subtitle,
        rows,
    )


def _contents(anchored: Sequence[tuple[Block, str]]) -> SafeString:
    entries = format_html_join(
        "",
        '<li class="level-{}"><a href="#{}">{}</a></li>',
        (
            (block.level, anchor, block.text)
            for block, anchor in anchored
            if isinstance(block, Heading) and block.level == 2
        ),
    )
    if not entries:
        return _NOTHING
    return format_html('<nav class="contents"><h2>{}</h2><ol>{}</ol></nav>', _("Contents"), entries)


def _page_block(block: Block, anchor: str) -> SafeString:
    match block:
        case Table():
            return _scrolling(block.title, _table(block)) + _note(block.note)
        case KeyFigures():
            return _scrolling(block.title, _key_figures(block))
        case Figure():
            table = block.table
            inner = _table(table) if table else _words_table(block.chart.headers, block.chart.rows)
            return _page_figure(block.chart, inner)
        case _:
            return _plain_block(block, anchor)


def _print_block(block: Block, anchor: str) -> SafeString:
    match block:
        case Table():
            return _print_table(_table(block), block.note, block.columns, block.rows)
        case Figure(chart=chart, table=None) if not chart.rows:
            return _print_figure(chart)
        case Figure(chart=chart, table=table):
            inner = _table(table) if table else _words_table(chart.headers, chart.rows)
            columns, rows = (table.columns, table.rows) if table else ((), chart.rows)
            whole = _print_figure(chart) + _print_table(
                inner, table.note if table else "", columns, rows
            )
            small = len(rows) <= BESIDE_PICTURE_UP_TO
            return format_html('<div class="together">{}</div>', whole) if small else whole
        case _:
            return _plain_block(block, anchor)


def _print_figure(chart: Chart) -> SafeString:
    return format_html(
        '<figure class="chart"><figcaption>{}</figcaption><p>{}</p>{}</figure>',
        chart.title,
        chart.conclusion,
        svg_with_whole_name(chart),
    )


def _print_table(
    table: SafeString, note: str, columns: Sequence[Column], rows: Sequence[Sequence[Value]]
) -> SafeString:
    """A table of few rows stays on one page; beside a few numbers the names get the room."""
    numbers = sum(column.kind not in {Kind.TEXT, Kind.DATE} for column in columns)
    width = ""
    if columns and len(columns) <= FEW_COLUMNS and numbers == len(columns) - 1:
        width = " few"
    elif len(columns) > MANY_COLUMNS:
        width = " many"
    elif len(columns) >= FEW_COLUMNS and not numbers and _short_names(rows):
        width = " slim"
    look = ("short" if len(rows) <= SHORT_UP_TO else "long") + width
    return format_html('<section class="table {}">{}{}</section>', look, table, _note(note))


def _short_names(rows: Sequence[Sequence[Value]]) -> bool:
    return all(0 < len(str(row[0])) <= SHORT_NAMES for row in rows)


def _plain_block(block: Block, anchor: str) -> SafeString:
    match block:
        case Heading():
            tag = mark_safe(f"h{block.level}")  # noqa: S308 - a level, no text
            page = mark_safe(' class="new-page"') if block.new_page else _NOTHING
            return format_html('<{} id="{}"{}>{}</{}>', tag, anchor, page, block.text, tag)
        case Paragraph():
            style = {"plain": "", "lead": ' class="lead"', "note": ' class="note hint"'}[
                block.style
            ]
            return format_html("<p{}>{}</p>", mark_safe(style), block.text)  # noqa: S308
        case Bullets():
            items = format_html_join("", "<li>{}</li>", ((item,) for item in block.items))
            return format_html("<ul>{}</ul>", items)
        case KeyFigures():
            return _key_figures(block)
        case WriteOn():
            lines = _joined([mark_safe('<div class="line"></div>')] * block.lines)
            return format_html(
                '<section class="write-on"><p>{}</p>{}</section>', block.label, lines
            )
        case _:
            raise TypeError(f"No HTML for {type(block).__name__}.")


def _page_figure(chart: Chart, table: SafeString) -> SafeString:
    return format_html(
        '<figure class="chart"><figcaption>{}</figcaption><p>{}</p>{}'
        "<details><summary>{}</summary>{}</details></figure>",
        chart.title,
        chart.conclusion,
        _pictures(chart),
        _("View the figures as a table"),
        _scrolling(chart.title, table),
    )


def _pictures(chart: Chart) -> SafeString:
    """The picture as drawn, and a narrow one that takes its place where there is little room."""
    if chart.narrow is None:
        return mark_safe(chart.svg)  # noqa: S308 - drawn by mtvp.charts, which escapes
    return format_html(
        '<div class="chart__wide">{}</div><div class="chart__narrow">{}</div>',
        mark_safe(chart.svg),  # noqa: S308 - as above
        mark_safe(chart.narrow()),  # noqa: S308 - as above
    )


def _scrolling(name: str, table: SafeString) -> SafeString:
    """A table that scrolls sideways on a narrow screen, by keyboard too."""
    return format_html(
        '<div class="table-scroll mb-3" role="region" tabindex="0" aria-label="{}">{}</div>',
        name,
        table,
    )


def svg_with_whole_name(chart: Chart) -> SafeString:
    """The PDF writer takes the title of an SVG as alternative text: let it hold the sentence."""
    old = f"<title>{escape(chart.title)}</title>"
    new = f"<title>{escape(f'{chart.title}. {chart.conclusion}')}</title>"
    return mark_safe(chart.svg.replace(old, new, 1))  # noqa: S308 - as above


def _key_figures(block: KeyFigures) -> SafeString:
    rows = format_html_join(
        "",
        '<tr><th scope="row">{}</th><td{}>{}</td><td>{}</td></tr>',
        (
            (
                one.label,
                _class(Column(one.label, one.kind), one.value),
                shown(one.value, one.kind, one.decimals),
                one.note,
            )
            for one in block.items
        ),
    )
    return format_html(
        '<table class="table caption-top key-figures"><caption class="px-2">{}</caption>'
        '<thead><tr><th scope="col">{}</th><th scope="col" class="number">{}</th>'
        '<th scope="col">{}</th></tr></thead><tbody>{}</tbody></table>',
        block.title,
        _("What"),
        _("Figure"),
        _("Explanation"),
        rows,
    )


def _table(table: Table) -> SafeString:
    head = format_html_join(
        "",
        '<th scope="col"{}>{}</th>',
        ((_class(column), column.title) for column in table.columns),
    )
    last = len(table.rows) - 1
    rows = _joined(
        _row(table.columns, row, total=table.total and place == last)
        for place, row in enumerate(table.rows)
    )
    return format_html(
        '<table class="table caption-top{}"><caption class="px-2">{}</caption>'
        "<thead><tr>{}</tr></thead><tbody>{}</tbody></table>",
        " tall" if table.tall else "",
        table.title,
        head,
        rows,
    )


def _row(columns: Sequence[Column], row: Sequence[Value], *, total: bool) -> SafeString:
    cells = [
        format_html('<th scope="row"{}>{}</th>', _class(columns[0]), cell_words(row[0], columns[0]))
    ]
    cells += [
        format_html("<td{}>{}</td>", _class(column, value), cell_words(value, column))
        for column, value in zip(columns[1:], row[1:], strict=True)
    ]
    look = mark_safe(' class="total"') if total else _NOTHING
    return format_html("<tr{}>{}</tr>", look, _joined(cells))


def _class(column: Column, value: Value | None = None) -> SafeString:
    if isinstance(value, Mark):
        return mark_safe(' class="number mark"')
    if column.kind is Kind.DATE:
        return mark_safe(' class="date"')
    return _NOTHING if column.kind is Kind.TEXT else mark_safe(' class="number"')


def _words_table(headers: Sequence[str], rows: Iterable[Sequence[str]]) -> SafeString:
    """A table of words as the figure functions give it; all but the first column are figures."""
    head = format_html_join(
        "",
        '<th scope="col"{}>{}</th>',
        (
            (mark_safe(' class="number"') if place else _NOTHING, title)
            for place, title in enumerate(headers)
        ),
    )
    body = _joined(
        format_html(
            '<tr><th scope="row">{}</th>{}</tr>',
            row[0],
            format_html_join("", '<td class="number">{}</td>', ((cell,) for cell in row[1:])),
        )
        for row in rows
    )
    return format_html(
        '<table class="table caption-top"><thead><tr>{}</tr></thead><tbody>{}</tbody></table>',
        head,
        body,
    )


def _note(note: str) -> SafeString:
    return format_html('<p class="note hint">{}</p>', note) if note else _NOTHING


def _joined(parts: Iterable[SafeString]) -> SafeString:
    return mark_safe("".join(parts))  # noqa: S308 - parts are safe already
