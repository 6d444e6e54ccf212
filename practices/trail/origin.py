"""Where a request comes from and in what role it acts, for the events it writes.

The client is what NEN 7513 needs to tell one access point from another, and no more: the
network part of the address (IPv4 /24, IPv6 /48) and the family of the browser.
"""

import ipaddress
from collections.abc import Callable, Iterable
from contextvars import ContextVar

from allauth.account.adapter import get_adapter
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

UNKNOWN = "?"
"""The client of a request that shows none, to tell it from the work of commands and jobs."""

_client: ContextVar[str] = ContextVar("client", default="")
_role: ContextVar[str] = ContextVar("role", default="")
_on_behalf: ContextVar[bool] = ContextVar("on_behalf", default=False)

# In this order: Edge names Chrome, Chrome names Safari.
_BROWSERS = (("Edg", "Edge"), ("Firefox", "Firefox"), ("Chrome", "Chrome"), ("Safari", "Safari"))
# Android names Linux, an iPhone names Mac OS X.
_SYSTEMS = (
    *(("iPhone", "iPhone"), ("iPad", "iPad"), ("Android", "Android"), ("Windows", "Windows")),
    *(("CrOS", "ChromeOS"), ("Mac OS X", "Mac"), ("Linux", "Linux")),
)


def client() -> str:
    """Of the request in hand; empty in commands and jobs."""
    return _client.get()


def role() -> str:
    """In which the request in hand acts; empty before a page has settled it."""
    return _role.get()


def on_behalf() -> bool:
    """Whether the request in hand does a practice's own work from outside the practice."""
    return _on_behalf.get()


def acts_as(role: str, *, on_behalf: bool = False) -> None:
    """Settle the role for the rest of this request."""
    _role.set(role)
    _on_behalf.set(on_behalf)


def remember_origin(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware: one request's client and role never reach the next."""

    def respond(request: HttpRequest) -> HttpResponse:
        client_token = _client.set(client_of(request) or UNKNOWN)
        role_token = _role.set("")
        behalf_token = _on_behalf.set(False)
        try:
            return get_response(request)
        finally:
            _client.reset(client_token)
            _role.reset(role_token)
            _on_behalf.reset(behalf_token)

    return respond


def client_of(request: HttpRequest) -> str:
    """`192.0.2.0/24 Firefox`; a part that is unknown is left out."""
    browser = _first(_BROWSERS, request.headers.get("User-Agent", ""))
    return f"{_network(request)} {browser}".strip()


def device_words(agent: str) -> str:
    """What a browser says of itself, for the person who uses it: `Firefox on Windows`."""
    known = {"browser": _first(_BROWSERS, agent), "system": _first(_SYSTEMS, agent)}
    if all(known.values()):
        return _("%(browser)s on %(system)s") % known
    return known["browser"] or known["system"] or _("Unknown browser")


def _first(names: Iterable[tuple[str, str]], agent: str) -> str:
    """The name that goes with the first mark in what a browser says of itself."""
    return next((name for mark, name in names if mark in agent), "")


def _network(request: HttpRequest) -> str:
    try:
        address = ipaddress.ip_address(get_adapter(request).get_client_ip(request))
    except (PermissionDenied, ValueError):
        return ""
    if isinstance(address, ipaddress.IPv6Address) and address.ipv4_mapped:
        address = address.ipv4_mapped
    prefix = 24 if address.version == 4 else 48
    return str(ipaddress.ip_network(f"{address}/{prefix}", strict=False))
