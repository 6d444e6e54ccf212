"""The worker that gives a page that was opened before when there is no network."""

from pathlib import Path

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse

SCRIPT = Path(settings.BASE_DIR) / "static" / "js" / "offline-worker.js"


@login_not_required
def worker(request: HttpRequest) -> HttpResponse:
    """Served from the root, because a worker serves only addresses below its own."""
    return HttpResponse(SCRIPT.read_bytes(), content_type="text/javascript; charset=utf-8")
