"""The pages for a patient who asks, and for somebody's own data."""

import json
from typing import Any

from django.contrib import messages
from django.core.serializers.json import DjangoJSONEncoder
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from practices.audit import record
from practices.models import AuditEvent
from practices.permissions import Permission
from practices.rights import patients, people
from practices.rights.forms import PatientSearchForm, RemovalForm
from practices.rights.states import RemovalReason
from practices.states import AuditAction
from practices.tenancy import PracticeRequest, practice_page

SHOWN = 200
"""Of who looked: the latest events; the export of the trail is for more."""


@practice_page(Permission.ANSWER_PATIENT)
def search(request: PracticeRequest) -> HttpResponse:
    """The number is posted, never part of an address; the page behind it has the keyed hash."""
    form = PatientSearchForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        key = patients.search_patient(
            practice=request.practice, number=form.cleaned_data["number"], actor=request.user
        )
        if key:
            return redirect("patient_rights", request.practice.slug, key.hex())
        form.add_error("number", _("We hold nothing under this number."))
    context = {"form": form, "practice": request.practice}
    return TemplateResponse(request, "rights/search.html", context)


@practice_page(Permission.ANSWER_PATIENT)
@require_GET
def of_patient(request: PracticeRequest, code: str) -> HttpResponse:
    """Who looked at this patient, and what can be done for the patient."""
    key = _patient(request, code)
    return TemplateResponse(request, "rights/patient.html", _about(request, code, key))


@practice_page(Permission.ANSWER_PATIENT)
@require_GET
def download(request: PracticeRequest, code: str) -> HttpResponse:
    key = _patient(request, code)
    held = patients.export_patient(practice=request.practice, key=key, actor=request.user)
    return _json(held, "patient.json")


@practice_page(Permission.ANSWER_PATIENT)
@require_POST
def remove(request: PracticeRequest, code: str) -> HttpResponse:
    key = _patient(request, code)
    form = RemovalForm(request.POST)
    if not form.is_valid():
        context = _about(request, code, key) | {"form": form}
        return TemplateResponse(request, "rights/patient.html", context)
    patients.remove_patient(
        practice=request.practice,
        key=key,
        reason=RemovalReason(form.cleaned_data["reason"]),
        actor=request.user,
    )
    messages.success(request, _("The patient is taken out, also of later extracts."))
    return redirect("patient_search", request.practice.slug)


@require_GET
def own_data(request: HttpRequest) -> HttpResponse:
    """What is held on whoever is signed in."""
    account: Any = request.user
    held = people.export_person(person=account.person, account=account, actor=account)
    return _json(held, "mijn-gegevens.json")


def _patient(request: PracticeRequest, code: str) -> bytes:
    key = patients.find_patient(practice=request.practice, code=code)
    if key is None:
        raise Http404
    return key


def _about(request: PracticeRequest, code: str, key: bytes) -> dict[str, Any]:
    practice, actor = request.practice, request.user
    events = AuditEvent.objects.with_people()
    looked = list(events.on_patient(practice, key)[:SHOWN])
    together = list(events.on_all_patients(practice)[:SHOWN])
    record(
        actor=actor,
        action=AuditAction.READ,
        obj=(AuditEvent._meta.label_lower, ""),
        practice=practice,
        patient_key=key,
    )
    return {
        "practice": practice,
        "code": code,
        "short": code.upper() if code[:2].upper() == "V-" else _("this patient"),
        "looked": looked,
        "together": together,
        "form": RemovalForm(),
    }


def _json(held: dict[str, Any], name: str) -> HttpResponse:
    content = json.dumps(held, cls=DjangoJSONEncoder, indent=2, ensure_ascii=False)
    return HttpResponse(
        content,
        content_type="application/json",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )
