"""Figures over whole regions: compliance and the yearly report."""

from collections.abc import Callable, Iterator
from datetime import date
from functools import partial
from pathlib import Path

import psycopg
import weasyprint
from django.conf import settings
from django.db import connection, connections
from django.test.utils import CaptureQueriesContext

from bench import region_floor, report_floor
from bench.measure import QUERIES, Figure, paired
from bench.scratch import empty
from monitoring.demo.load import load_demo
from monitoring.demo.national import load_national
from monitoring.report.build import build_report
from monitoring.report.document import document_of
from monitoring.standing import standing
from mtvp.documents.html import print_html
from mtvp.documents.pdf import STYLE_SHEET, VARIANT, write_pdf
from practices.models import Insurer

SIZES = (40, 400, 5_000)
TODAY = date(2026, 11, 21)


def owner_connection() -> "psycopg.Connection":
    """A bare connection of the owner, for floors: no Django, no row-level security."""
    return psycopg.connect(**connections["owner"].get_connection_params(), autocommit=True)


def region_of(practices: int) -> None:
    empty()
    load_national(practices=practices, seed=1, today=TODAY)


def compliance(*, sizes: tuple[int, ...] = SIZES, repetitions: int = 7) -> Iterator[Figure]:
    """All obligations of every practice."""
    yield from by_size(
        "compliance_region",
        partial(standing, TODAY),
        lambda bare: region_floor.fetch(bare, TODAY),
        sizes=sizes,
        repetitions=repetitions,
    )


def report_figures(*, sizes: tuple[int, ...] = SIZES, repetitions: int = 7) -> Iterator[Figure]:
    """Every figure of the report for VGZ over last year."""
    year = TODAY.year - 1

    def insurer() -> Insurer:
        return Insurer.objects.get(name="VGZ")

    yield from by_size(
        "report_figures",
        lambda: build_report(year=year, insurer=insurer(), appendix=False),
        lambda bare: report_floor.fetch(bare, date(year, 12, 31), insurer().pk),
        sizes=sizes,
        repetitions=repetitions,
    )


def by_size(
    name: str,
    ours: Callable[[], object],
    floor: "Callable[[psycopg.Connection], object]",
    *,
    sizes: tuple[int, ...],
    repetitions: int,
) -> Iterator[Figure]:
    """The work in regions of these sizes, of which the largest bears the plain name, and how many
    queries it takes in each; their ratio is one as long as they do not differ."""
    queries = []
    for practices in sizes:
        region_of(practices)
        with CaptureQueriesContext(connection) as captured:
            ours()
        queries.append(len(captured))
        with owner_connection() as bare:
            yield paired(
                name if practices == max(sizes) else f"{name}_{practices}",
                ours,
                partial(floor, bare),
                repetitions=repetitions,
            )
        yield Figure(f"{name}_queries_{practices}", queries[-1], QUERIES)
    few, many = min(queries), max(queries)
    yield Figure(f"{name}_queries", many, QUERIES, few, many / few)


def report_pdf(*, practices: int = 40, repetitions: int = 3) -> Iterator[Figure]:
    """The PDF of the demo region, against WeasyPrint on the finished HTML without our wrapping."""
    empty()
    load_demo(practices=practices, seed=1, today=TODAY, say=lambda _line: None)
    insurer = Insurer.objects.get(name="VGZ")
    report = build_report(year=TODAY.year - 1, insurer=insurer, appendix=True)
    document = document_of(report, draft=True)
    html = print_html(document)
    fonts = settings.BASE_DIR / "static" / "dist" / "fonts"
    sheet = "\n".join([*_font_faces(fonts), STYLE_SHEET.read_text()])
    yield paired(
        "report_pdf",
        partial(write_pdf, document, fonts=fonts),
        lambda: weasyprint.HTML(string=html).write_pdf(
            stylesheets=[weasyprint.CSS(string=sheet)], pdf_variant=VARIANT
        ),
        repetitions=repetitions,
    )


def _font_faces(folder: Path) -> Iterator[str]:
    for path in sorted(folder.glob("source-sans-3-latin-*-normal.woff2")):
        weight = path.stem.split("-")[-2]
        yield (
            f'@font-face{{font-family:"Source Sans 3";font-weight:{weight};'
            f'src:url("{path.as_uri()}")}}'
        )
