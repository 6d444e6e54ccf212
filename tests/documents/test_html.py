from dataclasses import replace

from django.utils import translation

from mtvp.charts.chart import NARROW
from mtvp.documents.html import (
    BESIDE_PICTURE_UP_TO,
    chart_html,
    page_html,
    page_parts,
    print_html,
)
from mtvp.documents.model import Column, Figure, Heading, Mark, Paragraph, Table
from mtvp.documents.words import mark_words
from tests.documents.sample import ATTACK, FEE, sample

FIGURE = next(block for block in sample().blocks if isinstance(block, Figure))


def test_a_page_folds_the_table_of_a_figure_away() -> None:
    html = page_html([FIGURE])
    assert html.index("<svg") < html.index("<details>") < html.index("<table")
    assert html == chart_html(FIGURE.chart)
    assert "style=" not in html


def test_a_page_has_a_narrow_drawing_beside_the_wide_one_and_paper_has_not() -> None:
    html = page_html([FIGURE])
    assert html.count("<svg") == 2
    start = html.index("chart__narrow")
    assert f'viewBox="0 0 {NARROW} ' in html[start : start + 200]
    assert f'viewBox="0 0 {NARROW} ' not in print_html(sample())


def test_a_figure_with_a_typed_table_shows_that_one() -> None:
    with translation.override("nl"):
        html = page_html([Figure(FIGURE.chart, FEE)])
        assert mark_words(Mark.HIDDEN) in html
    assert "Regioprestatie per kwartaal" in html


def test_tables_scroll_by_keyboard_and_name_themselves() -> None:
    html = page_html([FEE])
    assert 'role="region" tabindex="0" aria-label="Regioprestatie per kwartaal"' in html
    assert html.count('scope="col"') == len(FEE.columns)
    assert html.count('scope="row"') == len(FEE.rows)


def test_texts_are_escaped_on_page_and_in_print() -> None:
    assert "<b>" not in page_html([ATTACK])
    assert "&lt;b&gt;vet&lt;/b&gt; &amp; co" in page_html([ATTACK])
    assert "<b>" not in print_html(sample())


def test_print_has_cover_contents_and_language() -> None:
    html = print_html(sample())
    assert html.startswith('<!doctype html><html lang="nl">')
    assert html.count("<h1>") == 1
    assert html.count('href="#part-') == 4
    assert 'class="draft"' in html
    assert 'class="draft"' not in print_html(sample(draft=False))


def test_the_picture_in_print_carries_its_sentence_as_alternative() -> None:
    chart = FIGURE.chart
    assert f"<title>{chart.title}. {chart.conclusion}</title>" in print_html(sample())
    assert f"<title>{chart.title}</title>" in page_html([FIGURE])


def test_sections_of_a_page_have_an_address_that_stays() -> None:
    """A section in front of it moves a numbered address and leaves a named one."""
    named = Heading("Deelname", anchor="deelname")
    alone = page_parts([named, Paragraph("Vrijwillig.")])
    behind = page_parts([Paragraph("Vooraf."), Heading("Nieuw"), named, Heading("Deel", 3)])
    assert [(one.anchor, one.title) for one in alone] == [("deelname", "Deelname")]
    assert [one.anchor for one in behind] == ["", "part-2", "deelname"]
    assert behind[0].content == "<p>Vooraf.</p>"
    assert behind[2].content == '<h3 id="part-4">Deel</h3>'


def test_a_small_table_stays_on_paper_with_its_picture_and_a_long_one_does_not() -> None:
    chart = FIGURE.chart
    for rows, together in ((BESIDE_PICTURE_UP_TO, 1), (BESIDE_PICTURE_UP_TO + 1, 0)):
        table = Table("t", (Column("a"),), (("x",),) * rows)
        html = print_html(replace(sample(), blocks=(Figure(chart, table),)))
        assert html.count('class="together"') == together


def test_short_names_leave_the_room_on_paper_to_the_other_columns_of_text() -> None:
    columns = tuple(Column(title) for title in ("Dag", "Tijd", "Wat", "Waar"))
    for first, slim in (("ma 5 jan", 1), ("maandag 5 januari 2026", 0)):
        table = Table("januari", columns, ((first, "13.00", "Intervisie", "Tilburg"),))
        assert print_html(replace(sample(), blocks=(table,))).count("short slim") == slim
