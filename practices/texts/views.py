"""Where the coordinator writes the region's own texts."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from practices.permissions import Permission
from practices.tenancy import SignedInRequest, region_page
from practices.texts import services
from practices.texts.forms import TextForm
from practices.texts.registry import Announced, find
from practices.texts.rendering import filled, mail_html, page_html

_MEANWHILE = gettext_lazy(
    "Somebody else saved this text in the meantime. Copy what you want to keep."
)


@region_page(Permission.EDIT_TEXTS)
def texts(request: SignedInRequest) -> HttpResponse:
    listed = [(text, counts, _title(text, counts)) for text, counts in services.current_of_all()]
    context = {"texts": listed}
    return TemplateResponse(request, "texts/texts.html", context)


@region_page(Permission.EDIT_TEXTS)
def edit(request: SignedInRequest, key: str) -> HttpResponse:
    text = _announced(key)
    known = services.versions(text)
    form = TextForm(request.POST or None, text=text, version=known[0])
    shown = known[0]
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        shown = services.Version(known[0].number, typed["title"], typed["body"])
        if "preview" not in request.POST and _saved(request, text, form):
            return redirect("region_text", key)
    context = {
        "text": text,
        "form": form,
        "versions": known,
        **_as_read(text, shown),
        "typed": shown is not known[0],
    }
    return TemplateResponse(request, "texts/text.html", context)


@region_page(Permission.EDIT_TEXTS)
def version(request: SignedInRequest, key: str, number: int) -> HttpResponse:
    text = _announced(key)
    known = services.versions(text)
    shown = next((version for version in known if version.number == number), None)
    if shown is None:
        raise Http404
    context = {
        "text": text,
        "shown": shown,
        **_as_read(text, shown),
        "current": shown == known[0],
    }
    return TemplateResponse(request, "texts/version.html", context)


@require_POST
@region_page(Permission.EDIT_TEXTS)
def bring_back(request: SignedInRequest, key: str, number: int) -> HttpResponse:
    text = _announced(key)
    try:
        if services.bring_back(text=text, number=number, actor=request.user) is None:
            raise Http404
        messages.success(request, _("The earlier text counts again."))
    except services.SavedMeanwhileError:
        messages.error(request, str(_MEANWHILE))
    return redirect("region_text", key)


def _saved(request: SignedInRequest, text: Announced, form: TextForm) -> bool:
    try:
        services.save_text(text=text, actor=request.user, **form.cleaned_data)
    except services.SavedMeanwhileError:
        form.add_error(None, str(_MEANWHILE))
        return False
    messages.success(request, _("The text is saved and counts from now on."))
    return True


def _announced(key: str) -> Announced:
    text = find(key)
    if text is None:
        raise Http404
    return text


def _as_read(text: Announced, version: services.Version) -> dict[str, str]:
    """Title and contents as readers get them; a mail with the examples filled in."""
    if not text.mail:
        return {"shown_title": _title(text, version), "html": page_html(version.body)}
    body = filled(version.body, text.placeholders)
    return {"shown_title": _title(text, version), "html": mail_html(body)}


def _title(text: Announced, version: services.Version) -> str:
    """As readers get it; the subject of a mail with the examples filled in."""
    return filled(version.title, text.placeholders) if text.mail else version.title
