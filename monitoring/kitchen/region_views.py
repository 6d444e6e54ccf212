"""Who offers, who asked and what came of it, as the coordinator sees it."""

from datetime import datetime, timedelta

from django.http import HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from monitoring.kitchen.states import AskState
from monitoring.kitchen.subjects import subjects
from monitoring.models import KitchenAsk, KitchenOffer
from practices.permissions import Permission
from practices.tenancy import SignedInRequest, region_page

LONG_DAYS = 21
SHOWN = 200


@require_safe
@region_page(Permission.SEE_REGION)
def overview(request: SignedInRequest) -> HttpResponse:
    names, now = subjects(), timezone.now()
    state = request.GET.get("stand", "")
    asks = KitchenAsk.objects.select_related("offer__practice", "practice")
    listed = [
        (one, one.state is AskState.WAITING and one.asked_at < long_ago(now))
        for one in asks.order_by("-asked_at", "-pk")
        if state not in AskState.values or one.state == state
    ]
    offers = KitchenOffer.objects.on(timezone.localdate()).select_related("practice")
    context = {
        "asks": sorted(listed, key=lambda line: not line[1])[:SHOWN],
        "long": sum(late for _ask, late in listed),
        "offers": [(one, names.get(one.subject, "")) for one in offers],
        "states": AskState.choices,
        "state": state,
    }
    return TemplateResponse(request, "monitoring/kitchen/region.html", context)


def long_ago(now: datetime) -> datetime:
    """Who asked before this waits for too long."""
    return now - timedelta(days=LONG_DAYS)


def waiting_long(now: datetime) -> int:
    return KitchenAsk.objects.waiting_since(long_ago(now)).count()
