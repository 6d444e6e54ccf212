"""What one cell says: whole numbers, days, patient numbers, years of birth, sex.

Each function reads one text and answers ``None`` for a text it does not accept.
Digits are 0-9 only: other scripts' digits are refused, not read.
"""

from __future__ import annotations

import re
from datetime import date, timedelta

from mtvp.privacy.identifying import BSN_DIGITS, passes_eleven_test

EXCEL_EPOCH = date(1899, 12, 30)
FIRST_DAY_NUMBER = 36526
LAST_DAY_NUMBER = 55153
EARLIEST_BIRTH_YEAR = 1900
LEAST_BSN_DIGITS = 7
TOTAL_WORDS = ("totaal", "subtotaal", "eindtotaal", "aantal", "einde")

_INVISIBLE = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff\u00ad"))
_WHOLE = re.compile(r"([0-9]{1,9}|[0-9]{1,3}(?:\.[0-9]{3}){1,2})(?:[.,]0)?")
_DAY_NUMBER = re.compile(r"([0-9]{5})(?:[.,][0-9]+)?")
_TIME = r"(?:(?:\s+|T)(?P<hour>[0-9]{1,2})[:.](?P<minute>[0-9]{2})(?:[:.](?P<second>[0-9]{2})"
_TIME += r"(?:[.,][0-9]+)?)?\s*(?:Z|[+-][0-9]{2}:?[0-9]{2}|uur)?)?"
_DUTCH = re.compile(
    r"(?P<day>[0-9]{1,2})-(?P<month>[0-9]{1,2})-(?P<year>[0-9]{4}|[0-9]{2})" + _TIME
)
_ISO = re.compile(r"(?P<year>[0-9]{4})-(?P<month>[0-9]{2})-(?P<day>[0-9]{2})" + _TIME)
_ISO_BASIC = re.compile(r"(?P<year>[0-9]{4})(?P<month>[0-9]{2})(?P<day>[0-9]{2})" + _TIME)
_YEAR = re.compile(r"([0-9]{4})(?:[.,]0)?")
_ANY_YEAR = re.compile(r"(?<![0-9])((?:19|20)[0-9]{2})(?![0-9])")
_BSN_NOISE = re.compile(r"[\s.\-]")
_MALE = frozenset({"m", "man", "mannelijk", "male", "1"})
_FEMALE = frozenset({"v", "vrouw", "vrouwelijk", "f", "female", "w", "2"})


PLAIN_KEY = "^[1-9A-Za-z][0-9A-Za-z-]*$"
"""Patient numbers that are their own key, as a regular expression."""


def clean(text: str) -> str:
    """Trim a cell, non-breaking and zero-width spaces included.

    ="0012" is how exports keep a spreadsheet from eating the zeros; it means 0012.
    """
    text = text.strip() if text.isascii() else text.translate(_INVISIBLE).strip()
    return text[2:-1].strip() if text.startswith('="') and text.endswith('"') else text


def begins_as_total(text: str) -> bool:
    """Whether a line whose first filled cell this is, is a total line."""
    if text.isascii() and text.isdigit():
        return False
    return clean(text).casefold().startswith(TOTAL_WORDS)


def whole_number(text: str) -> int | None:
    """12, 1.234, 12,0 and 12.0 are whole numbers; 1.23, +5, -5, 1e3 and blank are not."""
    match = _WHOLE.fullmatch(clean(text))
    return int(match[1].replace(".", "")) if match else None


def calendar_day(text: str) -> date | None:
    """dd-mm-jjjj, d-m-jj (20jj) and ISO, with or without a time; or Excel's day number."""
    text = clean(text)
    number = _DAY_NUMBER.fullmatch(text)
    if number:
        days = int(number[1])
        in_range = FIRST_DAY_NUMBER <= days <= LAST_DAY_NUMBER
        return EXCEL_EPOCH + timedelta(days=days) if in_range else None
    match = _DUTCH.fullmatch(text) or _ISO.fullmatch(text) or _ISO_BASIC.fullmatch(text)
    if match is None or not _is_clock_time(match):
        return None
    year = int(match["year"])
    if len(match["year"]) == 2:
        year += 2000
    try:
        return date(year, int(match["month"]), int(match["day"]))
    except ValueError:
        return None


def _is_clock_time(match: re.Match[str]) -> bool:
    hour, minute, second = (int(match[part] or 0) for part in ("hour", "minute", "second"))
    return hour < 24 and minute < 60 and second < 60


def patient_key(text: str) -> str:
    """One spelling per patient: 00.123, 123,0 and 123 are the same patient.

    Empty when the cell holds no patient number.
    """
    if text.isascii() and text.isdigit():
        return text.lstrip("0") or "0"
    key = clean(text.replace("\u00a0", ""))
    if key.endswith((",0", ".0")):
        key = key[:-2]
    key = key.replace(".", "").strip()
    if key.isascii() and key.isdigit():
        return key.lstrip("0") or "0"
    return key


def birth_year(text: str, *, latest: int) -> int | None:
    """The year of a birth year or of an exact birth date, from 1900 up to ``latest``."""
    text = clean(text)
    match = _YEAR.fullmatch(text)
    day = None if match else exact_day(text)
    if match:
        year = int(match[1])
    elif day:
        year = day.year
    else:
        found = _ANY_YEAR.findall(text)
        if len(found) != 1:
            return None
        year = int(found[0])
    return year if EARLIEST_BIRTH_YEAR <= year <= latest else None


def exact_day(text: str) -> date | None:
    """A day written with a four-digit year; '1-4-55' could be 1955 or 2055 and is none."""
    text = clean(text)
    if re.fullmatch(r"[0-9]{1,2}-[0-9]{1,2}-[0-9]{2}(?![0-9]).*", text):
        return None
    return None if _DAY_NUMBER.fullmatch(text) else calendar_day(text)


def sex(text: str) -> str:
    """M or F; empty when the cell says something else."""
    word = clean(text).rstrip(".").casefold()
    return "M" if word in _MALE else "F" if word in _FEMALE else ""


def may_be_bsn(text: str) -> bool:
    """Whether a text can be a BSN, written with or without points and leading zeros.

    At least seven digits: shorter numbers pass by chance and no BSN is that low.
    """
    if len(text) < LEAST_BSN_DIGITS:
        return False
    digits = _BSN_NOISE.sub("", clean(text).removesuffix(",0").removesuffix(".0"))
    if not (
        LEAST_BSN_DIGITS <= len(digits) <= BSN_DIGITS and digits.isascii() and digits.isdigit()
    ):
        return False
    return passes_eleven_test(digits)
