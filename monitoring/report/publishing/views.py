"""The reports of an insurer as its reader sees them; each opening and download is kept."""

from django.http import Http404, HttpResponse
from django.template.response import TemplateResponse
from django.utils import translation
from django.views.decorators.http import require_safe

from monitoring.models import Report
from monitoring.report.build import LANGUAGE
from monitoring.report.document import document_of
from monitoring.report.downloads import newest_build, sent
from monitoring.report.files import FORMATS
from monitoring.report.publishing import services
from monitoring.report.reading import sections_of
from monitoring.report.states import ReadingKind
from monitoring.report.value import report_from_json
from practices.permissions import Permission
from practices.tenancy import SignedInRequest, region_page

READ = Permission.READ_REPORT


@require_safe
@region_page(READ)
def insurer_reports(request: SignedInRequest) -> HttpResponse:
    """Published reports of the reader's own insurer; of each the newest version first."""
    readable = list(services.published_for(request.user))
    newest: dict[tuple[int, int, bool], int] = {}
    for one in readable:
        newest.setdefault((one.year, one.insurer_id, one.appendix), one.pk)
    context = {
        "reports": [
            (one, newest_build(one) is not None, one.pk in newest.values()) for one in readable
        ],
        "formats": FORMATS,
    }
    return TemplateResponse(request, "monitoring/report/insurer_reports.html", context)


@require_safe
@region_page(READ)
def insurer_report(request: SignedInRequest, pk: int) -> HttpResponse:
    """The whole report on a page."""
    found = _readable(request, pk)
    services.note_reading(report=found, what=ReadingKind.PAGE, reader=request.user)
    with translation.override(LANGUAGE):
        document = document_of(report_from_json(found.value), draft=False)
        sections = sections_of(document)
    context = {
        "report": found,
        "document": document,
        "sections": sections,
        "build": newest_build(found),
        "formats": FORMATS,
        "later": services.later_version(found, request.user),
    }
    return TemplateResponse(request, "monitoring/report/insurer_report.html", context)


@require_safe
@region_page(READ)
def insurer_file(request: SignedInRequest, pk: int, kind: str) -> HttpResponse:
    """A file of a published report; noted once it is there to be sent."""
    found = _readable(request, pk)
    answer = sent(found, kind)
    services.note_reading(report=found, what=ReadingKind(kind), reader=request.user)
    return answer


def _readable(request: SignedInRequest, pk: int) -> Report:
    found = services.published_for(request.user).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found
