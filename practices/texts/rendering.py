"""From what a coordinator typed to what others read, without anything that could act.

A page is written in a small Markdown: paragraphs, headings, lists, emphasis and links; no HTML,
no images, no addresses that run something. A mail is plain text with names between braces; as HTML
it has its paragraphs, lists and links, and a line between stars stands out.
"""

import re
from collections.abc import Mapping

from django.utils.html import escape, format_html, urlize
from django.utils.safestring import SafeString
from markdown_it import MarkdownIt
from markdown_it.token import Token

_MARKDOWN = MarkdownIt("zero", {"html": False}).enable(
    ["heading", "list", "emphasis", "link", "newline", "escape", "entity", "blockquote", "hr"]
)
_PLACEHOLDER = re.compile(r"\{([^{}]*)\}")
_ADDRESS = re.compile(r"https?://\S+")
_SENTENCE_END = re.compile(r"(?<=[.?!]) +")
_STANDS_OUT = re.compile(r"\*([^*]+)\*")
_TOP, _LOWEST = 2, 4
"""The headings of a text stand below that of the page."""


def page_html(body: str) -> SafeString:
    tokens = _MARKDOWN.parse(body)
    for token in tokens:
        if token.type in ("heading_open", "heading_close"):
            _lower(token)
    return SafeString(_MARKDOWN.renderer.render(tokens, _MARKDOWN.options, {}))


def mail_text_of(body: str) -> str:
    """The small Markdown of a page as text for a mail: a heading stands between stars, a list
    keeps its lines, and what a link leads to stands behind its words."""
    lines: list[str] = []
    item = heading = False
    for token in _MARKDOWN.parse(body):
        if token.type in ("list_item_open", "list_item_close"):
            item = token.type == "list_item_open"
        elif token.type in ("heading_open", "heading_close"):
            heading = token.type == "heading_open"
        elif token.type == "inline":
            words = _words(token.children or []).strip()
            shown = f"*{words.replace('*', '')}*" if heading else words
            lines.append(f"- {shown}" if item else f"{shown}\n")
        elif token.type in ("bullet_list_close", "ordered_list_close"):
            lines.append("")
    return "\n".join(lines).strip()


def running_text(body: str) -> str:
    """The same on one line, without marks: for what is cut short."""
    text = mail_text_of(body).replace("\n\n- ", " ").replace("\n- ", "; ").replace("*", "")
    return " ".join(text.split())


def _words(tokens: list[Token]) -> str:
    said, address = "", ""
    for token in tokens:
        if token.type == "link_open":
            address = str(token.attrGet("href") or "")
        elif token.type == "link_close":
            said += f" ({address})"
        elif token.type in ("softbreak", "hardbreak"):
            said += "\n"
        else:
            said += token.content
    return said


def mail_html(body: str) -> SafeString:
    """A mail as HTML. Where a line ends in a colon and the next is an address, its last sentence
    becomes the link: nobody needs to read the address."""
    paragraphs = (part.split("\n") for part in re.split(r"\n\s*\n", body.strip()))
    return SafeString("\n".join(_paragraph(lines) for lines in paragraphs))


def _paragraph(lines: list[str]) -> str:
    if all(line.startswith("- ") for line in lines):
        return f"<ul>{''.join(f'<li>{_line(line[2:])}</li>' for line in lines)}</ul>"
    *before, last = lines
    if before and before[-1].endswith(":") and _ADDRESS.fullmatch(last):
        *earlier, words = _SENTENCE_END.split(before.pop()[:-1])
        link = format_html('<a href="{}">{}</a>', last, words)
        shown = [*map(_line, before), " ".join([*(escape(one) for one in earlier), link])]
    else:
        shown = [_line(line) for line in lines]
    return f"<p>{'<br>'.join(shown)}</p>"


def _line(line: str) -> str:
    if bold := _STANDS_OUT.fullmatch(line.strip()):
        return f"<strong>{escape(bold[1])}</strong>"
    return urlize(line, autoescape=True)


def names_in(text: str) -> list[str]:
    """Whatever stands between braces, in the order of the text."""
    return [name.strip() for name in _PLACEHOLDER.findall(text)]


def filled(text: str, values: Mapping[str, str]) -> str:
    """In one go: braces in a value stay braces, and so does a name that has no value."""
    return _PLACEHOLDER.sub(lambda match: values.get(match[1].strip(), match[0]), text)


def _lower(token: Token) -> None:
    token.tag = f"h{min(int(token.tag[1]) + _TOP - 1, _LOWEST)}"
