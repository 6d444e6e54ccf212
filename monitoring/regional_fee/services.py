"""The list for the regional fee: reading in that of a quarter, and taking a practice off it."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.db import transaction
from django.db.models import Q

from monitoring.models import RegionalFeeListing, RegionUpload
from monitoring.region_import.parsing import unread_words
from monitoring.region_import.read import NamedFile, RawTable, UnreadableFileError, read_table
from monitoring.region_import.uploads import start_upload
from monitoring.regional_fee.lists import (
    LIST,
    Listed,
    NoPracticesError,
    Spells,
    listed_in,
    quarter_list,
)
from monitoring.regional_fee.states import LEADING_INSURER
from practices.audit import record
from practices.changes.codes import former_codes
from practices.models import Insurer, Practice, User
from practices.states import AuditAction

TABLE = "regional_fee"
PAGE = "regional_fee"
"""Where somebody comes back to once the list is stored."""


class UnreadableListError(Exception):
    """The file cannot be taken as a list; `message` says why."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class OvertakenListError(Exception):
    """Practices came onto the list after this quarter: ending others now would undo that."""

    def __init__(self, practices: Collection[str]) -> None:
        super().__init__(practices)
        self.practices = practices


class UnknownInsurersError(Exception):
    """The file names insurers that nobody has patients of: a slip of the pen would end the list of
    one and begin another's. `insurers` by name, with the first row of each."""

    def __init__(self, insurers: Mapping[str, int]) -> None:
        super().__init__(insurers)
        self.insurers = insurers


class LastDayTakenError(Exception):
    """The practice comes on the same list again on `again_on`, which is not after the last day."""

    def __init__(self, again_on: date) -> None:
        super().__init__(again_on)
        self.again_on = again_on


@dataclass(frozen=True, slots=True)
class SentList:
    """`kept` are practices (by name) that came onto the list on this very day and are not in the
    file: they can only be taken off by hand. `silent` are insurers that follow and of which the
    leading insurer's file says nothing: their list stays as it was. `skipped` says how many sheets
    of the file are not read; '' when all are."""

    upload: RegionUpload
    kept: tuple[str, ...]
    silent: tuple[str, ...]
    skipped: str


def send_list(
    *, name: str, content: bytes, insurer: Insurer, first_day: date, actor: User
) -> SentList:
    """Hold an insurer's list of a quarter against the list as it stands, and let a worker look at
    what that would do; nothing is stored before somebody confirms.

    Raises `UnreadableListError`, `NoCodesError`, `NoPracticesError`, `UnknownInsurersError` or
    `OvertakenListError`.
    """
    table = _table(name, content)
    listed = _listed(table, insurer)
    if unknown := _unknown(listed):
        raise UnknownInsurersError(unknown)
    found = quarter_list(
        listed,
        _spells([insurer.name, *_insurers(listed)]),
        insurer=insurer.name,
        first_day=first_day,
    )
    if found.later:
        raise OvertakenListError(_names(found.later))
    files: Sequence[NamedFile] = [(f"{TABLE}.csv", found.content)]
    upload = start_upload(files=files, actor=actor, page=PAGE, called={f"{TABLE}.csv": name})
    return SentList(
        upload,
        tuple(_names(found.from_this_day)),
        _silent(listed, insurer, first_day),
        unread_words(table) if table.unread_sheets else "",
    )


def take_off_list(*, listing: RegionalFeeListing, last_day: date, actor: User) -> None:
    """The practice leaves the list after `last_day`; before it came on it, it never was on it.
    Raises `LastDayTakenError`."""
    with transaction.atomic():
        again = RegionalFeeListing.objects.filter(
            practice=listing.practice_id, insurer=listing.insurer_id, from_on__gt=listing.from_on
        )
        again_on = again.order_by("from_on").values_list("from_on", flat=True).first()
        if again_on is not None and last_day >= again_on:
            raise LastDayTakenError(again_on)
        if last_day < listing.from_on:
            record(actor=actor, practice=listing.practice, action=AuditAction.DELETE, obj=listing)
            listing.delete()
            return
        listing.until_on = last_day
        listing.save(update_fields=["until_on"])
        record(
            actor=actor,
            practice=listing.practice,
            action=AuditAction.CHANGE,
            obj=listing,
            fields=["until_on"],
        )


def _table(name: str, content: bytes) -> RawTable:
    try:
        return read_table(LIST, name, content)
    except UnreadableFileError as refused:
        raise UnreadableListError(refused.message) from refused


def _listed(table: RawTable, insurer: Insurer) -> list[Listed]:
    codes = former_codes()
    listed = [
        replace(one, code=codes.get(one.code, one.code)) for one in listed_in(table, insurer.name)
    ]
    if not listed:
        raise NoPracticesError
    return listed


def _insurers(listed: Sequence[Listed]) -> set[str]:
    return {one.insurer for one in listed}


def _unknown(listed: Sequence[Listed]) -> dict[str, int]:
    known = {name.casefold() for name in Insurer.objects.values_list("name", flat=True)}
    found: dict[str, int] = {}
    for one in listed:
        if one.insurer.casefold() not in known:
            found.setdefault(one.insurer, one.row)
    return found


def _silent(listed: Sequence[Listed], insurer: Insurer, first_day: date) -> tuple[str, ...]:
    if insurer.name.casefold() != LEADING_INSURER.casefold():
        return ()
    named = {insurer.name.casefold(), *(one.insurer.casefold() for one in listed)}
    standing = RegionalFeeListing.objects.filter(
        Q(until_on=None) | Q(until_on__gte=first_day), from_on__lte=first_day
    )
    names = standing.order_by("insurer__name").values_list("insurer__name", flat=True).distinct()
    return tuple(name for name in names if name.casefold() not in named)


def _spells(insurers: Collection[str]) -> Spells:
    folded = {name.casefold() for name in insurers}
    known = [one for one in Insurer.objects.all() if one.name.casefold() in folded]
    rows = RegionalFeeListing.objects.filter(insurer__in=known).values_list(
        "practice__code", "insurer__name", "from_on", "until_on"
    )
    found: dict[tuple[str, str], list[tuple[date, date | None]]] = {}
    for code, insurer, from_on, until_on in rows:
        found.setdefault((code, insurer), []).append((from_on, until_on))
    return found


def _names(codes: Collection[str]) -> list[str]:
    names: Mapping[str, str] = dict(
        Practice.objects.filter(code__in=codes).order_by().values_list("code", "name")
    )
    return sorted(names.values())
