"""The link that switches the weekly mail, or one kind of reminder, off without signing in."""

from django.conf import settings
from django.core import signing
from django.urls import reverse

from practices.models import User

_SALT = "practices.mailing.stop"


def stop_link(user: User, kind: str) -> str:
    """Works for good: a mail may lie unread for long, and the way out stays open."""
    token = signing.dumps([user.pk, kind], salt=_SALT)
    return f"{settings.SITE_URL}{reverse('stop_mail', args=[token])}"


def behind(token: str) -> tuple[User, str] | None:
    """The account and what it would stop; None when nobody signed this, or the account is gone."""
    try:
        key, kind = signing.loads(token, salt=_SALT)
    except (signing.BadSignature, TypeError, ValueError):
        return None
    user = User.objects.filter(pk=key, is_active=True).first()
    return None if user is None else (user, str(kind))
