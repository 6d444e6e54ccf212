"""Files of a stored report, for whoever may have them."""

from django.http import Http404, HttpResponse
from django.utils import translation

from monitoring.models import Report, ReportBuild
from monitoring.report.build import LANGUAGE
from monitoring.report.corrections import composed
from monitoring.report.exports import report_csv
from monitoring.report.files import CONTENT_TYPES, FORMATS, file_name, font_folder, made_file
from monitoring.report.making import folder_of
from monitoring.report.slides.deck import slides_of
from monitoring.states import BuildState, ReportState
from mtvp.documents.slides import write_slides

MADE_ON_THE_SPOT = ("csv", "slides")
"""The CSV and the slides are written from the value when they are asked for."""


def newest_build(report: Report) -> ReportBuild | None:
    """The latest files of a report; of a final one only those made after it was frozen."""
    builds = report.builds.filter(state=BuildState.DONE)
    if report.final_at is not None:
        builds = builds.filter(created_at__gte=report.final_at)
    return builds.select_related("insurer").first()


def sent(report: Report, kind: str) -> HttpResponse:
    """A file to keep; 404 while it is not made, or when there is no such kind."""
    name = file_name(report.year, report.insurer, "pdf" if kind == "slides" else kind)
    if report.version > 1:
        name = f"-v{report.version}.".join(name.rsplit(".", 1))
    if kind in MADE_ON_THE_SPOT:
        name = name.replace(".pdf", "-presentatie.pdf") if kind == "slides" else name
        return as_file(_on_the_spot(report, kind), kind, name)
    build = newest_build(report) if kind in FORMATS else None
    path = made_file(folder_of(build.code), kind) if build else None
    if path is None:
        raise Http404
    return as_file(path.read_bytes(), kind, path.name if report.version == 1 else name)


def as_file(content: bytes, kind: str, name: str) -> HttpResponse:
    types = CONTENT_TYPES | {"csv": "text/csv", "slides": "application/pdf"}
    return HttpResponse(
        content,
        content_type=types[kind],
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def _on_the_spot(report: Report, kind: str) -> bytes:
    value, is_draft = composed(report), report.state == ReportState.DRAFT
    with translation.override(LANGUAGE):
        if kind == "csv":
            return report_csv(value, draft=is_draft)
        return write_slides(slides_of(value, draft=is_draft), fonts=font_folder())
