"""The register of network partners of a practice."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from highusers.models import NetworkPartner
from highusers.partners.forms import TAKEN, PartnerForm
from highusers.partners.services import NameTakenError, save_partner
from practices.permissions import Permission
from practices.tenancy import PracticeRequest, practice_page


@practice_page(Permission.WRITE_PLANS)
def partners(request: PracticeRequest) -> HttpResponse:
    """The list, with a form to add one in place."""
    form = PartnerForm(request.POST or None, practice=request.practice)
    if made := _saved(request, form):
        messages.success(request, _("%(partner)s is in the list.") % {"partner": made})
        return redirect("partners", request.practice.slug)
    listed = NetworkPartner.objects.filter(practice=request.practice)
    context = {"form": form, "partners": listed.order_by("-active", "kind", "name")}
    return TemplateResponse(request, "highusers/partners/partners.html", context)


@practice_page(Permission.WRITE_PLANS)
def partner(request: PracticeRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(NetworkPartner, practice=request.practice, pk=pk)
    form = PartnerForm(request.POST or None, practice=request.practice, instance=found)
    if saved := _saved(request, form, found):
        messages.success(request, _("%(partner)s is saved.") % {"partner": saved})
        return redirect("partners", request.practice.slug)
    context = {"form": form, "partner": found}
    return TemplateResponse(request, "highusers/partners/partner.html", context)


def _saved(
    request: PracticeRequest, form: PartnerForm, partner: NetworkPartner | None = None
) -> NetworkPartner | None:
    """The partner when the form was sent and right; else the form says what is not."""
    if request.method != "POST" or not form.is_valid():
        return None
    try:
        return save_partner(
            practice=request.practice, actor=request.user, partner=partner, **form.cleaned_data
        )
    except NameTakenError:
        form.add_error("name", str(TAKEN))
        return None
