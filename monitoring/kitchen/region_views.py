"""Who offers, who asked and what came of it, as the coordinator sees it."""

from datetime import datetime, timedelta

from django.http import HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from monitoring.kitchen.exports import kitchens_workbook
from monitoring.kitchen.querysets import AskQuerySet, OfferQuerySet
from monitoring.kitchen.states import WAITING, AskState
from monitoring.kitchen.subjects import subjects
from monitoring.models import KitchenAsk, KitchenOffer
from practices.audit import record
from practices.permissions import Permission
from practices.states import AuditAction
from practices.tenancy import SignedInRequest, region_page

LONG_DAYS = 21
SHOWN = 200
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_safe
@region_page(Permission.SEE_REGION)
def overview(request: SignedInRequest) -> HttpResponse:
    names, state = subjects(), _state(request)
    asks = _asks(state)
    context = {
        "asks": asks[:SHOWN],
        "more": max(len(asks) - SHOWN, 0),
        "long": sum(late for _ask, late in asks),
        "offers": [(one, names.get(one.subject, "")) for one in _offers()],
        "states": AskState.choices,
        "state": state,
    }
    return TemplateResponse(request, "monitoring/kitchen/region.html", context)


@require_safe
@region_page(Permission.SEE_REGION)
def xlsx(request: SignedInRequest) -> HttpResponse:
    """What the page shows, however many there are."""
    today, asks = timezone.localdate(), _asks(_state(request))
    record(
        actor=request.user,
        role=request.access.role,
        action=AuditAction.EXPORT,
        obj=("monitoring.kitchenask", today.isoformat()),
        asks=len(asks),
    )
    name = f"mtvp-keuken-{today.isoformat()}.xlsx"
    return HttpResponse(
        kitchens_workbook(asks, list(_offers()), subjects(), today),
        content_type=XLSX,
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def long_ago(now: datetime) -> datetime:
    """Who asked before this waits for too long."""
    return now - timedelta(days=LONG_DAYS)


def waiting_long(now: datetime) -> AskQuerySet:
    return KitchenAsk.objects.waiting_since(long_ago(now))


def _state(request: SignedInRequest) -> str:
    """From the address; one that does not exist lets all through."""
    state = request.GET.get("stand", "")
    return state if state in AskState.values else ""


def _asks(state: str) -> list[tuple[KitchenAsk, bool]]:
    """With whether it waits for too long: those first, then the newest."""
    limit, today = long_ago(timezone.now()), timezone.localdate()
    found = KitchenAsk.objects.without_words().select_related("offer__practice", "practice")
    listed = [
        (one, one.state in WAITING and one.asked_at < limit and one.goes_on(today))
        for one in found.order_by("-asked_at", "-pk")
        if not state or one.state == state
    ]
    return sorted(listed, key=lambda line: not line[1])


def _offers() -> OfferQuerySet:
    return KitchenOffer.objects.on(timezone.localdate()).select_related("practice")
