"""What every request passes: language, second factor, no copies of private pages."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import translation

from practices.accounts import lacks_second_factor
from practices.idle.kept import remember_who

Handler = Callable[[HttpRequest], HttpResponse]


def language(get_response: Handler) -> Handler:
    """Dutch whatever the browser says; another language only by the remembered switch."""
    offered = dict(settings.LANGUAGES)

    def respond(request: HttpRequest) -> HttpResponse:
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
        code = chosen if chosen in offered else settings.LANGUAGE_CODE
        with translation.override(code):
            request.LANGUAGE_CODE = code
            response = get_response(request)
        response.headers.setdefault("Content-Language", code)
        return response

    return respond


def second_factor(get_response: Handler) -> Handler:
    """Until a second factor is set up, only the pages that do so are reachable."""
    free = ("/accounts/", "/static/", "/taal/", "/healthz", "/readyz")

    def respond(request: HttpRequest) -> HttpResponse:
        if not request.path.startswith(free) and lacks_second_factor(request.user):
            return redirect("mfa_index")
        return get_response(request)

    return respond


POWERS_OF_THE_BROWSER = "camera=(), geolocation=(), microphone=(), payment=(), usb=()"


def private_pages(get_response: Handler) -> Handler:
    """Nothing of a signed-in page stays in a cache; no page uses the camera and the like.

    Signing out also empties what pages keep on the device for work without network.
    """

    def respond(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response.headers.setdefault("Permissions-Policy", POWERS_OF_THE_BROWSER)
        if request.user.is_authenticated:
            response.headers.setdefault("Cache-Control", "no-store, private")
            remember_who(request, response)
        elif request.method == "POST" and request.path == reverse("account_logout"):
            response.headers["Clear-Site-Data"] = '"storage"'
        return response

    return respond
