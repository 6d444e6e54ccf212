"""The page that gives back what was typed."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.views.decorators.http import require_POST

from practices.idle import kept


def typed(request: HttpRequest) -> HttpResponse:
    """Show it, and send it on to where it was going at the push of a button."""
    found = kept.typed_by(request)
    if found is None:
        return redirect("home")
    return TemplateResponse(request, "idle/typed.html", {"typed": found})


@require_POST
def forget(request: HttpRequest) -> HttpResponse:
    response = redirect("home")
    kept.forget(request, response)
    return response
