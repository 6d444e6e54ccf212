"""Files that went wrong, for the fuzz tests: random bytes, and good files that were damaged.

The good ones hold a name, a BSN and a remark in columns that may never be kept.
"""

from hypothesis import strategies as st

from tests.highusers.imports.files import bsn, csv_of, day, xlsx_of

NAME = "Zwaluwstaart-Ploegmakers"
REMARK = "belt elke maandag over haar buurman"
SECRETS = (NAME, REMARK, bsn(7))

_PERSON = ["Naam", "BSN", "Opmerking"]
_TOTALS = [
    ["Overzicht contacten", "", "", "", ""],
    ["Patnr", *_PERSON, "Aantal contacten"],
    *([str(100 + n), NAME, bsn(7), REMARK, str(20 + 3 * n)] for n in range(12)),
    ["113", NAME, bsn(7), REMARK, "veel"],
    ["Totaal", "", "", "", "438"],
]
_CONTACTS = [
    ["Patiëntnr", *_PERSON, "Contactdatum", "Soort contact"],
    *(
        [str(100 + n % 3), NAME, bsn(7), REMARK, day(n), ("Consult", "Télefonisch")[n % 2]]
        for n in range(40)
    ),
]
GOOD = (
    csv_of(_TOTALS),
    csv_of(_CONTACTS, sep=","),
    csv_of(_TOTALS, sep="\t").decode().encode("utf-16"),
    csv_of(_CONTACTS).decode().encode("cp1252"),
    b"\xef\xbb\xbf" + csv_of(_CONTACTS, sep="|"),
    b"sep=;\r\n" + csv_of(_TOTALS),
    xlsx_of(_TOTALS),
    xlsx_of(_CONTACTS, before=[[["Toelichting"]]]),
)
_BEGINNINGS = (
    b"", b"PK\x03\x04", b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf", b"sep=;\r\n", b"%PDF-1.7",
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"Patnr;Contacten\r\n", b"Patnr;Contacten\r\n1;40\r\n",
    b'"Patnr";"Contactdatum"\r\n"', "Patnr;Contacten\r\n".encode("utf-16"),
)  # fmt: skip
_SIGNS = (b"", b"\0", b'"', b";", b"\r\n", b"\n\n", b"\xff\xfe", b"<f>1</f>", b"\x80", b"'", b"=",
          b"999999999", b"\xe2\x82", b"\t", b"\x1a")  # fmt: skip


def _damaged(good: bytes) -> st.SearchStrategy[bytes]:
    places = st.integers(0, len(good))
    return st.one_of(
        places.map(lambda place: good[:place]),
        places.map(lambda place: good[place:]),
        st.builds(
            lambda place, length, sign: good[:place] + sign + good[place + length :],
            places,
            st.integers(0, 40),
            st.sampled_from(_SIGNS) | st.binary(max_size=8),
        ),
        st.lists(st.tuples(places, st.integers(0, 255)), min_size=1, max_size=6).map(
            lambda flips: _flipped(good, flips)
        ),
    )


def _flipped(good: bytes, flips: list[tuple[int, int]]) -> bytes:
    content = bytearray(good)
    for place, value in flips:
        if place < len(content):
            content[place] = value
    return bytes(content)


def _in_another_encoding(codecs: tuple[str, str]) -> bytes:
    written, read = codecs
    text = csv_of(_CONTACTS).decode().replace("Patiëntnr", "Patiëntnr €")
    return text.encode(written, "replace").decode(read, "replace").encode("utf-8", "replace")


_CODECS = st.sampled_from(("utf-8", "cp1252", "utf-16", "utf-16-be", "utf-32", "cp437"))

broken_files: st.SearchStrategy[bytes] = st.one_of(
    st.builds(lambda start, rest: start + rest, st.sampled_from(_BEGINNINGS), st.binary()),
    st.integers(0, len(GOOD) - 1).flatmap(lambda place: _damaged(GOOD[place])),
    st.integers(0, len(GOOD) - 1).flatmap(lambda place: _damaged(GOOD[place])),
    st.tuples(_CODECS, _CODECS).map(_in_another_encoding),
    st.integers(0, len(GOOD) - 1).map(GOOD.__getitem__),
)
