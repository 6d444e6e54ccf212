"""The library of examples as the coordinator keeps it."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from interventions.examples import services
from interventions.examples.forms import DecideForm, DeclineExampleForm, ExampleForm
from interventions.examples.states import ExampleState
from interventions.models import Example, ExampleDocument
from monitoring.library.choice import choices, names
from practices.permissions import Permission
from practices.received.files import download
from practices.tenancy import SignedInRequest, region_page
from practices.texts.rendering import page_html

LATEST = 50


@region_page(Permission.EDIT_TEXTS)
def manage(request: SignedInRequest) -> HttpResponse:
    """What waits, what is in the library, and what was kept out of it lately."""
    shown = Example.objects.with_document()
    context = names() | {
        "waiting": shown.to_decide().select_related("practice"),
        "published": shown.published().with_thanks().order_by("title"),
        "declined": shown.filter(state=ExampleState.DECLINED).order_by("-decided_at")[:LATEST],
    }
    return TemplateResponse(request, "monitoring/library/manage.html", context)


@region_page(Permission.EDIT_TEXTS)
def write(request: SignedInRequest) -> HttpResponse:
    form = ExampleForm(request.POST or None, request.FILES or None, **choices())
    if request.method == "POST" and form.may_be_kept():
        document = form.cleaned_data["document"]
        services.write(written=form.written(), actor=request.user, document=document)
        messages.success(request, _in_the_library(document))
        return redirect("manage_examples")
    return TemplateResponse(request, "monitoring/library/write.html", {"form": form})


@region_page(Permission.EDIT_TEXTS)
def decide(request: SignedInRequest, pk: int) -> HttpResponse:
    """What the practice sent, with its document; published as edited here, or kept out."""
    known = Example.objects.select_related("practice", "offered_by").with_document()
    found = get_object_or_404(known, pk=pk)
    if found.state == ExampleState.WITHDRAWN:
        messages.error(request, _("The practice took this back."))
        return redirect("manage_examples")
    declines = request.POST.get("decision") == "decline"
    data = request.POST or None
    form = DecideForm(
        None if declines else data,
        None if declines else request.FILES or None,
        example=found,
        has_document=ExampleDocument.objects.filter(example=found).exists(),
        **choices(),
    )
    decline = DeclineExampleForm(data if declines else None)
    if request.method == "POST" and _decided(request, found, decline if declines else form):
        return redirect("manage_examples")
    context = {"example": found, "form": form, "decline": decline, "html": page_html(found.body)}
    return TemplateResponse(request, "monitoring/library/decide.html", context)


@require_safe
@region_page(Permission.EDIT_TEXTS)
def offered_document(request: SignedInRequest, pk: int) -> HttpResponse:
    """Before it is decided about."""
    found = get_object_or_404(ExampleDocument.objects.ready(), example=pk)
    return download(content=found.content, kind=found.kind, name=f"voorbeeld-{pk}")


def _decided(
    request: SignedInRequest, found: Example, form: DecideForm | DeclineExampleForm
) -> bool:
    kept = form.is_valid() if isinstance(form, DeclineExampleForm) else form.may_be_kept()
    if not kept:
        return False
    try:
        if isinstance(form, DeclineExampleForm):
            reason = form.cleaned_data["reason"]
            services.decline(example=found, reason=reason, actor=request.user)
            messages.success(request, _("Not in the library. The practice reads your reason."))
        else:
            document = form.cleaned_data["document"]
            services.publish(
                example=found,
                written=form.written(),
                actor=request.user,
                document=document,
                without_document=form.cleaned_data.get("without_document", False),
            )
            messages.success(request, _in_the_library(document))
    except services.DocumentWaitsError:
        form.add_error(
            None,
            _("We are still looking at the document. Wait a minute, open it, and publish then."),
        )
        return False
    except services.DecidedMeanwhileError:
        messages.error(request, _("Somebody changed this in the meantime. Look again."))
    return True


def _in_the_library(document: bytes | None) -> str:
    if document is None:
        return _("It is in the library.")
    return _("It is in the library. Its document follows once we have looked at it.")
