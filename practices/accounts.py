"""The seams of django-allauth: nobody signs up alone, secrets are encrypted at rest."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.utils import is_mfa_enabled
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from practices.models import User
from practices.trail.sign_in import record_limited
from practices.vault import cipher

_TOO_MANY = ("too_many_login_attempts", "rate_limited")


class InvitedOnly(DefaultAccountAdapter):  # type: ignore[misc]  # allauth ships no types
    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": _(
            "We do not know this e-mail address with this password. Check both."
        ),
        "too_many_login_attempts": _("Too many attempts. Wait a few minutes and try again."),
        "rate_limited": _("Too many attempts. Wait a few minutes and try again."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def validation_error(self, code: str, *args: Any) -> Any:
        if code in _TOO_MANY:
            record_limited(context.request)
        return super().validation_error(code, *args)


class KnownAccountsOnly(DefaultSocialAccountAdapter):  # type: ignore[misc]  # no types
    """An identity provider opens an account that was invited here; it never makes one."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        return False


class EncryptedSecrets(DefaultMFAAdapter):  # type: ignore[misc]  # allauth ships no types
    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": _("This code does not fit. Fill in the one that the app shows now."),
    }

    def build_totp_svg(self, url: str) -> str:
        """The picture to scan as an element of the page; a `data:` image is refused by the CSP."""
        drawn: str = super().build_totp_svg(url)
        return drawn[drawn.index("<svg") :]

    def encrypt(self, text: str) -> str:
        return cipher().encrypt(text).decode("ascii")

    def decrypt(self, encrypted_text: str) -> str:
        return cipher().decrypt(encrypted_text.encode("ascii"))


def lacks_second_factor(user: User | AnonymousUser) -> bool:
    return bool(
        settings.SECOND_FACTOR_REQUIRED and user.is_authenticated and not is_mfa_enabled(user)
    )
