"""The programme explained: for everybody who signs in, with a way to where the practice stands."""

from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse

from interventions.explained.goals import Goal, goal_name
from interventions.explained.texts import OF_INTERVENTION, PROGRAMME
from monitoring.evidence.subjects import PAGES
from monitoring.explained.page import NUMBERS, contributions
from monitoring.home.places import places_of, sees_agenda
from practices.tenancy import SignedInRequest
from practices.texts.services import region_text


def programme_explained(request: HttpRequest) -> HttpResponse:
    title, html = region_text(PROGRAMME)
    context = {
        "title": title,
        "html": html,
        "goals": [goal_name(goal) for goal in Goal],
        "contributions": contributions(),
    }
    return TemplateResponse(request, "monitoring/explained/programme.html", context)


def intervention_explained(request: SignedInRequest, subject: str) -> HttpResponse:
    if subject not in NUMBERS:
        raise Http404
    number = NUMBERS[subject]
    title, html = region_text(OF_INTERVENTION[number])
    places = places_of(request.user)
    practices = places.practices
    examples = f"{reverse('library')}?interventie={number}" if sees_agenda(places) else ""
    context = {
        "number": number,
        "title": title,
        "html": html,
        "own": reverse(PAGES[number], args=[practices[0].slug]) if len(practices) == 1 else "",
        "examples": examples,
        "all": contributions(),
    }
    return TemplateResponse(request, "monitoring/explained/intervention.html", context)
