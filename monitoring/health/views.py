"""For whoever runs the product: is it alive, and can it work?"""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_safe

from monitoring.health.checks import readiness


@login_not_required
@require_safe
def alive(request: HttpRequest) -> HttpResponse:
    """The process answers; nothing else is asked."""
    return HttpResponse("ok\n", content_type="text/plain")


@login_not_required
@require_safe
def ready(request: HttpRequest) -> HttpResponse:
    """200 when database, broker and a worker answer, else 503; which of them stands in the body."""
    answers = readiness()
    return JsonResponse(answers, status=200 if all(answers.values()) else 503)
