"""The text that counts, and saving another."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.safestring import SafeString

from practices.audit import record
from practices.models import RegionText, User
from practices.states import AuditAction
from practices.texts.registry import Announced, announced, find
from practices.texts.rendering import filled, page_html


class SavedMeanwhileError(Exception):
    """Somebody saved another version since this one was opened."""


@dataclass(frozen=True, slots=True)
class Version:
    """`number` 0 is what the product brought along, saved by nobody."""

    number: int
    title: str
    body: str
    saved_by: User | None = None
    saved_at: datetime | None = None


def region_text(key: str) -> tuple[str, SafeString]:
    """Title and HTML for a page. A key that nobody announced raises KeyError."""
    text = current(_known(key))
    return text.title, page_html(text.body)


def written_text(key: str) -> tuple[str, SafeString] | None:
    """Title and HTML of what the region itself wrote; None as long as it wrote nothing."""
    text = current(_known(key))
    return (text.title, page_html(text.body)) if text.number else None


def mail_text(key: str, values: Mapping[str, str]) -> tuple[str, str]:
    """Subject and plain body; no value adds a line to the subject."""
    text = current(_known(key))
    return " ".join(filled(text.title, values).split()), filled(text.body, values)


def current(text: Announced) -> Version:
    row = RegionText.objects.filter(key=text.key).order_by("-version").first()
    return _of_row(row) if row else _shipped(text)


def versions(text: Announced) -> list[Version]:
    """The newest first, down to what the product brought along."""
    rows = RegionText.objects.filter(key=text.key).select_related("saved_by__person")
    return [*map(_of_row, rows.order_by("-version")), _shipped(text)]


def current_of_all() -> list[tuple[Announced, Version]]:
    known = announced()
    found = current_of(known)
    return [(text, found[text.key]) for text in known]


def current_of(texts: Iterable[Announced]) -> dict[str, Version]:
    """By key; one query."""
    asked = {text.key: text for text in texts}
    latest = RegionText.objects.filter(key__in=asked).order_by("key", "-version").distinct("key")
    rows = {row.key: row for row in latest.select_related("saved_by__person")}
    return {
        key: _of_row(rows[key]) if key in rows else _shipped(text) for key, text in asked.items()
    }


def save_text(*, text: Announced, title: str, body: str, based_on: int, actor: User) -> RegionText:
    """The version after `based_on`. Raises `SavedMeanwhileError` when that is not the last."""
    if current(text).number != based_on:
        raise SavedMeanwhileError
    try:
        with transaction.atomic():
            saved = RegionText.objects.create(
                key=text.key, version=based_on + 1, title=title, body=body, saved_by=actor
            )
            record(actor=actor, action=AuditAction.CHANGE, obj=saved, text=str(saved))
    except IntegrityError as error:
        raise SavedMeanwhileError from error
    return saved


def bring_back(*, text: Announced, number: int, actor: User) -> RegionText | None:
    """The contents of an earlier version as a new one; None when there is no such version."""
    known = versions(text)
    earlier = next((version for version in known[1:] if version.number == number), None)
    if earlier is None:
        return None
    return save_text(
        text=text,
        title=earlier.title,
        body=earlier.body,
        based_on=known[0].number,
        actor=actor,
    )


def _known(key: str) -> Announced:
    text = find(key)
    if text is None:
        raise KeyError(key)
    return text


def _of_row(row: RegionText) -> Version:
    return Version(row.version, row.title, row.body, row.saved_by, row.saved_at)


def _shipped(text: Announced) -> Version:
    return Version(0, text.title, text.body)
