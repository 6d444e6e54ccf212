"""The quick way for regular files and the careful way for all others give one table."""

from hypothesis import given, settings
from hypothesis import strategies as st

from highusers.imports.delimited import open_delimited
from highusers.imports.refusal import Refused
from tests.highusers.imports.files import parsed

CELLS = st.text(alphabet=st.sampled_from("ab 1\u00e9\u00a0,.\t'|\u2028\u0085"), max_size=4)
LINE_ENDS = st.sampled_from(["\n", "\r\n", "\r"])


def _nothing(done: int, total: int) -> None:
    del done, total


@settings(max_examples=300, deadline=None)
@given(
    st.lists(st.lists(CELLS, min_size=3, max_size=3), min_size=1, max_size=8),
    st.sampled_from([";", "|", "\t"]),
    LINE_ENDS,
    st.booleans(),
)
def test_both_ways_read_the_same_cells(
    rows: list[list[str]], sep: str, end: str, ends_in_line_end: bool
) -> None:
    text = "x" + sep + "y" + sep + "z" + end + end.join(sep.join(row) for row in rows)
    data = (text + (end if ends_in_line_end else "")).encode()
    opened = open_delimited(f"sep={sep}{end}".encode() + data, lambda head: 0)
    quick = opened._regular(0, 3, {0, 2}, _nothing)
    careful = opened._careful(0, 3, _nothing)
    if quick is not None:
        cells = [column.cast("string").to_pylist() for column in quick]
        read = [column.to_pylist() for column in careful]
        assert cells == [column[: len(cells[0])] for column in read]
        assert all(not any(column[len(cells[0]) :]) for column in read)


CONTACT_CELLS = st.tuples(
    st.sampled_from(["1", "2", "03", "3", "", "P1", "totaal", "4,0"]),
    st.sampled_from(["01-04-2023", "31-03-2024", "1-1-20", "45100", "x", ""]),
    st.sampled_from(["Consult", "Visite", "12006", "raar", ""]),
    st.sampled_from(["", "", "7", "8", "C1"]),
)


@settings(max_examples=200, deadline=None)
@given(st.lists(CONTACT_CELLS, min_size=1, max_size=25))
def test_quotation_marks_change_no_figure(rows: list[tuple[str, ...]]) -> None:
    header = ("Patnr", "Datum", "Soort contact", "Contactnr")
    plain = "\r\n".join(";".join(row) for row in [header, *rows])
    quoted = "\r\n".join(";".join(f'"{cell}"' for cell in row) for row in [header, *rows])
    outcomes = []
    for text in (plain, quoted):
        try:
            outcome = parsed(text.encode(), threshold=2)
        except Refused as refused:
            outcomes.append((refused.message,))
            continue
        outcomes.append((outcome.summary(), outcome.patients.frame.to_dict("list")))
    assert outcomes[0] == outcomes[1]
