"""What arrives from a device: read strictly, kept one by one, told what stands."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.test import RequestFactory
from django.utils import timezone

from practices.drafts.exchange import (
    LONGEST_VALUE,
    MOST_CHANGES,
    Change,
    Held,
    Outcome,
    UnreadableError,
    exchange,
    held_json,
    read_changes,
    user_key,
)
from practices.models import User

ANNA, BERT = User(pk=1, email="anna@voorbeeld.example"), User(pk=2, email="b@voorbeeld.example")
NOON = datetime(2026, 3, 14, 12, 0, tzinfo=UTC)


def sent(**other: object) -> dict[str, object]:
    return {"id": "a-1", "field": "p7", "value": "present", "base": "", "at": NOON.isoformat()} | (
        other
    )


def body(*changes: dict[str, object], user: User = ANNA) -> bytes:
    return json.dumps({"user": user_key(user), "changes": list(changes)}).encode()


def test_a_change_is_read_as_it_was_made():
    assert read_changes(body(sent()), user_key(ANNA)) == [Change("a-1", "p7", "present", "", NOON)]


def test_a_clock_that_is_ahead_gives_the_moment_of_arrival():
    ahead = timezone.now() + timedelta(hours=3)
    (change,) = read_changes(body(sent(at=ahead.isoformat())), user_key(ANNA))
    assert change.at < ahead


def test_a_moment_without_zone_gives_the_moment_of_arrival():
    (change,) = read_changes(body(sent(at="2026-03-14T12:00:00")), user_key(ANNA))
    assert timezone.now() - change.at < timedelta(minutes=1)


@pytest.mark.parametrize("at", ["0001-01-01T00:00:00+14:00", "1970-01-01T00:00:00Z"])
def test_a_clock_of_long_ago_gives_the_moment_of_arrival(at):
    """The first could not even be read from the database again."""
    (change,) = read_changes(body(sent(at=at)), user_key(ANNA))
    assert timezone.now() - change.at < timedelta(minutes=1)


@pytest.mark.parametrize(
    "wrong",
    [
        b"",
        body(sent(value="\ud800")),
        b"[]",
        b"[" * 100_000,
        b'{"user": 1}',
        body(sent(), user=BERT),
        body(sent(id="")),
        body(sent(field="")),
        body(sent(value=None)),
        body(sent(value="a\0b")),
        body(sent(id="x" * 81)),
        body(sent(value="x" * (LONGEST_VALUE + 1))),
        body(sent(at="gisteren")),
        body(*[sent()] * (MOST_CHANGES + 1)),
    ],
)
def test_anything_else_is_refused_as_a_whole(wrong):
    with pytest.raises(UnreadableError):
        read_changes(wrong, user_key(ANNA))


def test_one_change_that_is_refused_does_not_hold_up_the_others():
    def keep(change: Change) -> Outcome:
        if change.id == "a-2":
            raise ValidationError("Dit kan niet.")
        return Outcome.CONFLICT if change.id == "a-3" else Outcome.KEPT

    made = RequestFactory().post(
        "/",
        body(sent(), sent(id="a-2"), sent(id="a-3"), sent(id="a-4")),
        content_type="application/json",
    )
    held = [Held("p7", "present", "a-4", "Anna", NOON)]
    answer = json.loads(exchange(made, user=ANNA, held=lambda: held, keep=keep).content)
    assert answer["outcomes"] == {
        "a-1": "kept",
        "a-2": "Dit kan niet.",
        "a-3": "conflict",
        "a-4": "kept",
    }
    assert answer["held"] == {
        "p7": {
            "value": "present",
            "version": "a-4",
            "by": "Anna",
            "at": "2026-03-14T12:00:00.000Z",
        }
    }
    assert answer["user"] == user_key(ANNA)
    assert answer["token"]


def test_of_another_account_on_the_same_device_nothing_is_kept():
    made = RequestFactory().post("/", body(sent(), user=BERT), content_type="application/json")

    def keep(change: Change) -> Outcome:
        raise AssertionError

    assert exchange(made, user=ANNA, held=list, keep=keep).status_code == 400


def test_the_key_of_an_account_says_nothing_about_it():
    assert user_key(ANNA) != user_key(BERT)
    assert user_key(ANNA) != "1"
    assert len(user_key(ANNA)) == 24


def test_a_field_without_a_moment_has_none():
    assert held_json([Held("p7", "", "")])["fields"] == {
        "p7": {"value": "", "version": "", "by": "", "at": ""}
    }
