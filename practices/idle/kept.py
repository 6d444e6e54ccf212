"""Typed text outlives a session that ended while it was typed.

Who posts after half an hour of silence is sent to sign in. What was typed waits encrypted in the
cache, a quarter of an hour at most, under a number in a cookie, and is given back to the same
account only.
"""

import json
import secrets
from dataclasses import dataclass

from django.core import signing
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse

from practices.vault import cipher

KEPT_FOR = 15 * 60
MOST_BYTES = 256 * 1024
COOKIE = "mtvp_kept"
WHO_COOKIE = "mtvp_who"
ACCOUNT_PAGES = "/accounts/"
"""What is typed there, passwords and codes, opens doors: none of it is put aside."""

_signer = signing.Signer(salt="practices.idle")


@dataclass(frozen=True, slots=True)
class Typed:
    """A post that came too late: where it was going, its fields, and whether files were left."""

    path: str
    fields: list[tuple[str, str]]
    had_files: bool


def remember_who(request: HttpRequest, response: HttpResponse) -> None:
    """Note the account in a signed cookie, to know it again after the session ended."""
    who = _signer.sign(str(request.user.pk))
    if request.COOKIES.get(WHO_COOKIE) != who:
        _set(request, response, WHO_COOKIE, who, 12 * 3600)


def keep(request: HttpRequest, response: HttpResponse) -> bool:
    """Put the fields of a late post aside; False when there is nothing or nobody to keep for."""
    if request.path.startswith(ACCOUNT_PAGES):
        return False
    who = _who(request)
    fields = [
        (name, value)
        for name, values in request.POST.lists()
        if name != "csrfmiddlewaretoken"
        for value in values
    ]
    content = json.dumps([who, request.get_full_path(), fields, bool(request.FILES)])
    if who is None or not fields or len(content) > MOST_BYTES:
        return False
    number = secrets.token_urlsafe(24)
    cache.set(_key(number), cipher().encrypt(content), KEPT_FOR)
    _set(request, response, COOKIE, number, KEPT_FOR)
    return True


def typed_by(request: HttpRequest) -> Typed | None:
    """What the signed-in account typed before, or None when that is nothing (any more)."""
    token = cache.get(_key(request.COOKIES.get(COOKIE, "")))
    if token is None:
        return None
    who, path, fields, had_files = json.loads(cipher().decrypt(token))
    if who != str(request.user.pk):
        return None
    return Typed(path, [(name, value) for name, value in fields], had_files)


def forget(request: HttpRequest, response: HttpResponse) -> None:
    cache.delete(_key(request.COOKIES.get(COOKIE, "")))
    response.delete_cookie(COOKIE)


def _who(request: HttpRequest) -> str | None:
    try:
        return _signer.unsign(request.COOKIES.get(WHO_COOKIE, ""))
    except signing.BadSignature:
        return None


def _key(number: str) -> str:
    return f"typed:{number}"


def _set(request: HttpRequest, response: HttpResponse, name: str, value: str, age: int) -> None:
    response.set_cookie(
        name, value, max_age=age, httponly=True, secure=request.is_secure(), samesite="Lax"
    )
