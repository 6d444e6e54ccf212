"""Pages on paper, as the browser prints them."""

import re

from django.conf import settings
from playwright.sync_api import Page


def sheet(page: Page, columns: int) -> tuple[float, float]:
    """Width and height of the first sheet with a table of so many columns on it."""
    cells = "".join(f"<th>Kolom {number}</th>" for number in range(columns))
    table = f"<table class='table'><thead><tr>{cells}</tr></thead></table>"
    page.set_content(f"<main><div class='table-scroll'>{table}</div></main>")
    page.add_style_tag(path=str(settings.BASE_DIR / "static/dist/main.css"))
    printed = page.pdf(format="A4", prefer_css_page_size=True)
    box = re.search(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", printed)
    assert box is not None
    return float(box[1]), float(box[2])


def test_a_wide_table_lies_on_its_side(page: Page) -> None:
    for columns, lies in ((10, False), (11, True)):
        width, height = sheet(page, columns)
        assert (width > height) == lies, columns
