"""What one cell says: each kind of column has one reading, and one message when it fails."""

import re
from collections.abc import Callable
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from monitoring.region_import.schema import Column, Kind
from practices.states import StaffRole
from training.states import SessionKind

Value = str | int | date | bool | Decimal | tuple[str, str] | None

MENDED_DIGITS = 7
AGB_DIGITS = 8
_WHOLE = re.compile(r"(-?)([0-9]{1,18})(?:[.,]0)?")
_DECIMAL = re.compile(r"(-?)([0-9]{1,18})(?:[.,]([0-9]{1,18}))?")
_DAY_FIRST = re.compile(r"(?P<day>\d{1,2})[-/](?P<month>\d{1,2})[-/](?P<year>\d{4})", re.ASCII)
_YEAR_FIRST = re.compile(r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})", re.ASCII)
_MIDNIGHT = re.compile(r"[ T]0{1,2}:00(:00(\.0+)?)?$")
_QUARTER = re.compile(r"(19|20)[0-9]{2}Q[1-4]")
_INDICATOR_WITH_DETAIL = "referrals"
_FIRST_YEAR, _LAST_YEAR = 1900, 2100


class UnreadableCellError(Exception):
    """A cell that does not say what its column is for; the message does not repeat the cell."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


def read_value(text: str, column: Column) -> Value:
    """The value of a cell that is not blank; `UnreadableCellError` says why there is none."""
    if "\x00" in text:
        raise UnreadableCellError(_("This cell holds a character that cannot be stored."))
    return _READINGS[column.kind](text, column)


def blank_value(column: Column) -> Value:
    """What a blank cell stands for: no text, or nothing."""
    return "" if column.kind is Kind.TEXT else None


def has_thousands_look(text: str) -> bool:
    """Whether a point could have been meant to part thousands: 1.234."""
    return re.fullmatch(r"[1-9][0-9]{0,2}\.[0-9]{3}", text) is not None


def plan_reference(text: str) -> str:
    """One spelling per patient: a spreadsheet drops leading zeros."""
    return (text.lstrip("0") or "0") if text.isascii() and text.isdigit() else text


def _agb(text: str, column: Column) -> str:
    if text.isascii() and text.isdigit() and len(text) in (AGB_DIGITS, MENDED_DIGITS):
        return text.zfill(AGB_DIGITS)
    raise UnreadableCellError(_("An AGB code has 8 digits."))


def _date(text: str, column: Column) -> date:
    bare = _MIDNIGHT.sub("", text)
    match = _YEAR_FIRST.fullmatch(bare) or _DAY_FIRST.fullmatch(bare)
    try:
        day = match and date(int(match["year"]), int(match["month"]), int(match["day"]))
    except ValueError:
        day = None
    if day is None:
        message = _("This is not a date that exists. Write it as 31-12-2024 or 2024-12-31.")
        raise UnreadableCellError(message)
    # 'Until 31-12-9999' is a way to say that something has no end.
    if not (day.year >= _FIRST_YEAR and (day.year <= _LAST_YEAR or column.name == "until")):
        raise UnreadableCellError(_("This date is too far away. Look at the year."))
    return day


def _whole(text: str, column: Column) -> int:
    match = _WHOLE.fullmatch(text)
    if match is None or match[1]:
        raise UnreadableCellError(_("Write a whole number here, 0 or more."))
    number = int(match[2])
    if not column.lowest <= number <= column.highest:
        message = _("Write a whole number from %(lowest)s to %(highest)s.")
        raise UnreadableCellError(message % {"lowest": column.lowest, "highest": column.highest})
    return number


def _decimal(text: str, column: Column) -> Decimal:
    match = _DECIMAL.fullmatch(text)
    if match is None or match[1]:
        raise UnreadableCellError(
            _("Write a number here, 0 or more, without points between thousands.")
        )
    exact = Decimal(f"{match[2]}.{match[3] or 0}")
    number = exact.quantize(Decimal(1).scaleb(-column.places), ROUND_HALF_UP)
    if number >= Decimal(10) ** column.digits:
        raise UnreadableCellError(_("This number is too large."))
    return number


def _yes_no(text: str, column: Column) -> bool:
    answer = text.lower()
    if answer not in ("yes", "no"):
        raise UnreadableCellError(_("Write yes or no."))
    return answer == "yes"


def _text(text: str, column: Column) -> str:
    if len(text) > column.longest:
        message = _("This text is too long: at most %(longest)s characters.")
        raise UnreadableCellError(message % {"longest": column.longest})
    return text


def _email(text: str, column: Column) -> str:
    try:
        validate_email(text)
    except ValidationError:
        raise UnreadableCellError(_("This is not an e-mail address.")) from None
    return text.lower()


def _quarter(text: str, column: Column) -> str:
    quarter = text.upper()
    if not _QUARTER.fullmatch(quarter):
        raise UnreadableCellError(_("Write the quarter as 2024Q1: the year, a Q and 1 to 4."))
    return quarter


def _role(text: str, column: Column) -> str:
    role = text.lower()
    if role not in StaffRole.values:
        message = _("There is no such role. Choose from: %(choices)s.")
        raise UnreadableCellError(message % {"choices": ", ".join(StaffRole.values)})
    return role


def _session_kind(text: str, column: Column) -> str:
    kind = text.lower()
    if kind not in SessionKind.values:
        message = _("There is no such kind of session. Choose from: %(choices)s.")
        raise UnreadableCellError(message % {"choices": ", ".join(SessionKind.values)})
    return kind


def _indicator(text: str, column: Column) -> tuple[str, str]:
    """The code and, after a colon, what it is about."""
    code, colon, detail = _text(text, column).partition(":")
    code, detail = code.strip().lower(), detail.strip()
    if (colon and (not detail or code != _INDICATOR_WITH_DETAIL)) or len(detail) > 80:
        raise UnreadableCellError(_("There is no such indicator."))
    return code, detail


_READINGS: dict[Kind, Callable[[str, Column], Value]] = {
    Kind.AGB: _agb,
    Kind.DATE: _date,
    Kind.DECIMAL: _decimal,
    Kind.EMAIL: _email,
    Kind.INDICATOR: _indicator,
    Kind.INSURER: _text,
    Kind.PATIENT: _text,
    Kind.QUARTER: _quarter,
    Kind.ROLE: _role,
    Kind.SESSION_KIND: _session_kind,
    Kind.TEXT: _text,
    Kind.WHOLE: _whole,
    Kind.YES_NO: _yes_no,
}
