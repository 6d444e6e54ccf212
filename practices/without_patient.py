"""A form for text in which no patient may be known."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from mtvp.privacy.identifying import Found, Sign, described, identifying


def refuse_bsn(text: str) -> None:
    """For a field that is about no patient: the number that would make it so."""
    found = identifying(text, today=timezone.localdate())
    if refused := [described(one) for one in found if one.sign == Sign.BSN]:
        raise ValidationError(refused)


class WithoutPatientForm(forms.Form):
    """Of the `watched` fields: a citizen service number is refused; what looks like a name or a
    date of birth is shown once, and kept when the person says it is none (`looked` is what was
    shown)."""

    use_required_attribute = False
    watched: tuple[str, ...] = ("text",)

    looked = forms.CharField(widget=forms.HiddenInput, required=False)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        self.warnings: list[Found] = []
        for name in self.watched:
            found = identifying(str(cleaned.get(name, "")), today=timezone.localdate())
            self.warnings += [one for one in found if one.sign != Sign.BSN]
            if refused := [described(one) for one in found if one.sign == Sign.BSN]:
                self.add_error(name, refused)
        return cleaned

    @property
    def told(self) -> list[str]:
        """What the person should look at before it is kept."""
        return [described(one) for one in getattr(self, "warnings", [])]

    @property
    def seen(self) -> str:
        return "|".join(one.text for one in getattr(self, "warnings", []))

    def may_be_kept(self) -> bool:
        """Nothing looks like a person, or exactly this text was shown with its warnings before."""
        if not self.is_valid():
            return False
        return not self.warnings or str(self.data.get("looked", "")) == self.seen
