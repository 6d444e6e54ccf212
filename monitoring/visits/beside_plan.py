"""What was said at a visit, beside the section of the practice's plan that it was about."""

from collections.abc import Mapping

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from interventions.practice_plan.beside import Told
from monitoring.models import VisitReport
from monitoring.visits.capture import AGREEMENT
from monitoring.visits.contents import Contents, loaded
from practices.models import Practice
from practices.permissions import Permission
from practices.programme_year import year_end, year_start
from practices.tenancy import Access


def said_at_visit(practice: Practice, year: int, access: Access) -> Mapping[int, Told]:
    """The newest report of the last visit in that year, for who reads reports; one query."""
    if Permission.SEE_VISIT_REPORTS not in access:
        return {}
    days = (year_start(practice.start, year), year_end(practice.start, year))
    reports = VisitReport.objects.filter(visit__practice=practice, visit__held_on__range=days)
    report = reports.select_related("visit").order_by("-visit__held_on", "-number").first()
    if report is None:
        return {}
    visit, contents = report.visit, loaded(report.contents)
    title = _("Said at the visit of %(date)s") % {"date": date_format(visit.held_on)}
    url = reverse("visit_report", args=[practice.slug, visit.code])
    found = {number: _lines(contents, number) for number in range(1, 7)}
    return {number: Told(title, lines, url) for number, lines in found.items() if lines}


def _lines(contents: Contents, number: int) -> tuple[str, ...]:
    answers = [
        f"{line.question} {line.answer}"
        for section in contents.sections
        for line in section.said
        if line.key.startswith(f"i{number}-")
    ]
    agreed = [
        _("Agreed: %(what)s") % {"what": one.what}
        for one in contents.agreements
        if one.key.startswith(f"{AGREEMENT}_i{number}-")
    ]
    return (*answers, *agreed)
