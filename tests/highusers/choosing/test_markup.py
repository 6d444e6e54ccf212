from django.utils.safestring import SafeString

from highusers.choosing.markup import filled, filled_each, joined

EVIL = '<b onclick="x()">\'&'
ESCAPED = "&lt;b onclick=&quot;x()&quot;&gt;&#x27;&amp;"


def test_values_are_escaped_by_place_and_by_name() -> None:
    assert filled("<p>{}, {name}</p>", EVIL, name=EVIL) == f"<p>{ESCAPED}, {ESCAPED}</p>"
    assert filled("<p>{}</p>", 12) == "<p>12</p>"


def test_what_is_safe_stays_as_it_is() -> None:
    inner = filled("<i>{}</i>", "a & b")
    assert filled("<p>{}</p>", inner) == "<p><i>a &amp; b</i></p>"
    assert isinstance(inner, SafeString)


def test_every_row_is_escaped() -> None:
    rows = filled_each("<li>{}</li>", [(EVIL,), (SafeString("<b>1</b>"),)])
    assert rows == f"<li>{ESCAPED}</li><li><b>1</b></li>"
    assert isinstance(rows, SafeString)
    assert joined([rows, rows], " ") == f"{rows} {rows}"
