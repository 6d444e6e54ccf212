"""The three files of a report, from its one value."""

import os
import shutil
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.utils import translation

from monitoring.report.build import LANGUAGE
from monitoring.report.document import document_of
from monitoring.report.value import Report, report_json
from mtvp.documents.canonical import canonical_json
from mtvp.documents.pdf import write_pdf
from mtvp.documents.xlsx import workbook
from practices.models import Insurer

FORMATS = ("pdf", "xlsx", "json")

CONTENT_TYPES = {
    "pdf": "application/pdf",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "json": "application/json",
}


def font_folder() -> Path:
    return Path(settings.BASE_DIR) / "static" / "dist" / "fonts"


def names_in_files() -> dict[int, str]:
    """Per insurer (its id) its slug; with its id behind it where the slug alone names no one.

    That is: no letter or digit in the name (`insurer-9`), or a slug that another insurer has too,
    as its slug or as its slug with id (`zorg-zuid-7`). No two insurers get the same.
    """
    insurers = list(Insurer.objects.all())
    claims = Counter(name for one in insurers for name in (one.slug, _slug_with_id(one)))
    return {
        one.pk: one.slug if one.slug and claims[one.slug] == 1 else _slug_with_id(one)
        for one in insurers
    }


def _slug_with_id(insurer: Insurer) -> str:
    return f"{insurer.slug or 'insurer'}-{insurer.pk}"


def file_name(year: int, insurer: Insurer, kind: str) -> str:
    """As outsiders know them: `mtvp-2024-cz.pdf`."""
    return f"mtvp-{year}-{names_in_files()[insurer.pk]}.{kind}"


def made_file(folder: Path, kind: str) -> Path | None:
    """The file as it was named when made; a namesake or another name may have come since."""
    return next(folder.glob(f"mtvp-*.{kind}"), None)


def file_bytes(report: Report, kind: str, *, draft: bool) -> bytes:
    """One of the formats; equal reports give equal bytes."""
    if kind == "json":
        return canonical_json(report_json(report))
    with translation.override(LANGUAGE):
        document = document_of(report, draft=draft)
        if kind == "xlsx":
            return workbook(document)
        return write_pdf(document, fonts=font_folder())


def write_files(
    report: Report,
    folder: Path,
    *,
    insurer: Insurer,
    draft: bool,
    before: Callable[[str], None] = lambda kind: None,
) -> list[Path]:
    """All formats in `folder`, or none: they are written aside and moved when all are there.

    `before` is called with each format before it is made; what it raises stops the writing.
    `OSError` when the storage fails, `PdfNotPossibleError` when the PDF cannot be made.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with _aside(folder) as draft_folder:
        names = []
        for kind in FORMATS:
            before(kind)
            name = file_name(report.year, insurer, kind)
            _write(draft_folder / name, file_bytes(report, kind, draft=draft))
            names.append(name)
        for name in names:
            (draft_folder / name).replace(folder / name)
    return [folder / name for name in names]


def _write(path: Path, content: bytes) -> None:
    """On the disk before it counts as written."""
    with path.open("wb") as target:
        target.write(content)
        target.flush()
        os.fsync(target.fileno())


@contextmanager
def _aside(folder: Path) -> Iterator[Path]:
    """A hidden folder beside the files; one that a killed process left behind is cleared."""
    path = folder / ".unfinished"
    shutil.rmtree(path, ignore_errors=True)
    path.mkdir()
    try:
        yield path
    finally:
        shutil.rmtree(path, ignore_errors=True)
