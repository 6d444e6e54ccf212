"""The link that shows that an applicant reads the mail of the address that was filled in."""

from datetime import timedelta

from django.conf import settings
from django.core import signing
from django.urls import reverse

from practices.models import Application

VALID_FOR = timedelta(days=7)
_SALT = "practices.joining.confirm"


def confirm_link(application: Application) -> str:
    token = signing.dumps(application.pk, salt=_SALT)
    return f"{settings.SITE_URL}{reverse('confirm_application', args=[token])}"


def application_behind(token: str) -> Application | None:
    """None when nobody signed this, it is too old, or the application is gone."""
    try:
        key = signing.loads(token, salt=_SALT, max_age=VALID_FOR)
    except signing.BadSignature:
        return None
    return Application.objects.select_related("cohort").filter(pk=key).first()
