"""Training followed elsewhere, as who followed it and as who runs the practice's account see it."""

from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from practices.models import User
from practices.permissions import Permission
from practices.tenancy import PracticeRequest, practice_page
from training.claims import page, services
from training.claims.files import proof_file
from training.claims.forms import ClaimForm, ColleagueClaimForm, OwnClaimForm, first_values
from training.enrolment.services import NotPossibleError
from training.models import TrainingClaim
from training.scripts.views import user_of


def own_claim_new(request: HttpRequest) -> HttpResponse:
    user = user_of(request)
    practices = page.practices_of(user.person) if user.person else []
    if user.person is None or not practices:
        raise Http404
    form = OwnClaimForm(
        request.POST or None, request.FILES or None, first=True, practices=practices
    )
    if request.method == "POST" and form.is_valid():
        person, practice = user.person, form.for_practice()
        claimed = _tried(
            form,
            lambda: services.claim_training(
                person=person,
                practice=practice,
                told=form.told(),
                proof=form.cleaned_data["proof"],
                actor=user,
            ),
        )
        if claimed:
            messages.success(request, _("Sent. PrimaCura looks at it; you see here what is said."))
            return redirect("own_training")
    return TemplateResponse(request, "training/claims/edit.html", {"form": form})


def own_claim(request: HttpRequest, pk: int) -> HttpResponse:
    """What became of it; sending the page takes it back."""
    user = user_of(request)
    claim = _own(user, pk)
    if request.method == "POST":
        return _withdraw(request, claim, user, back=redirect("own_claim", pk))
    proof = hasattr(claim, "proof")
    context = {
        "claim": claim,
        "steps": page.history(claim),
        "has_proof": proof,
        "proof_gone": not proof,
    }
    return TemplateResponse(request, "training/claims/claim.html", context)


def own_claim_change(request: HttpRequest, pk: int) -> HttpResponse:
    user = user_of(request)
    claim = _own(user, pk)
    form = _change_form(request, claim)
    if request.method == "POST" and form.is_valid() and _changed(form, claim, user):
        messages.success(request, _("Sent. PrimaCura looks at it again."))
        return redirect("own_claim", pk)
    return _change_page(request, claim, form)


@require_safe
def own_claim_proof(request: HttpRequest, pk: int) -> HttpResponse:
    user = user_of(request)
    return proof_file(_own(user, pk), user)


@practice_page(Permission.CLAIM_FOR_COLLEAGUES)
def claim_new(request: PracticeRequest) -> HttpResponse:
    people = page.team(request.practice)
    first = {"person": request.GET.get("collega") or request.user.person_id}
    form = ColleagueClaimForm(
        request.POST or None, request.FILES or None, first=True, people=people, initial=first
    )
    if request.method == "POST" and form.is_valid():
        claimed = _tried(
            form,
            lambda: services.claim_training(
                person=form.cleaned_data["person"],
                practice=request.practice,
                told=form.told(),
                proof=form.cleaned_data["proof"],
                actor=request.user,
                on_behalf=request.access.on_behalf,
            ),
        )
        if claimed:
            messages.success(request, _("Sent. PrimaCura looks at it; you see here what is said."))
            return redirect("practice_training", request.practice.slug)
    return TemplateResponse(request, "training/claims/edit.html", {"form": form})


@practice_page(Permission.CLAIM_FOR_COLLEAGUES)
def claim(request: PracticeRequest, pk: int) -> HttpResponse:
    """The same for who claims for colleagues; the proof is not for who acts on behalf."""
    found = _of_practice(request, pk)
    if request.method == "POST":
        back = redirect("claim", request.practice.slug, pk)
        on_behalf = request.access.on_behalf
        return _withdraw(request, found, request.user, back=back, on_behalf=on_behalf)
    proof = hasattr(found, "proof")
    context = {
        "claim": found,
        "steps": page.history(found),
        "has_proof": proof and Permission.SEE_PROOF in request.access,
        "proof_gone": not proof,
    }
    return TemplateResponse(request, "training/claims/claim.html", context)


@practice_page(Permission.CLAIM_FOR_COLLEAGUES)
def claim_change(request: PracticeRequest, pk: int) -> HttpResponse:
    found = _of_practice(request, pk)
    form = _change_form(request, found)
    on_behalf = request.access.on_behalf
    sent = request.method == "POST" and form.is_valid()
    if sent and _changed(form, found, request.user, on_behalf=on_behalf):
        messages.success(request, _("Sent. PrimaCura looks at it again."))
        return redirect("claim", request.practice.slug, pk)
    return _change_page(request, found, form)


@require_safe
@practice_page(Permission.SEE_PROOF)
def claim_proof(request: PracticeRequest, pk: int) -> HttpResponse:
    return proof_file(_of_practice(request, pk), request.user)


def _own(user: User, pk: int) -> TrainingClaim:
    own = TrainingClaim.objects.of_person(user.person).select_related("person", "practice")
    return get_object_or_404(own.select_related("proof").defer("proof__content"), pk=pk)


def _of_practice(request: PracticeRequest, pk: int) -> TrainingClaim:
    found = TrainingClaim.objects.of_practice(request.practice)
    found = found.select_related("person", "practice", "proof").defer("proof__content")
    return get_object_or_404(found, pk=pk)


def _change_form(request: HttpRequest, claim: TrainingClaim) -> ClaimForm:
    return ClaimForm(
        request.POST or None, request.FILES or None, first=False, initial=first_values(claim)
    )


def _change_page(request: HttpRequest, claim: TrainingClaim, form: ClaimForm) -> HttpResponse:
    context = {"claim": claim, "form": form, "question": page.question(claim)}
    return TemplateResponse(request, "training/claims/edit.html", context)


def _changed(form: ClaimForm, claim: TrainingClaim, user: User, *, on_behalf: bool = False) -> bool:
    return _tried(
        form,
        lambda: services.change_claim(
            claim=claim,
            told=form.told(),
            proof=form.cleaned_data["proof"],
            actor=user,
            on_behalf=on_behalf,
        ),
    )


def _tried(form: ClaimForm, act: Callable[[], object]) -> bool:
    """Do it; or say above the form why not."""
    try:
        act()
    except NotPossibleError as error:
        form.add_error(None, str(error))
        return False
    return True


def _withdraw(
    request: HttpRequest,
    claim: TrainingClaim,
    user: User,
    *,
    back: HttpResponse,
    on_behalf: bool = False,
) -> HttpResponse:
    try:
        services.withdraw_claim(claim=claim, actor=user, on_behalf=on_behalf)
    except NotPossibleError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("Withdrawn. The proof is deleted."))
    return back
