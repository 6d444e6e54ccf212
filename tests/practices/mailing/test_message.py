"""Mail as plain text and as HTML: the same words, nothing fetched, nothing that acts."""

import re
from html.parser import HTMLParser

import pytest

from practices.mailing.message import mail_message
from practices.texts.rendering import mail_html

TEXT = """\
Beste Sam,

*Basistraining triage*
dinsdag 14 maart
Dorpshuis

- een
- twee

Kunt u niet komen? Meld u dan af:
https://mtvp.example/agenda/12/
"""


class Elements(HTMLParser):
    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.addresses: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.addresses += [str(value) for name, value in attrs if name in ("href", "src")]


def test_paragraphs_lists_links_and_what_stands_out() -> None:
    assert mail_html(TEXT).split("\n") == [
        "<p>Beste Sam,</p>",
        "<p><strong>Basistraining triage</strong><br>dinsdag 14 maart<br>Dorpshuis</p>",
        "<ul><li>een</li><li>twee</li></ul>",
        '<p>Kunt u niet komen? <a href="https://mtvp.example/agenda/12/">Meld u dan af</a></p>',
    ]


@pytest.mark.parametrize(
    "typed",
    [
        "<script>alert(1)</script>",
        '<b>Lees:\nhttps://mtvp.example/"onmouseover="alert(1)',
        "*<img src=x>*",
        "- <a href='javascript:alert(1)'>hier</a>",
        "javascript:alert(1)",
        "Zie:\njavascript:alert(1)",
    ],
)
def test_nothing_that_was_typed_acts(typed: str) -> None:
    html = Elements(mail_html(typed))
    assert set(html.tags) <= {"p", "a", "br", "ul", "li", "strong"}
    assert all(address.startswith("https://mtvp.example/") for address in html.addresses)
    assert "<" not in re.sub(r"</?(p|a|br|ul|li|strong)[ >]", "", mail_html(typed))


def test_plain_text_comes_first_and_html_fetches_nothing(settings) -> None:
    settings.SITE_URL = "https://mtvp.example"
    message = mail_message(to="sam@voorbeeld.example", subject="Afspraak", text=TEXT, why="")
    assert message.body == TEXT
    ((html, kind),) = message.alternatives
    assert kind == "text/html"
    found = Elements(html)
    assert not {"img", "link", "script", "iframe", "form"} & set(found.tags)
    assert found.addresses == ["https://mtvp.example/agenda/12/"]
    assert "url(" not in html
    assert "List-Unsubscribe" not in message.extra_headers


def test_what_nobody_has_to_get_says_how_to_stop_it(settings) -> None:
    stop = "https://mtvp.example/mail/uit/abc/"
    why = "U krijgt dit omdat u meedoet."
    message = mail_message(
        to="sam@voorbeeld.example", subject="Nieuws", text="Iets", why=why, stop=stop
    )
    assert message.extra_headers == {
        "List-Unsubscribe": f"<{stop}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }
    assert why in message.body
    assert why in message.alternatives[0][0]
    choose = f"{settings.SITE_URL}/mijn-mail/"
    assert [line for line in message.body.splitlines() if "://" in line] == [stop, choose]
    assert Elements(message.alternatives[0][0]).addresses == [stop, choose]
