"""The link that switches the daily mail off without signing in."""

from django.conf import settings
from django.core import signing
from django.urls import reverse

from practices.models import User

_SALT = "practices.mailing.stop"


def stop_link(user: User) -> str:
    """Works for good: a mail may lie unread for long, and the way out stays open."""
    token = signing.dumps(user.pk, salt=_SALT)
    return f"{settings.SITE_URL}{reverse('stop_mail', args=[token])}"


def user_behind(token: str) -> User | None:
    """None when nobody signed this, or the account is gone."""
    try:
        key = signing.loads(token, salt=_SALT)
    except signing.BadSignature:
        return None
    return User.objects.filter(pk=key, is_active=True).first()
