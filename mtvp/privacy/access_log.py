"""The access log of the web server: what was asked for, without what opens a door.

Addresses of calendars, invitations and links in mail open something for whoever knows them, and
what people search for stands behind the question mark.
"""

import re
from typing import Any

from gunicorn.glogging import Logger

_LONG = re.compile(r"(?<=/)[^/?\s\"]{20,}")
_PLAIN = re.compile(r"[a-z]+(-[a-z]+)*(-[0-9]{1,2})?|[0-9a-z.-]+\.(js|css|svg|woff2|pdf|xlsx|csv)")
_PASSWORD = re.compile(r"(?<=/accounts/password/reset/key/)[^/?\s\"]+")
_QUERY = re.compile(r"\?[^\s\"]*")
HIDDEN = "…"


def without_secrets(address: str) -> str:
    """Long parts that are no plain words, and whatever stands behind the question mark, hidden."""
    bare = _PASSWORD.sub(HIDDEN, _QUERY.sub(f"?{HIDDEN}", address))
    return _LONG.sub(lambda part: part[0] if _PLAIN.fullmatch(part[0]) else HIDDEN, bare)


class AccessLog(Logger):  # type: ignore[misc]  # gunicorn has no types
    """Named on the command line of gunicorn."""

    def atoms(self, resp: Any, req: Any, environ: Any, request_time: Any) -> dict[str, Any]:
        found: dict[str, Any] = super().atoms(resp, req, environ, request_time)
        hidden = {name: without_secrets(str(found[name] or "")) for name in ("r", "U", "f")}
        return found | hidden | {"q": HIDDEN if found["q"] else ""}
