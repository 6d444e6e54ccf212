"""The coordinator's pages about changes of practice, and the list of contacts."""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from mtvp.documents.xlsx import workbook
from practices.audit import record
from practices.changes import services
from practices.changes.contacts import contacts_document, contacts_of_region
from practices.changes.effects import effects
from practices.changes.forms import FORMS, TakeoverForm
from practices.changes.overview import open_kinds
from practices.changes.undoing import StandsError, undo
from practices.joining.texts import REGION_CONTACT
from practices.models import Practice, PracticeChange
from practices.permissions import Permission
from practices.states import AuditAction, ChangeKind
from practices.tenancy import SignedInRequest, region_page
from practices.texts.services import written_text

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@region_page(Permission.RUN_PIPELINE)
def change(request: SignedInRequest, slug: str, kind: str) -> HttpResponse:
    """Fill in, look at what it will do, confirm. Nothing is noted that was not shown."""
    practice = _practice(slug)
    if kind not in open_kinds(practice):
        raise Http404
    chosen, today = ChangeKind(kind), timezone.localdate()
    form = FORMS[chosen](request.POST or None, practice=practice, today=today)
    foreseen: list[str] = []
    if request.method == "POST" and form.is_valid() and "anew" not in request.POST:
        foreseen = effects(chosen, practice, form.cleaned_data)
        if request.POST.get("seen") == _fingerprint(foreseen):
            return _note(request, practice, chosen, form)
    context = {
        "practice": practice,
        "kind": chosen,
        "form": form,
        "foreseen": foreseen,
        "seen": _fingerprint(foreseen),
    }
    return TemplateResponse(request, "changes/change.html", context)


def _note(
    request: SignedInRequest, practice: Practice, kind: ChangeKind, form: Any
) -> HttpResponse:
    data = dict(form.cleaned_data)
    if isinstance(form, TakeoverForm):
        data = {name: data[name] for name in ("day", "leaving", "name")} | {"owner": form.owner}
    try:
        _SERVICES[kind](practice=practice, actor=request.user, **data)
    except services.ChangedError:
        messages.error(request, _("Something changed in the meantime. Look at it again."))
        return redirect("practice_change", practice.slug, kind)
    messages.success(request, _("Noted: %(change)s.") % {"change": kind.label})
    return redirect("joining", practice.slug)


@require_POST
@region_page(Permission.RUN_PIPELINE)
def take_back(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    found = get_object_or_404(PracticeChange.objects.standing(), pk=pk, practice=_practice(slug))
    try:
        undo(change=found, actor=request.user)
    except StandsError:
        messages.error(request, _("This can no longer be taken back: more came after it."))
    else:
        messages.success(request, _("Taken back. Everything is as it was before."))
    return redirect("joining", slug)


@region_page(Permission.RUN_PIPELINE)
def contacts(request: SignedInRequest) -> HttpResponse:
    """On screen; as a workbook on request, and that is in the trail."""
    today = timezone.localdate()
    found = contacts_of_region(today)
    if request.method == "POST":
        record(
            actor=request.user,
            role=request.access.role,
            action=AuditAction.EXPORT,
            obj=("contacts", ""),
            practices=len(found),
        )
        name = f"mtvp-contacten-{today.isoformat()}.xlsx"
        return HttpResponse(
            workbook(contacts_document(found, today)),
            content_type=XLSX,
            headers={"Content-Disposition": f'attachment; filename="{name}"'},
        )
    context = {
        "found": found,
        "region": written_text(REGION_CONTACT),
        "region_key": REGION_CONTACT,
        "may_edit": Permission.EDIT_TEXTS in request.access,
    }
    return TemplateResponse(request, "changes/contacts.html", context)


def _practice(slug: str) -> Practice:
    return get_object_or_404(Practice.objects.select_related("cohort", "consultant"), slug=slug)


def _fingerprint(sentences: Sequence[str]) -> str:
    """Of what was shown, so that only that is confirmed."""
    return hashlib.sha256("\n".join(sentences).encode()).hexdigest()


_SERVICES: Mapping[ChangeKind, Callable[..., PracticeChange]] = {
    ChangeKind.CODE: services.change_code,
    ChangeKind.CONSULTANT: services.change_consultant,
    ChangeKind.TAKEOVER: services.take_over,
    ChangeKind.MERGER: services.merge,
    ChangeKind.SPLIT: services.split,
}
