"""Help for whoever signs in; privacy and accessibility are there for everybody."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse

from monitoring.help.texts import ACCESSIBILITY, GUIDES, OF_ROLE, PRIVACY
from monitoring.home.places import places_of
from practices.models import User
from practices.tenancy import SignedInRequest, access_to_practice
from practices.texts.services import region_text


def help_pages(request: SignedInRequest) -> HttpResponse:
    """One's own guides first, then those of the others."""
    own = _own_guides(request.user)
    listed = [(subject, region_text(text.key)[0]) for subject, text in GUIDES.items()]
    context = {
        "own": [one for one in listed if one[0] in own],
        "others": [one for one in listed if one[0] not in own],
    }
    return TemplateResponse(request, "monitoring/help/help.html", context)


def guide(request: HttpRequest, subject: str) -> HttpResponse:
    if subject not in GUIDES:
        raise Http404
    return _text(request, GUIDES[subject].key)


@login_not_required
def privacy(request: HttpRequest) -> HttpResponse:
    return _text(request, PRIVACY)


@login_not_required
def accessibility(request: HttpRequest) -> HttpResponse:
    return _text(request, ACCESSIBILITY)


def _text(request: HttpRequest, key: str) -> HttpResponse:
    title, html = region_text(key)
    context = {"title": title, "html": html}
    return TemplateResponse(request, "monitoring/help/text.html", context)


def _own_guides(user: User) -> set[str]:
    places = places_of(user)
    accesses = [places.region, *(access_to_practice(user, one) for one in places.practices[:1])]
    roles = {role for access in accesses for role in access.role.split(",")}
    return {OF_ROLE[role] for role in roles if role in OF_ROLE}
