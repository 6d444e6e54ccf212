"""The coordinator's forecast: enough places for the norms, and who still needs one."""

from datetime import date

from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from monitoring.evidence.subjects import PAGES
from monitoring.forecast import words
from monitoring.forecast.behind import Behind, behind
from monitoring.forecast.overview import Deadline, NormForecast, forecast
from practices.permissions import Permission
from practices.programme_year import add_months
from practices.tenancy import SignedInRequest, region_page
from training.states import COUNTS_FOR, SessionKind

AHEAD = (6, 12, 18, 24)
"""Months to look ahead; a year unless somebody asks otherwise."""
LONGEST_MAILTO = 1800
"""Longer links are cut by mail programs."""


@require_safe
@region_page(Permission.RUN_SESSIONS)
def overview(request: SignedInRequest) -> HttpResponse:
    ahead = _ahead(request)
    until = add_months(timezone.localdate(), ahead)
    norms = forecast(timezone.now(), until)
    context = {
        "summary": words.summary(norms, until),
        "norms": [_norm(norm) for norm in norms],
        "ahead": ahead,
        "choices": AHEAD,
        "until": until,
    }
    return TemplateResponse(request, "monitoring/forecast/overview.html", context)


@require_safe
@region_page(Permission.RUN_SESSIONS)
def needs(request: SignedInRequest, kind: str, day: str) -> HttpResponse:
    """Who is behind the numbers of one deadline; the address takes kinds with a norm only."""
    of_kind, deadline = SessionKind(kind), _day(day)
    if of_kind not in COUNTS_FOR or deadline is None:
        raise Http404
    found = behind(of_kind, deadline, timezone.now())
    context = {
        "kind": of_kind.label,
        "day": deadline,
        "norm": _deadline(found.deadline) if found else None,
        "behind": found,
        "evidence": PAGES[COUNTS_FOR[of_kind]],
        "mailto": _mailto(found) if found else "",
    }
    return TemplateResponse(request, "monitoring/forecast/needs.html", context)


def _norm(norm: NormForecast) -> dict[str, object]:
    return {
        "title": norm.kind.label,
        "group": words.group_name(norm.kind),
        "deadlines": [_deadline(one) for one in norm.deadlines],
    }


def _deadline(one: Deadline) -> dict[str, object]:
    return {
        "kind": one.kind.value,
        "day": one.day,
        "before": one.before,
        "sentence": words.need_sentence(one),
        "plan": words.plan_sentence(one),
        "short": words.short_phrase(one.outlook.short) if one.outlook.short else "",
        "practices": one.practices,
        "planned": one.planned,
        "sessions": one.sessions,
    }


def _mailto(found: Behind) -> str:
    """Opens a mail to all of them, blind; '' when there are too many for a link."""
    link = f"mailto:?bcc={','.join(found.addresses)}"
    return link if found.addresses and len(link) <= LONGEST_MAILTO else ""


def _ahead(request: HttpRequest) -> int:
    asked = request.GET.get("maanden", "")
    return int(asked) if asked in map(str, AHEAD) else 12


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
