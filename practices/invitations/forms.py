"""Whom to invite as what, and the password somebody chooses."""

from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Submit
from django import forms
from django.contrib.auth.password_validation import (
    password_validators_help_texts,
    validate_password,
)
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from practices.invitations.services import ForPractice, ForRegion
from practices.models import Employment, Insurer, Practice, RegionRole, User
from practices.permissions import BY_STAFF_ROLE, Permission
from practices.states import RegionRoleName, StaffRole
from practices.tenancy import Access

_OPENS_MORE = _(
    "This colleague works elsewhere too. Use the e-mail address that PrimaCura has of this "
    "colleague, or call PrimaCura."
)
_GIVES_MORE = _(
    "This role reads plans of patients, which you do not. Choose a colleague on the team list and "
    "use the e-mail address that PrimaCura has, or ask the practice owner to invite this colleague."
)


class InviteColleagueForm(forms.Form):
    """A colleague of the team list, or a new one by name and role."""

    use_required_attribute = False

    colleague = forms.ModelChoiceField(
        label=_("Colleague"),
        queryset=Employment.objects.none(),
        required=False,
        empty_label=_("Somebody who is not on the team list yet"),
    )
    name = forms.CharField(
        label=_("Name"),
        max_length=120,
        required=False,
        help_text=_("Only for somebody who is not on the team list yet."),
    )
    staff_role = forms.ChoiceField(
        label=_("Role"),
        choices=[("", _("Choose a role")), *StaffRole.choices],
        required=False,
        help_text=_("Only for somebody who is not on the team list yet."),
    )
    email = forms.EmailField(
        label=_("E-mail address"),
        error_messages={"required": _("Fill in the e-mail address of your colleague")},
    )

    def __init__(self, *args: Any, practice: Practice, access: Access, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.practice, self.access = practice, access
        self.fields["colleague"].queryset = (  # type: ignore[attr-defined]
            Employment.objects.in_service(timezone.localdate())
            .filter(practice=practice)
            .exclude(person__user__is_active=True)
            .select_related("person")
            .order_by("person__name", "role")
        )
        self.helper = FormHelper()
        self.helper.add_input(Submit("invite", _("Send invitation")))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        colleague = cleaned.get("colleague")
        if colleague is not None:
            known = (cleaned.get("email") or "").lower() == colleague.person.email.lower()
            if _opens_more(colleague) and not known:
                self.add_error("email", _OPENS_MORE)
            elif not known and self._is_given_more(colleague.role):
                self.add_error("email", _GIVES_MORE)
        else:
            if self._is_given_more(cleaned.get("staff_role", "")):
                self.add_error("staff_role", _GIVES_MORE)
            if not cleaned.get("name"):
                self.add_error("name", _("Choose a colleague or fill in a name"))
            if not cleaned.get("staff_role"):
                self.add_error("staff_role", _("Choose a role"))
        return cleaned

    def _is_given_more(self, role: str) -> bool:
        """Whether the role opens plans that the inviter may not see. Who chooses the address then
        chooses who reads them, and the address could be one's own."""
        given = BY_STAFF_ROLE[StaffRole(role)] if role else frozenset()
        return Permission.SEE_PLANS in given and Permission.SEE_PLANS not in self.access

    def invitee(self) -> tuple[str, ForPractice]:
        """The name, and what the invitation is for."""
        colleague: Employment | None = self.cleaned_data["colleague"]
        if colleague is not None:
            role, person = colleague.role, colleague.person
            return person.name, ForPractice(self.practice, role, person)
        return self.cleaned_data["name"], ForPractice(
            self.practice, self.cleaned_data["staff_role"]
        )


def _opens_more(colleague: Employment) -> bool:
    """An account opens every practice where its person works, and what it may do for the region:
    then one practice alone may not choose the address that it goes to."""
    others = Employment.objects.filter(person=colleague.person_id).exclude(
        practice=colleague.practice_id
    )
    if others.exclude(ended_on__lt=timezone.localdate()).exists():
        return True
    return RegionRole.objects.filter(user__person=colleague.person_id).exists()


class InviteForRegionForm(forms.Form):
    use_required_attribute = False

    name = forms.CharField(
        label=_("Name"), max_length=120, error_messages={"required": _("Fill in a name")}
    )
    email = forms.EmailField(
        label=_("E-mail address"), error_messages={"required": _("Fill in the e-mail address")}
    )
    region_role = forms.ChoiceField(
        label=_("Role for the region"),
        choices=[("", _("Somebody in a practice")), *RegionRoleName.choices],
        required=False,
    )
    insurer = forms.ModelChoiceField(
        label=_("Insurer"),
        queryset=Insurer.objects.all(),
        required=False,
        empty_label=_("Choose an insurer"),
        help_text=_("Only for a reader at an insurer."),
    )
    practice = forms.ModelChoiceField(
        label=_("Practice"),
        queryset=Practice.objects.all(),
        required=False,
        empty_label=_("Choose a practice"),
        help_text=_("Only for somebody in a practice."),
    )
    staff_role = forms.ChoiceField(
        label=_("Role in the practice"),
        choices=[("", _("Choose a role")), *StaffRole.choices],
        required=False,
        help_text=_("Only for somebody in a practice."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.add_input(Submit("invite", _("Send invitation")))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("region_role"):
            reader = cleaned["region_role"] == RegionRoleName.INSURER_READER
            if reader and cleaned.get("insurer") is None:
                self.add_error("insurer", _("Choose the insurer of this reader"))
            if not reader:
                cleaned["insurer"] = None
            return cleaned
        if cleaned.get("practice") is None:
            self.add_error("practice", _("Choose a practice or a role for the region"))
        if not cleaned.get("staff_role"):
            self.add_error("staff_role", _("Choose a role in the practice"))
        return cleaned

    def invitee(self) -> tuple[str, ForPractice | ForRegion]:
        data = self.cleaned_data
        if data["region_role"]:
            return data["name"], ForRegion(data["region_role"], data["insurer"])
        return data["name"], ForPractice(data["practice"], data["staff_role"])


class ChoosePasswordForm(forms.Form):
    """Once is enough: a password manager or the eye of the browser shows what was typed."""

    use_required_attribute = False

    password = forms.CharField(
        label=_("Choose a password"),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        error_messages={"required": _("Choose a password")},
    )

    def __init__(self, *args: Any, email: str, name: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.account = User(email=email, name=name)
        self.fields["password"].help_text = " ".join(password_validators_help_texts())
        self.helper = FormHelper()
        self.helper.add_input(Submit("accept", _("Make my account")))

    def clean_password(self) -> str:
        password: str = self.cleaned_data["password"]
        validate_password(password, self.account)
        return password
