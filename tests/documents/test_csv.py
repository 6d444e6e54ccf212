import csv
import io

import pytest
from django.utils import translation

from mtvp.documents.csv import formula_safe, table_csv
from mtvp.documents.model import Mark
from mtvp.documents.words import mark_words
from tests.documents.sample import ATTACK, FEE


def rows(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";"))


def test_a_dutch_excel_opens_it_at_once() -> None:
    with translation.override("nl"):
        content = table_csv(FEE)
        hidden, nothing = mark_words(Mark.HIDDEN), mark_words(Mark.NO_FIGURE)
    assert content.startswith(b"\xef\xbb\xbf")
    assert content.endswith(b"\r\n")
    found = rows(content)
    assert found[0] == [column.title for column in FEE.columns]
    assert found[1] == ["2023Q1", "2", hidden, hidden, nothing, "0,50", "2023-01-01"]
    assert found[2] == ["2023Q2", "12", "12345", "6172,50", "0,725", "0,50", "2023-04-01"]


def test_in_english_decimals_have_a_point() -> None:
    with translation.override("en"):
        assert rows(table_csv(FEE))[2][3] == "6172.50"


def test_texts_that_would_run_are_made_text() -> None:
    found = rows(table_csv(ATTACK))
    assert found[1] == ['\'=HYPERLINK("http://example.org")', "'+31 13"]
    assert found[2] == ["'-1", "'@SUM(A1)"]
    assert found[3] == ["http://example.org", "<b>vet</b> & co"]


@pytest.mark.parametrize("text", ["=1", "+1", "-1", "@x", "\tx", "\rx", "\nx"])
def test_every_sign_that_starts_a_formula_is_disarmed(text: str) -> None:
    assert formula_safe(text) == f"'{text}"


def test_other_texts_stay_as_they_are() -> None:
    assert [formula_safe(text) for text in ("", "a=1", "3 - 2", "'t Hof")] == [
        "", "a=1", "3 - 2", "'t Hof",
    ]  # fmt: skip
