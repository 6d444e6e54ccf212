"""The tariffs of the region: what holds, what held, and recording the next one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from monitoring.tariffs.forms import TariffForm
from monitoring.tariffs.rules import counts_from, cut_short_by, gap_after, tariff_on
from monitoring.tariffs.services import TariffRefusedError, record_tariff, withdraw_tariff
from mtvp.charts.numbers import money
from practices.models import Tariff
from practices.permissions import Permission
from practices.states import TariffKind
from practices.tenancy import SignedInRequest, region_page


@dataclass(frozen=True, slots=True)
class TariffLine:
    """`state` in words; `above` is the national maximum of its first day, where it is higher;
    `before` the amount that could go on when this tariff is withdrawn, '' where there is none;
    `gap` the day from which no tariff holds once this one has ended; `otherwise` the amount for all
    insurers that holds on its first day when it is withdrawn, '' where there is none."""

    tariff: Tariff
    amount: str
    state: str
    above: str
    before: str
    gap: date | None
    otherwise: str


@region_page(Permission.MANAGE_REFERENCE_DATA)
def tariffs(request: SignedInRequest) -> HttpResponse:
    form = TariffForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and _recorded(request, form):
        return redirect("tariffs")
    lines = _lines(timezone.localdate())
    context = {
        "form": form,
        "sees_region": Permission.SEE_REGION in request.access,
        "kinds": [
            (kind.label, [one for one in lines if one.tariff.kind == kind]) for kind in TariffKind
        ],
    }
    return TemplateResponse(request, "monitoring/tariffs/tariffs.html", context)


@require_POST
@region_page(Permission.MANAGE_REFERENCE_DATA)
def withdraw(request: SignedInRequest, pk: int) -> HttpResponse:
    tariff = get_object_or_404(Tariff, pk=pk)
    going_on = "going_on" in request.POST
    if withdraw_tariff(tariff=tariff, actor=request.user, going_on=going_on):
        messages.success(request, _("The tariff is withdrawn. It stays in sight below."))
    else:
        messages.info(request, _("This tariff was withdrawn already."))
    return redirect("tariffs")


def _recorded(request: SignedInRequest, form: TariffForm) -> bool:
    data = form.cleaned_data
    try:
        record_tariff(
            kind=TariffKind(data["kind"]),
            insurer=data["insurer"],
            amount=data["amount"],
            valid_from=data["valid_from"],
            valid_until=data["valid_until"],
            actor=request.user,
        )
    except TariffRefusedError as refused:
        for problem in refused.problems:
            form.add_error("valid_from", problem)
        return False
    messages.success(request, f"{_('The tariff is recorded.')} {_counting(data)}".strip())
    return True


def _counting(data: Mapping[str, Any]) -> str:
    """From which quarter it counts, where that is not plain from its first day."""
    day = counts_from(data["valid_from"], data["valid_until"])
    if day == data["valid_from"]:
        return ""
    if day is None:
        return _(
            "It counts for no quarter: a quarter goes by the tariff of its first day, and this one"
            " holds on none."
        )
    return _(
        "It counts from the quarter that begins on %(date)s: a quarter goes by the tariff of its"
        " first day."
    ) % {"date": date_format(day)}


def _lines(today: date) -> list[TariffLine]:
    """The newest first within each insurer; what was withdrawn last."""
    known = list(Tariff.objects.select_related("insurer"))
    standing = [one for one in known if one.withdrawn_at is None]
    ordered = sorted(
        known,
        key=lambda one: (
            one.withdrawn_at is not None,
            one.insurer.name if one.insurer else "",
            -one.valid_from.toordinal(),
        ),
    )
    return [
        TariffLine(
            one,
            money(one.amount),
            _state(one, today),
            _above(one, standing),
            _before(one, standing),
            None if one.withdrawn_at else gap_after(standing, one),
            _otherwise(one, standing),
        )
        for one in ordered
    ]


def _state(tariff: Tariff, today: date) -> str:
    if tariff.withdrawn_at is not None:
        return _("withdrawn")
    if tariff.valid_from > today:
        return _("to come")
    if tariff.valid_until is not None and tariff.valid_until < today:
        return _("past")
    return _("holds now")


def _above(tariff: Tariff, standing: Sequence[Tariff]) -> str:
    if tariff.kind != TariffKind.PROGRAMME:
        return ""
    maximum = tariff_on(standing, TariffKind.PROGRAMME_MAXIMUM, None, tariff.valid_from)
    return money(maximum.amount) if maximum and tariff.amount > maximum.amount else ""


def _otherwise(tariff: Tariff, standing: Sequence[Tariff]) -> str:
    others = [one for one in standing if one.pk != tariff.pk]
    for_all = tariff_on(others, TariffKind(tariff.kind), tariff.insurer_id, tariff.valid_from)
    return money(for_all.amount) if for_all else ""


def _before(tariff: Tariff, standing: Sequence[Tariff]) -> str:
    before = cut_short_by(standing, tariff)
    return money(before.amount) if before else ""
