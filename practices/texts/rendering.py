"""From what a coordinator typed to what others read, without anything that could act.

A page is written in a small Markdown: paragraphs, headings, lists, emphasis and links; no HTML,
no images, no addresses that run something. A mail is plain text with names between braces.
"""

import re
from collections.abc import Mapping

from django.utils.html import linebreaks
from django.utils.safestring import SafeString
from markdown_it import MarkdownIt
from markdown_it.token import Token

_MARKDOWN = MarkdownIt("zero", {"html": False}).enable(
    ["heading", "list", "emphasis", "link", "newline", "escape", "entity", "blockquote", "hr"]
)
_PLACEHOLDER = re.compile(r"\{([^{}]*)\}")
_TOP, _LOWEST = 2, 4
"""The headings of a text stand below that of the page."""


def page_html(body: str) -> SafeString:
    tokens = _MARKDOWN.parse(body)
    for token in tokens:
        if token.type in ("heading_open", "heading_close"):
            _lower(token)
    return SafeString(_MARKDOWN.renderer.render(tokens, _MARKDOWN.options, {}))


def mail_html(body: str) -> SafeString:
    """A mail as a page shows it."""
    return SafeString(linebreaks(body, autoescape=True))


def names_in(text: str) -> list[str]:
    """Whatever stands between braces, in the order of the text."""
    return [name.strip() for name in _PLACEHOLDER.findall(text)]


def filled(text: str, values: Mapping[str, str]) -> str:
    """In one go: braces in a value stay braces, and so does a name that has no value."""
    return _PLACEHOLDER.sub(lambda match: values.get(match[1].strip(), match[0]), text)


def _lower(token: Token) -> None:
    token.tag = f"h{min(int(token.tag[1]) + _TOP - 1, _LOWEST)}"
