"""The page behind a status, and the list of people the norms are about."""

from django.http import HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone

from interventions.explained.texts import OF_INTERVENTION
from monitoring.evidence.doors import doors_of
from monitoring.evidence.page import year_evidence
from monitoring.evidence.people import attendance_of, team_of
from monitoring.explained.page import next_step
from monitoring.models import Exemption
from monitoring.standing import standing
from monitoring.start.advice import SESSIONS_LOOKED_AT
from monitoring.start.page import period
from monitoring.visit_planning.people import phone_of
from monitoring.words import intervention_name
from practices.joining.texts import REGION_CONTACT
from practices.permissions import Permission
from practices.tenancy import PracticeRequest, practice_page
from practices.texts.services import region_text, written_text
from training.models import Session


@practice_page(Permission.SEE_PRACTICE)
def evidence(request: PracticeRequest, intervention: int) -> HttpResponse:
    practice, today = request.practice, timezone.localdate()
    found = standing(today, [practice.pk])[0]
    context = {
        "title": intervention_name(intervention),
        "number": intervention,
        "period": period(found),
        "step": next_step(
            found,
            intervention,
            practice=practice,
            access=request.access,
            sessions=list(Session.objects.coming(today)[:SESSIONS_LOOKED_AT]),
            as_of=today,
        ),
        "examples": f"{reverse('library')}?interventie={intervention}",
        "explanation": region_text(OF_INTERVENTION[intervention])[1],
        "years": year_evidence(found, intervention),
        "attendance": attendance_of(practice, intervention, today),
        "doors": doors_of(practice, intervention, request.access),
        "exemptions": Exemption.objects.of(practice, intervention),
    }
    return TemplateResponse(request, "monitoring/evidence/evidence.html", context)


@practice_page(Permission.SEE_PRACTICE)
def team(request: PracticeRequest) -> HttpResponse:
    today = timezone.localdate()
    context = {
        "team": team_of(request.practice, today),
        "today": today,
        "phone": phone_of(request.practice.consultant),
        "region": written_text(REGION_CONTACT),
        "region_key": REGION_CONTACT,
        "may_edit": Permission.EDIT_TEXTS in request.access,
        "may_see_partners": Permission.WRITE_PLANS in request.access,
        "may_invite": Permission.INVITE_COLLEAGUES in request.access,
    }
    return TemplateResponse(request, "monitoring/evidence/team.html", context)
