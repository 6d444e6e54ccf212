"""A document as PDF, tagged for PDF/UA-1, without reaching outside this machine."""

import hashlib
import re
from itertools import product
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from mtvp.documents.html import print_html
from mtvp.documents.model import Document

STYLE_SHEET = Path(__file__).with_name("print.css")
VARIANT = "pdf/ua-1"

_SUBSETS = {"latin": "Source Sans 3", "latin-ext": "Source Sans 3 Ext"}
_WEIGHTS = (400, 600, 700)
_BEYOND_LATIN = re.compile("[\u0100-\u02ff\u1e00-\u1eff\u20a0-\u20ab\u20ad-\u20bf\u2113]")
"""Signs of the second half of the font, which is only loaded for texts that need it."""


class PdfNotPossibleError(RuntimeError):
    """Something that a PDF needs is not installed; the message names it."""


class OutsideAddressError(RuntimeError):
    """The document names a file or address that it was not given."""


def write_pdf(document: Document, *, fonts: Path) -> bytes:
    """The bytes of the PDF in the active language; `fonts` is the folder of the front-end build.

    The same document gives the same bytes. Raises `PdfNotPossibleError` when the fonts or the
    libraries for text layout are missing.
    """
    return pdf_from_html(print_html(document), footer=document.footer, fonts=fonts)


def pdf_from_html(html: str, *, footer: str, fonts: Path, style: Path = STYLE_SHEET) -> bytes:
    """The PDF of a whole HTML file that uses the style sheet of documents, or another."""
    subsets = list(_SUBSETS) if _BEYOND_LATIN.search(html + footer) else ["latin"]
    faces = _font_faces(fonts, subsets)
    weasyprint = _weasyprint()
    from weasyprint.text.fonts import FontConfiguration

    configuration = FontConfiguration()
    fetcher = _only(weasyprint, {path.as_uri() for _face, path in faces})
    css = "\n".join([*(face for face, _path in faces), _margins(footer), style.read_text()])
    sheet = weasyprint.CSS(string=css, font_config=configuration, url_fetcher=fetcher)
    try:
        content: bytes = weasyprint.HTML(string=html, url_fetcher=fetcher).write_pdf(
            stylesheets=[sheet],
            font_config=configuration,
            pdf_variant=VARIANT,
            pdf_identifier=hashlib.sha256(html.encode()).hexdigest().encode(),
        )
    except weasyprint.urls.FatalURLFetchingError as error:  # A BaseException: would end a worker.
        raise OutsideAddressError(str(error)) from error
    return content


def _font_faces(folder: Path, subsets: list[str]) -> list[tuple[str, Path]]:
    faces = []
    for subset, weight in product(subsets, _WEIGHTS):
        path = (folder / f"source-sans-3-{subset}-{weight}-normal.woff2").resolve()
        if not path.is_file():
            raise PdfNotPossibleError(
                _("The PDF needs the fonts of the front-end build. Run: make install")
            )
        faces.append(
            (
                f'@font-face{{font-family:"{_SUBSETS[subset]}";font-weight:{weight};'
                f'src:url("{path.as_uri()}") format("woff2")}}',
                path,
            )
        )
    return faces


def _weasyprint() -> Any:
    """The PDF writer; imported late because it loads Pango, which a machine may lack."""
    try:
        import weasyprint
    except OSError as error:
        raise PdfNotPossibleError(
            _("The PDF needs the system library Pango. Run: make install")
        ) from error
    return weasyprint


def _only(weasyprint: Any, allowed: set[str]) -> Any:
    """A fetcher that opens the given files and refuses every other address, loudly."""

    class OnlyGivenFiles(weasyprint.urls.URLFetcher):  # type: ignore[misc]
        def fetch(self, url: str, headers: dict[str, str] | None = None) -> Any:
            if url not in allowed:
                raise weasyprint.urls.FatalURLFetchingError(
                    f"A document may not fetch anything from outside: {url.split(':')[0]}"
                )
            return super().fetch(url, headers)

    return OnlyGivenFiles()


def _margins(footer: str) -> str:
    """The running foot: what the document is, and the page."""
    page = _("Page %(page)s of %(pages)s") % {"page": "\0page\0", "pages": "\0pages\0"}
    content = " ".join(
        f"counter({part})" if part in {"page", "pages"} else _css_string(part)
        for part in page.split("\0")
        if part
    )
    return (
        f"@page{{@bottom-left{{content:{_css_string(footer)}}}@bottom-right{{content:{content}}}}}"
    )


def _css_string(text: str) -> str:
    escaped = "".join(
        sign if sign.isalnum() or sign in " ·,.-–" else f"\\{ord(sign):x} " for sign in text
    )
    return f'"{escaped}"'
