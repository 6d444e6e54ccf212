"""The regional fee and the fee of the programme, on screen and as workbooks."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from monitoring.models import RegionalFeeListing
from monitoring.regional_fee.account import FeeYear, fee_year
from monitoring.regional_fee.document import (
    doubts,
    doubts_table,
    fee_document,
    following_table,
    missing,
    missing_table,
    practices_table,
    reasons_table,
    totals_table,
)
from monitoring.regional_fee.facts import insurers_with_list
from monitoring.regional_fee.following import Followed, followed
from monitoring.regional_fee.forms import ListForm, TakeOffForm
from monitoring.regional_fee.lists import NoCodesError, NoPracticesError
from monitoring.regional_fee.programme import programme_year_fees
from monitoring.regional_fee.programme_tables import (
    programme_conclusion,
    programme_document,
    programme_table,
    without_tariff,
)
from monitoring.regional_fee.services import (
    LastDayTakenError,
    OvertakenListError,
    SentList,
    UnknownInsurersError,
    UnreadableListError,
    send_list,
    take_off_list,
)
from monitoring.regional_fee.states import LEADING_INSURER
from monitoring.regional_fee.words import conclusion
from mtvp.documents.html import page_html
from practices.audit import record
from practices.models import Insurer
from practices.permissions import Permission
from practices.states import AuditAction
from practices.tenancy import SignedInRequest, region_page
from training.files import xlsx_file

YEARS_BACK = 4
NAMES_SHOWN, NAME_SHOWN = 5, 40


@require_safe
@region_page(Permission.SEE_REGION)
def regional_fee(request: SignedInRequest) -> HttpResponse:
    year, today = _year(request), timezone.localdate()
    choices = _insurers(year)
    insurer = _insurer(request, choices)
    context = {
        "year": year,
        "years": _years(),
        "insurers": choices,
        "insurer": insurer,
        "may_import": Permission.IMPORT_REGION in request.access,
        "may_keep_tariffs": Permission.MANAGE_REFERENCE_DATA in request.access,
    }
    if insurer is not None:
        shown = fee_year(year=year, insurer=insurer, today=today)
        rows = _followed(shown)
        context |= {
            "shown": shown,
            "conclusion": conclusion(shown, today),
            "totals": page_html([totals_table(shown)]),
            "practices": page_html([practices_table(shown)]) if shown.practices else "",
            "reasons": page_html([reasons_table(shown)]) if missing(shown) else "",
            "missing": page_html([missing_table(shown)]),
            "doubts": page_html([doubts_table(shown)]) if doubts(shown) else "",
            "following": page_html([following_table(rows)]) if rows else "",
        }
    return TemplateResponse(request, "monitoring/regional_fee/regional_fee.html", context)


@require_safe
@region_page(Permission.SEE_REGION)
def regional_fee_xlsx(request: SignedInRequest) -> HttpResponse:
    year, today = _year(request), timezone.localdate()
    insurer = _insurer(request, _insurers(year))
    if insurer is None:
        return redirect("regional_fee")
    shown = fee_year(year=year, insurer=insurer, today=today)
    record(
        actor=request.user,
        action=AuditAction.EXPORT,
        obj=("regional_fee", f"{insurer.slug} {year}"),
        practices=len(shown.practices),
    )
    document = fee_document(shown, _followed(shown), today)
    return xlsx_file(document, f"mtvp-regioprestatie-{insurer.slug}-{year}")


@region_page(Permission.IMPORT_REGION)
def fee_list(request: SignedInRequest) -> HttpResponse:
    """The list as it stands; POST sends that of a quarter to a worker, to be looked at first."""
    today = timezone.localdate()
    leading = Insurer.objects.filter(name__iexact=LEADING_INSURER).first()
    form = ListForm(
        request.POST or None, request.FILES or None, today=today, initial={"insurer": leading}
    )
    if request.method == "POST" and form.is_valid():
        code = _sent(request, form)
        if code:
            return redirect("import_region_check", code)
    listings = RegionalFeeListing.objects.select_related("practice", "insurer")
    context = {"form": form, "listings": listings, "today": today}
    return TemplateResponse(request, "monitoring/regional_fee/list.html", context)


@require_POST
@region_page(Permission.IMPORT_REGION)
def take_off(request: SignedInRequest, pk: int) -> HttpResponse:
    listing = get_object_or_404(RegionalFeeListing, pk=pk)
    form = TakeOffForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Fill in the last day on the list, for instance 31-12-2026."))
        return redirect("regional_fee_list")
    try:
        take_off_list(listing=listing, last_day=form.cleaned_data["last_day"], actor=request.user)
        messages.success(request, _("The list is changed."))
    except LastDayTakenError as taken:
        message = _(
            "%(practice)s comes on this list again on %(date)s. Fill in a last day before that."
        )
        told = {"practice": listing.practice.name, "date": date_format(taken.again_on)}
        messages.error(request, message % told)
    return redirect("regional_fee_list")


@require_safe
@region_page(Permission.SEE_REGION)
def programme_fee(request: SignedInRequest) -> HttpResponse:
    year = _year(request)
    shown = programme_year_fees(year)
    context = {
        "year": year,
        "years": _years(),
        "shown": shown,
        "conclusion": programme_conclusion(shown),
        "without": ", ".join(without_tariff(shown)),
        "table": page_html([programme_table(shown)]) if shown.insurers else "",
        "may_import": Permission.IMPORT_REGION in request.access,
        "may_keep_tariffs": Permission.MANAGE_REFERENCE_DATA in request.access,
    }
    return TemplateResponse(request, "monitoring/regional_fee/programme.html", context)


@require_safe
@region_page(Permission.SEE_REGION)
def programme_fee_xlsx(request: SignedInRequest) -> HttpResponse:
    year = _year(request)
    record(actor=request.user, action=AuditAction.EXPORT, obj=("programme_fee", year))
    document = programme_document(programme_year_fees(year), timezone.localdate())
    return xlsx_file(document, f"mtvp-vergoeding-{year}")


def _followed(shown: FeeYear) -> list[Followed]:
    """Practices that were on the list in the year."""
    on_list = [
        one.participant
        for one in shown.practices
        if any(quarter.on_list for quarter in one.quarters)
    ]
    return followed(on_list, year=shown.year, today=timezone.localdate())


def _sent(request: SignedInRequest, form: ListForm) -> str:
    """The code of the upload; '' when the file is refused, with the reason at its field."""
    data = form.cleaned_data
    name, content = data["spreadsheet"]
    try:
        sent = send_list(
            name=name,
            content=content,
            insurer=data["insurer"],
            first_day=data["first_day"],
            actor=request.user,
        )
    except UnreadableListError as refused:
        form.add_error("spreadsheet", refused.message)
        return ""
    except NoCodesError:
        form.add_error(
            "spreadsheet", _("There is no column practice or AGB with codes in this file")
        )
        return ""
    except NoPracticesError:
        form.add_error("spreadsheet", _("There is no practice in this file"))
        return ""
    except UnknownInsurersError as unknown:
        form.add_error("spreadsheet", _unknown(unknown))
        return ""
    except OvertakenListError as overtaken:
        form.add_error("quarter", _overtaken(overtaken))
        return ""
    _warn(request, sent)
    return sent.upload.code


def _warn(request: SignedInRequest, sent: SentList) -> None:
    if sent.skipped:
        messages.warning(request, sent.skipped)
    if sent.kept:
        message = _(
            "Not in this list, but on it from this very day: %(practices)s. Take them off below"
            " if that is a mistake."
        )
        messages.warning(request, message % {"practices": ", ".join(sent.kept)})
    if sent.silent:
        message = _(
            "This file says nothing of %(insurers)s: who is on that list stays on it. Does it"
            " follow no longer? Then change the last day of each practice."
        )
        messages.warning(request, message % {"insurers": ", ".join(sent.silent)})


def _unknown(unknown: UnknownInsurersError) -> str:
    told = [
        _("row %(row)s: %(insurer)s") % {"row": row, "insurer": name[:NAME_SHOWN]}
        for name, row in list(unknown.insurers.items())[:NAMES_SHOWN]
    ]
    return _(
        "These insurers are not known: %(insurers)s. Write them as in the choice above; a new"
        " insurer comes with the patients per quarter, among the spreadsheets of the region"
    ) % {"insurers": "; ".join(told)}


def _overtaken(overtaken: OvertakenListError) -> str:
    return _(
        "A later list was read in already: %(practices)s came on it after this quarter. Change"
        " the past with regional_fee.csv among the spreadsheets of the region"
    ) % {"practices": ", ".join(overtaken.practices)}


def _insurers(year: int) -> list[Insurer]:
    """Those with a list in the year, and the one whose list it is; that one first."""
    with_list = insurers_with_list(year)
    known = [
        one
        for one in Insurer.objects.order_by("name")
        if one.pk in with_list or one.name.casefold() == LEADING_INSURER.casefold()
    ]
    return sorted(known, key=lambda one: one.name.casefold() != LEADING_INSURER.casefold())


def _insurer(request: HttpRequest, choices: list[Insurer]) -> Insurer | None:
    asked = request.GET.get("verzekeraar", "")
    found = next((one for one in choices if one.slug == asked), None)
    return found or next(iter(choices), None)


def _years() -> list[int]:
    this = timezone.localdate().year
    return [this - back for back in range(YEARS_BACK + 1)]


def _year(request: HttpRequest) -> int:
    asked = request.GET.get("jaar", "")
    return int(asked) if asked in map(str, _years()) else _years()[0]
