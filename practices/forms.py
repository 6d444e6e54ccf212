"""Signing in, in the words of the house."""

from typing import Any

from allauth.account.forms import LoginForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from django.utils.translation import gettext_lazy as _


class SignInForm(LoginForm):  # type: ignore[misc]  # allauth ships no types
    use_required_attribute = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        email, password = self.fields["login"], self.fields["password"]
        email.label, password.label, password.help_text = _("E-mail address"), _("Password"), ""
        email.error_messages["required"] = _("Fill in your e-mail address")
        email.error_messages["invalid"] = _("Fill in an e-mail address, like name@practice.nl")
        password.error_messages["required"] = _("Fill in your password")
        for field in (email, password):
            field.widget.attrs.pop("placeholder", None)


class SetUpAppForm(ActivateTOTPForm):  # type: ignore[misc]  # allauth ships no types
    use_required_attribute = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        code = self.fields["code"]
        code.label = _("Code of 6 digits")
        code.error_messages["required"] = _("Fill in the 6 digits that the app shows")
        code.widget.attrs.pop("placeholder", None)
        code.widget.attrs |= {"inputmode": "numeric"}
