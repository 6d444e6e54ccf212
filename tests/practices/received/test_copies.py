"""Files that carry code stay out; what is kept is made anew from what was looked at."""

from io import BytesIO

import pytest
from PIL import Image
from pypdf import PdfReader, PdfWriter
from pypdf.annotations import Link
from pypdf.generic import (
    ArrayObject,
    DictionaryObject,
    NameObject,
    NullObject,
    TextStringObject,
)

from practices.received import copies
from practices.received.copies import ActsError, UnreadableError, harmless_copy
from practices.received.files import download
from practices.received.kinds import kind_of
from practices.states import FileKind


def pdf(change=None, **encrypt) -> bytes:
    writer = PdfWriter()
    writer.add_blank_page(200, 300)
    writer.add_metadata({"/Author": "Dokter Jansen"})
    if change:
        change(writer)
    if encrypt:
        writer.encrypt(**encrypt)
    made = BytesIO()
    writer.write(made)
    return made.getvalue()


def action(kind: str, **more: str) -> DictionaryObject:
    told = {NameObject("/S"): NameObject(kind)}
    for key, value in more.items():
        told[NameObject(f"/{key}")] = TextStringObject(value)
    return DictionaryObject(told)


def on_opening(kind: str, **more: str):
    def change(writer: PdfWriter) -> None:
        writer.root_object[NameObject("/OpenAction")] = action(kind, **more)

    return change


def on_the_page(writer: PdfWriter) -> None:
    """Deep: behind an annotation, in an object of its own."""
    pressed = writer._add_object(action("/Launch", F="calc.exe"))
    button = {NameObject("/Subtype"): NameObject("/Widget"), NameObject("/A"): pressed}
    writer.pages[0][NameObject("/Annots")] = ArrayObject([DictionaryObject(button)])


def named_script(writer: PdfWriter) -> None:
    script = action("/JavaScript", JS="app.alert(1)")
    tree = {NameObject("/Names"): ArrayObject([TextStringObject("a"), script])}
    held = DictionaryObject({NameObject("/JavaScript"): DictionaryObject(tree)})
    writer.root_object[NameObject("/Names")] = held


def a_form_with_script(writer: PdfWriter) -> None:
    form = DictionaryObject({NameObject("/XFA"): TextStringObject("<xdp/>")})
    writer.root_object[NameObject("/AcroForm")] = form


ACTING = {
    "script of the whole": named_script,
    "script on opening": on_opening("/JavaScript", JS="app.alert(1)"),
    "starts a program": on_opening("/Launch", F="calc.exe"),
    "sends what is filled in": on_opening("/SubmitForm", F="https://elders.example"),
    "opens another file": on_opening("/GoToR", F="//server/share"),
    "carries a file": lambda writer: writer.add_attachment("a.exe", b"MZ"),
    "a button": on_the_page,
    "a form of another kind": a_form_with_script,
}


@pytest.mark.parametrize("change", ACTING.values(), ids=ACTING)
def test_a_pdf_that_acts_is_refused(change):
    content = pdf(change)
    assert kind_of(content) == FileKind.PDF
    with pytest.raises(ActsError):
        harmless_copy(content)


def test_a_plain_pdf_is_kept_without_who_made_it():
    def ordinary(writer):
        writer.pages[0].merge_page(writer.pages[0])
        link = Link(rect=(1, 1, 9, 9), url="https://www.thuisarts.example")
        writer.add_annotation(0, link)
        go = ArrayObject([writer.pages[0].indirect_reference, NameObject("/Fit"), NullObject()])
        writer.root_object[NameObject("/OpenAction")] = go

    copy = harmless_copy(pdf(ordinary))
    read = PdfReader(BytesIO(copy))
    assert len(read.pages) == 1
    assert read.pages[0].mediabox.width == 200
    assert read.pages[0]["/Annots"][0].get_object()["/A"]["/URI"].startswith("https://www.thuis")
    assert b"Jansen" not in copy
    assert kind_of(copy) == FileKind.PDF


def test_what_hangs_on_nothing_does_not_come_along():
    """Another program may read a file in another way: it finds nothing else in the copy."""
    plain = pdf()
    script = b"9 0 obj\n<</S/JavaScript/JS(run)>>\nendobj\n"
    hidden = plain + script + plain[plain.rindex(b"startxref") :]
    copy = harmless_copy(hidden)
    assert b"JavaScript" not in copy


def test_locked_and_broken_files_are_not_kept():
    for content in (
        pdf(user_password="geheim"),
        b"%PDF-1.7\nniets\n%%EOF",
        b"\xff\xd8\xff niets \xff\xd9",
        b"<html>",
    ):
        with pytest.raises(UnreadableError):
            harmless_copy(content)


def test_a_pdf_locked_against_changes_only_is_kept_and_can_be_read():
    copy = harmless_copy(pdf(user_password="", owner_password="van mij"))
    assert not PdfReader(BytesIO(copy)).is_encrypted


def picture(form: str, **more) -> bytes:
    made = BytesIO()
    Image.new("RGB", (40, 20), "#336699").save(made, form, **more)
    return made.getvalue()


def test_a_photograph_loses_place_and_day_and_stands_upright():
    exif = Image.Exif()
    exif[0x0112] = 6
    exif[0x010F] = "Telefoon van Jansen"
    exif.get_ifd(0x8825)[1] = "N"
    told = picture("JPEG", exif=exif, comment=b"Jansen") + b"<script>alert(1)</script>\xff\xd9"
    copy = harmless_copy(told)
    assert (b"Exif" in told, b"Exif" in copy) == (True, False)
    assert b"Jansen" not in copy
    assert b"script" not in copy
    with Image.open(BytesIO(copy)) as shown:
        assert shown.size == (20, 40)


def test_a_drawing_stays_what_it_was():
    with Image.open(BytesIO(harmless_copy(picture("PNG")))) as shown:
        assert shown.getpixel((3, 3)) == (0x33, 0x66, 0x99)


def test_a_picture_that_would_fill_the_memory_is_refused(monkeypatch):
    monkeypatch.setattr(copies, "MOST_PIXELS", 40 * 20 - 1)
    with pytest.raises(UnreadableError):
        harmless_copy(picture("PNG"))


def test_it_is_saved_and_never_shown():
    answer = download(content=b"x", kind="pdf", name="voorbeeld-1")
    assert answer["Content-Disposition"] == 'attachment; filename="voorbeeld-1.pdf"'
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert answer["Content-Type"] == "application/pdf"


@pytest.mark.parametrize("bound", ["MOST_PAGES", "MOST_OBJECTS", "MOST_COPIED"])
def test_a_file_that_has_no_end_is_refused(monkeypatch, bound):
    plain = pdf()
    assert harmless_copy(plain)
    monkeypatch.setattr(copies, bound, 0)
    with pytest.raises(UnreadableError):
        harmless_copy(plain)
