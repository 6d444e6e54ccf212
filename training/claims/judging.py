"""The coordinator's queue of training followed elsewhere."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from practices.models import User
from practices.permissions import Permission
from practices.tenancy import SignedInRequest, region_page
from training.claims import page, services
from training.claims.files import proof_file
from training.claims.forms import JudgeForm
from training.enrolment.services import NotPossibleError
from training.models import TrainingClaim
from training.querysets import ClaimQuerySet
from training.states import ClaimState

LATEST = 50


@require_safe
@region_page(Permission.JUDGE_CLAIMS)
def claims(request: SignedInRequest) -> HttpResponse:
    """What is to be judged, the longest waiting first; below it what was asked and decided."""
    context = {
        "waiting": _claims().to_judge(),
        "asked": _claims().filter(state=ClaimState.ASKED).order_by("claimed_at", "pk"),
        "decided": _claims().exclude(decided_at=None).order_by("-decided_at", "-pk")[:LATEST],
    }
    return TemplateResponse(request, "training/claims/queue.html", context)


@region_page(Permission.JUDGE_CLAIMS)
def claim_judge(request: SignedInRequest, pk: int) -> HttpResponse:
    claim = get_object_or_404(_claims().select_related("proof").defer("proof__content"), pk=pk)
    form = JudgeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            _decide(claim, form, request.user)
        except NotPossibleError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Saved. The practice sees it at once."))
            return redirect("claims")
    context = {
        "claim": claim,
        "form": form,
        "steps": page.history(claim),
        "counting": page.would_count(claim),
        "that_day": page.attended_that_day(claim),
        "others": page.other_claims(claim),
        "has_proof": hasattr(claim, "proof"),
    }
    return TemplateResponse(request, "training/claims/judge.html", context)


@require_safe
@region_page(Permission.JUDGE_CLAIMS)
def claim_file(request: SignedInRequest, pk: int) -> HttpResponse:
    return proof_file(get_object_or_404(_claims(), pk=pk), request.user)


def _decide(claim: TrainingClaim, form: JudgeForm, actor: User) -> None:
    decision, text = form.cleaned_data["decision"], form.cleaned_data["text"]
    if decision == JudgeForm.ASK:
        services.ask_more(claim=claim, text=text, actor=actor)
    elif decision == JudgeForm.DECLINE:
        services.decline_claim(claim=claim, text=text, actor=actor)
    else:
        services.accept_claim(claim=claim, counts_for=form.kind(), text=text, actor=actor)


def _claims() -> ClaimQuerySet:
    return TrainingClaim.objects.select_related("person", "practice")
