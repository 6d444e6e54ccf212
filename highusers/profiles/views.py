"""The page of the six profiles."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from highusers.models import PatientProfile
from highusers.profiles.forms import ProfileForm
from highusers.profiles.services import fill_in
from practices.permissions import Permission
from practices.tenancy import SignedInRequest, region_page


@region_page(Permission.EDIT_TEXTS)
def patient_profiles(request: SignedInRequest) -> HttpResponse:
    """All at once: they are read side by side."""
    profiles = list(PatientProfile.objects.order_by("number"))
    forms = [
        ProfileForm(
            request.POST or None,
            prefix=str(one.number),
            initial={"name": one.name, "description": one.description},
        )
        for one in profiles
    ]
    if request.method == "POST" and all(form.is_valid() for form in forms):
        for profile, form in zip(profiles, forms, strict=True):
            fill_in(profile=profile, actor=request.user, **form.cleaned_data)
        messages.success(request, _("The profiles are saved."))
        return redirect("patient_profiles")
    context = {"profiles": list(zip(profiles, forms, strict=True))}
    return TemplateResponse(request, "highusers/profiles/profiles.html", context)
