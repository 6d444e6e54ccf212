"""Closed by default, and kind to who was typing when the session ended."""

from typing import Any

from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponseRedirect
from django.shortcuts import resolve_url
from django.urls import reverse
from django.utils.http import urlencode

from practices.idle import kept


class ClosedUnlessOpened(LoginRequiredMiddleware):
    """Every page asks for a sign-in unless its view says it does not."""

    def handle_no_permission(self, request: HttpRequest, view_func: Any) -> HttpResponseRedirect:
        if request.method != "POST":
            return redirect_to_login(request.get_full_path(), resolve_url("account_login"))
        response = HttpResponseRedirect("/")
        back = reverse("typed") if kept.keep(request, response) else "/"
        login = f"{resolve_url('account_login')}?{urlencode({'next': back})}"
        if request.headers.get("HX-Request"):
            # A swap would put the sign-in page in the middle of this one; this leaves as a whole.
            del response["Location"]
            response.status_code = 204
            response["HX-Redirect"] = login
        else:
            response["Location"] = login
        return response
