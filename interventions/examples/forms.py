"""What somebody types to offer an example, and what the coordinator decides."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from interventions.examples.services import Written
from interventions.examples.states import ExampleKind
from interventions.models import Example
from practices.received.files import read_upload
from practices.without_patient import WithoutPatientForm

Choices = list[tuple[Any, Any]]


class ExampleForm(WithoutPatientForm):
    """`interventions` and `profiles` are (number, name) pairs; both may be left open."""

    watched = ("title", "body")

    kind = forms.ChoiceField(
        label=_("What is it?"),
        choices=[("", _("Choose")), *ExampleKind.choices],
        error_messages={"required": _("Choose what it is.")},
    )
    title = forms.CharField(
        label=_("Title"), max_length=120, error_messages={"required": _("Fill in a title")}
    )
    body = forms.CharField(
        label=_("Text"),
        max_length=6000,
        widget=forms.Textarea(attrs={"rows": 12}),
        help_text=_(
            "What was the matter, what did you do, and what came of it? No name, date of birth or "
            "number of a patient."
        ),
        error_messages={"required": _("Fill in the text")},
    )
    intervention = forms.TypedChoiceField(
        label=_("Intervention"), required=False, coerce=int, empty_value=None
    )
    profile = forms.TypedChoiceField(
        label=_("Patient profile"), required=False, coerce=int, empty_value=None
    )

    document = forms.FileField(
        label=_("Document with it"),
        required=False,
        help_text=_(
            "A script, a form or a leaflet: PDF, JPG or PNG, of up to 5 MB. Look first: no patient "
            "may stand in it. We keep a copy in which nothing acts and that does not say who made "
            "it."
        ),
        widget=forms.FileInput(attrs={"accept": ".pdf,.jpg,.jpeg,.png"}),
        error_messages={"empty": _("This file is empty. Choose another one.")},
    )

    def __init__(
        self,
        data: Any,
        files: Any = None,
        *,
        interventions: Choices,
        profiles: Choices,
        example: Example | None = None,
    ) -> None:
        super().__init__(data, files, initial=_begin(example))
        open_choice: Choices = [("", _("All"))]
        self.fields["intervention"].choices = open_choice + interventions  # type: ignore[attr-defined]
        self.fields["profile"].choices = open_choice + profiles  # type: ignore[attr-defined]

    def clean_document(self) -> bytes | None:
        """As it was handed in; a worker looks at what is in it."""
        upload: UploadedFile | None = self.cleaned_data["document"]
        return None if upload is None else read_upload(upload)

    @property
    def choose_again(self) -> bool:
        """A file does not come back with a page that asks to look once more."""
        return bool(self.files.get("document")) and self.is_bound

    def written(self) -> Written:
        names = ("kind", "title", "body", "intervention", "profile")
        return Written(**{name: self.cleaned_data[name] for name in names})


class OfferForm(ExampleForm):
    named = forms.BooleanField(
        label=_("The name of our practice may stand with it"), required=False
    )
    allowed = forms.BooleanField(
        label=_("PrimaCura may change the text and show it to other practices"),
        error_messages={"required": _("Say that PrimaCura may show it to other practices.")},
    )


class DecideForm(ExampleForm):
    without_document = forms.BooleanField(
        label=_("Leave the document that is with it out"), required=False
    )

    def __init__(self, *args: Any, has_document: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if has_document:
            self.fields["document"].label = _("Another document instead")
        else:
            del self.fields["without_document"]


class DeclineExampleForm(forms.Form):
    use_required_attribute = False
    reason = forms.CharField(
        label=_("Reason, as the practice reads it"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _("Fill in the reason")},
    )


def _begin(example: Example | None) -> dict[str, Any]:
    if example is None:
        return {}
    names = ("kind", "title", "body", "intervention", "profile")
    return {name: getattr(example, name) for name in names}
