"""Which lines there are, and running them."""

from collections.abc import Callable, Iterable, Iterator

from bench import effect_lines, enrolment_lines, import_lines, page_lines, region_lines
from bench.measure import Figure
from bench.scratch import scratch_database

LINES: dict[str, Callable[[], Iterable[Figure]]] = {
    "import_contacts_1m": import_lines.contacts,
    "import_totals_xlsx_100k": import_lines.workbook,
    "import_practice": import_lines.practice,
    "store_182k": import_lines.store,
    "compliance_region": region_lines.compliance,
    "report_figures": region_lines.report_figures,
    "report_pdf": region_lines.report_pdf,
    "pages": page_lines.pages,
    "effect_practice": effect_lines.practice,
    "effect_placebo": effect_lines.placebo,
    "enrol_contention": enrolment_lines.contention,
}


def figures(only: Iterable[str] = ()) -> Iterator[Figure]:
    """The figures of these lines, or of all of them, from a database of their own."""
    chosen = list(only) or list(LINES)
    with scratch_database():
        for name in chosen:
            yield from LINES[name]()
