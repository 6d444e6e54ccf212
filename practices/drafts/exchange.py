"""What static/js/drafts.js sends when a page was filled in without network, and what it is told.

A page announces an address of its own that calls `exchange`. It asks what is held (GET) and sends
what waits on the device (POST). Each change is kept by itself: what one of them breaks does not
hold up the others, and one that arrives twice is kept once. docs/decisions/0085 has the contract.
"""

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, JsonResponse
from django.middleware.csrf import get_token
from django.utils import timezone
from django.utils.crypto import salted_hmac

from practices.models import User

MOST_CHANGES = 500
LONGEST_VALUE = 20_000
LONGEST_NAME = 80
EARLIEST = datetime(2024, 1, 1, tzinfo=UTC)
"""Nothing was filled in before: the clock of such a device is wrong."""


@dataclass(frozen=True, slots=True)
class Change:
    """One change of one field, made on `base` (the version the device had seen, '' for none).

    `id` is the device's and the version that comes of it; `at` is the moment on the device, never
    later than now.
    """

    id: str
    field: str
    value: str
    base: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Held:
    """What the server holds of one field, who put it there and when."""

    field: str
    value: str
    version: str
    by: str = ""
    at: datetime | None = None


class Outcome(StrEnum):
    """`CONFLICT`: somebody else changed the field meanwhile; nothing is overwritten."""

    KEPT = "kept"
    CONFLICT = "conflict"


class UnreadableError(ValueError):
    """What arrived is not what drafts.js sends."""


def user_key(user: User) -> str:
    """Tells accounts on one device apart; says nothing about who it is."""
    return salted_hmac("practices.drafts", str(user.pk)).hexdigest()[:24]


def exchange(
    request: HttpRequest,
    *,
    user: User,
    held: Callable[[], Iterable[Held]],
    keep: Callable[[Change], Outcome],
) -> JsonResponse:
    """`keep` stores one change in its own transaction; a ValidationError refuses it, in words."""
    outcomes: dict[str, str] = {}
    if request.method == "POST":
        try:
            changes = read_changes(request.body, user_key(user))
        except UnreadableError:
            return JsonResponse({}, status=400)
        for change in changes:
            outcomes[change.id] = _outcome(keep, change)
    state = held_json(held())
    whose = {"user": user_key(user), "token": get_token(request), "outcomes": outcomes}
    return JsonResponse({"at": state["at"], "held": state["fields"], **whose})


def held_json(held: Iterable[Held]) -> dict[str, Any]:
    """As the page says it when it is drawn, and as it is answered."""
    fields = {
        one.field: {
            "value": one.value,
            "version": one.version,
            "by": one.by,
            "at": _utc(one.at) if one.at else "",
        }
        for one in held
    }
    return {"at": _utc(timezone.now()), "fields": fields}


def read_changes(body: bytes, expected_user: str) -> list[Change]:
    """The changes in the order in which they were made; of this account only."""
    try:
        sent = json.loads(body)
        if sent["user"] != expected_user or len(sent["changes"]) > MOST_CHANGES:
            raise UnreadableError
        return [_change(one) for one in sent["changes"]]
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise UnreadableError from error


def can_be_kept(text: str) -> bool:
    """A database takes no NUL and no half a character; JSON within a value can hold both."""
    try:
        return b"\0" not in text.encode()
    except UnicodeEncodeError:
        return False


def _outcome(keep: Callable[[Change], Outcome], change: Change) -> str:
    try:
        return keep(change)
    except ValidationError as error:
        return " ".join(error.messages)


def _change(sent: dict[str, Any]) -> Change:
    names = [sent["id"], sent["field"], sent["base"]]
    texts = [*names, sent["value"]]
    if not all(isinstance(text, str) and can_be_kept(text) for text in texts):
        raise UnreadableError
    if any(len(name) > LONGEST_NAME for name in names) or len(sent["value"]) > LONGEST_VALUE:
        raise UnreadableError
    if not sent["id"] or not sent["field"]:
        raise UnreadableError
    moment = _moment(datetime.fromisoformat(sent["at"]))
    return Change(sent["id"], sent["field"], sent["value"], sent["base"], moment)


def _moment(at: datetime) -> datetime:
    """A clock that is ahead, years behind or without a zone gives the moment of arrival."""
    now = timezone.now()
    return at if timezone.is_aware(at) and EARLIEST <= at <= now else now


def _utc(moment: datetime) -> str:
    """As a browser writes it: texts of this form sort by time."""
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
