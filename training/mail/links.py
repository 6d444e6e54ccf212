"""The link to pass a place on without signing in."""

from django.conf import settings
from django.core import signing
from django.urls import reverse

from training.models import Enrolment

_SALT = "training.decline"


def decline_link(enrolment: Enrolment) -> str:
    token = signing.dumps(enrolment.pk, salt=_SALT)
    return f"{settings.SITE_URL}{reverse('decline', args=[token])}"


def enrolment_behind(token: str) -> Enrolment | None:
    """None when nobody signed this."""
    try:
        key = signing.loads(token, salt=_SALT)
    except signing.BadSignature:
        return None
    return Enrolment.objects.select_related("session", "person").filter(pk=key).first()
