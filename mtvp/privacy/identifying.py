"""What in a free text looks like a person: a citizen service number, a date of birth, a name.

For texts that are about patients and may not point to one (cases, time-outs). The number is
certain enough to refuse; names and dates are a guess, so they are for a warning: people talk about
"mevrouw" and about last Tuesday. Pure: the day is given.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from django.utils.translation import gettext as _

BSN_DIGITS = 9
RECENT = timedelta(days=365)
"""A day in the last year is more likely that of a consultation than of a birth."""


class Sign(StrEnum):
    BSN = "bsn"
    BIRTH_DATE = "birth_date"
    NAME = "name"


@dataclass(frozen=True, slots=True)
class Found:
    """What it looks like, and the words themselves, for the page of whoever typed them."""

    sign: Sign
    text: str
    start: int


def identifying(text: str, *, today: date) -> list[Found]:
    """Every spot that looks like a person, in the order of the text; none overlap."""
    taken: list[Found] = []
    for found in (*_numbers(text), *_birth_dates(text, today), *_names(text)):
        end = found.start + len(found.text)
        if all(end <= one.start or found.start >= one.start + len(one.text) for one in taken):
            taken.append(found)
    return sorted(taken, key=lambda found: found.start)


def is_bsn(digits: str) -> bool:
    """The 11-test on nine digits, or eight with the nought in front left out."""
    known_length = BSN_DIGITS - 1 <= len(digits) <= BSN_DIGITS
    return digits.isascii() and digits.isdigit() and known_length and passes_eleven_test(digits)


def passes_eleven_test(digits: str) -> bool:
    """The check that numbers of citizens pass; noughts in front may be left out."""
    digits = digits.zfill(BSN_DIGITS)
    total = sum(weight * int(digit) for weight, digit in zip(range(9, 1, -1), digits, strict=False))
    return (total - int(digits[8])) % 11 == 0 and int(digits) > 0


def without_bsn(text: str) -> str:
    """The text with every citizen service number left out: what arrives later, from a device,
    cannot be refused any more and may not be stored either."""
    for found in reversed(list(_numbers(text))):
        text = f"{text[: found.start]}…{text[found.start + len(found.text) :]}"
    return text


def described(found: Found) -> str:
    """For the person who typed it."""
    texts = {
        Sign.BSN: _("“%(text)s” is a citizen service number (BSN). Take it out."),
        Sign.BIRTH_DATE: _("“%(text)s” looks like a date of birth."),
        Sign.NAME: _("“%(text)s” looks like a name."),
    }
    return texts[found.sign] % {"text": found.text}


_PLAIN_NUMBER = re.compile(r"(?<![\d.,])\d{8,9}(?![\d]|[.,]\d)")
_GROUPED_NUMBER = re.compile(
    r"(?<!\d)(?<!\d[ .-])\d{2,4}([ .-])\d{2,3}(?:\1\d{2,3}){1,2}(?![ .-]?\d)"
)

_MONTHS = (
    *("januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus"),
    *("september", "oktober", "november", "december"),
)
_MONTH = "|".join([*_MONTHS, *(name[:3] for name in _MONTHS), "mrt"])
_WRITTEN = rf"(?P<day>\d{{1,2}})\s+(?P<word>{_MONTH})\.?\s+(?P<year>\d{{4}}|'?\d{{2}})"
_DATES = (
    re.compile(rf"\b{_WRITTEN}\b", re.IGNORECASE),
    re.compile(r"(?<!\d)(?P<day>\d{1,2})([-/.])(?P<month>\d{1,2})\2(?P<year>\d{4}|\d{2})(?!\d)"),
    re.compile(r"(?<!\d)(?P<year>\d{4})([-/])(?P<month>\d{1,2})\2(?P<day>\d{1,2})(?!\d)"),
    re.compile(r"(?<!\d)(?P<day>\d{2})(?P<month>\d{2})(?P<year>(?:19|20)\d{2})(?!\d)"),
    re.compile(r"(?<!\d)(?P<year>(?:19|20)\d{2})(?P<month>\d{2})(?P<day>\d{2})(?!\d)"),
)
_BORN = re.compile(
    r"\b(?:geb|geboren|geboortedatum)\b[.:]?(?:\s+(?:op|in))?\s*(?P<what>\d[\d ./-]{4,}\d)"
)


def _numbers(text: str) -> Iterator[Found]:
    dates = {match.span() for pattern in _DATES for match in pattern.finditer(text) if _day(match)}
    for pattern in (_PLAIN_NUMBER, _GROUPED_NUMBER):
        for match in pattern.finditer(text):
            digits = re.sub(r"\D", "", match.group())
            if match.span() not in dates and is_bsn(digits):
                yield Found(Sign.BSN, match.group(), match.start())


def _birth_dates(text: str, today: date) -> Iterator[Found]:
    for match in _BORN.finditer(text):
        yield Found(Sign.BIRTH_DATE, match["what"], match.start("what"))
    for pattern in _DATES:
        for match in pattern.finditer(text):
            day = _day(match)
            if day and day <= today - RECENT:
                yield Found(Sign.BIRTH_DATE, match.group(), match.start())


def _day(match: re.Match[str]) -> date | None:
    """The day that a text names; two digits of a year are of the century that makes it past."""
    parts = match.groupdict()
    word = parts.get("word")
    month = _month(word) if word else int(parts["month"])
    year = int(parts["year"].lstrip("'"))
    if year < 100:
        year += 2000 if year <= 25 else 1900
    try:
        return date(year, month, int(parts["day"])) if year >= 1900 else None
    except ValueError:
        return None


def _month(word: str) -> int:
    begin = word.lower()[:3].replace("mrt", "maa")
    return next(n for n, name in enumerate(_MONTHS, 1) if name.startswith(begin))


_CAPITAL = r"[A-ZÀ-ÖØ-ÞĀĆČĞİŁŃÓŚŞŠŹŻŽ]"
_WORD = rf"(?:[IJ]J)?{_CAPITAL}[\w'’]+(?:-{_CAPITAL}[\w'’]+)?"
_BETWEEN = r"(?:(?:van|de|den|der|het|'t|’t|ten|ter|te|in|el|al|la|le|du|von|op|uit|bij)\s+){0,3}"
_SURNAME = rf"{_BETWEEN}{_WORD}"
_TITLES = (
    *("mevrouw", "mevr", "mw", "meneer", "mijnheer", "de heer", "dhr", "hr", "juffrouw"),
    *("patiënte", "patiënt", "patient", "pt", "cliënt", "naam", "genaamd"),
)
_TITLE = "|".join(sorted(_TITLES, key=len, reverse=True))
_AFTER_TITLE = re.compile(
    rf"\b(?i:{_TITLE})\b\.?:?\s+(?:{_CAPITAL}\.\s?)*{_SURNAME}(?:\s+{_WORD})?"
)
_INITIALS = re.compile(rf"\b(?:{_CAPITAL}(?:[a-z]{{1,2}})?\.\s?)+{_SURNAME}")
_TWO_WORDS = re.compile(rf"\b(?P<first>{_WORD})\s+{_SURNAME}")
_ONE_WORD = re.compile(rf"\b{_WORD}\b")


def _names(text: str) -> Iterator[Found]:
    for pattern in (_AFTER_TITLE, _INITIALS):
        for match in pattern.finditer(text):
            if not match.group().split()[0].casefold().startswith(_OF_COLLEAGUES):
                yield Found(Sign.NAME, match.group(), match.start())
    for match in _TWO_WORDS.finditer(text):
        if match["first"].casefold() in FIRST_NAMES:
            yield Found(Sign.NAME, match.group(), match.start())
    for match in _ONE_WORD.finditer(text):
        word = match.group().casefold()
        if word in FIRST_NAMES or (word in SURNAMES and not _begins_sentence(text, match.start())):
            yield Found(Sign.NAME, match.group(), match.start())


def _begins_sentence(text: str, start: int) -> bool:
    before = text[:start].rstrip()
    return not before or before[-1] in ".!?:\n"


_OF_COLLEAGUES = ("dr.", "drs.", "prof.", "mr.")

# Common in the Netherlands, without those that are ordinary words (Bos, Roos, Mei, Wil).
FIRST_NAMES = frozenset(
    """
    jan piet kees hans henk gerrit willem johan johannes cornelis peter pieter paul mark marcel
    erik frank rob robert ronald theo ton toon sjef harrie jos jeroen bart bas daan sem lucas levi
    finn noud thijs luuk tim tom thomas martijn michiel stefan dennis wouter joost maarten arjan
    mohamed mohammed ahmed ali hassan mustafa mehmet yusuf ibrahim omar youssef
    maria anna johanna cornelia elisabeth catharina wilhelmina hendrika petra monique ingrid
    marian marianne annemarie anneke ans annie corrie riet ria truus toos miep joke tineke
    saskia esther sandra linda karin mariska wendy kim lisa laura sophie emma julia sanne lotte
    noor eva femke marloes marieke fatima aisha khadija naima samira zeynep fatma ayse leila
    """.split()  # noqa: SIM905
)
SURNAMES = frozenset(
    """
    jansen janssen jansens vries bakker visser smit smits meijer meyer boer mulder dekker brouwer
    peters hendriks leeuwen dijk dijkstra wit jong groot bruijn linden vermeulen willems maas
    kuipers verhoeven jacobs schouten hoekstra koster prins huisman postma molenaar martens
    gerritsen timmermans mertens claassen pietersen cornelissen dongen yilmaz yildiz kaya demir
    """.split()  # noqa: SIM905
)
