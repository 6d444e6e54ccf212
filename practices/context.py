"""What every page's frame needs."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from practices.drafts.exchange import user_key
from practices.models import User


def frame(request: HttpRequest) -> dict[str, Any]:
    """`draft_user` keeps what waits on a device apart by account."""
    user = getattr(request, "user", None)
    return {
        "help_phone": settings.HELP_PHONE,
        "demo": settings.DEMO,
        "draft_user": user_key(user) if isinstance(user, User) else "",
    }
