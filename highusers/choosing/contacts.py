"""What extracts say of one patient, in the terms of the list: pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from highusers.imports.definitions import Channel
from practices.programme_year import add_months


@dataclass(frozen=True, slots=True)
class Stretch:
    """A patient on one extract; `by_month` is none where the file had no dates."""

    period_start: date
    period_end: date
    contacts: int
    by_month: Mapping[str, int] | None


@dataclass(frozen=True, slots=True)
class Course:
    """Contacts over time, the earliest first: per month where that is known, else per extract.

    None is a gap: a month of which nothing is known. `days` are the first days of the months, or
    the last days of the extracts."""

    by_month: bool
    days: tuple[date, ...]
    values: tuple[int | None, ...]

    def label(self, day: date) -> str:
        return day_text(day, "b Y") if self.by_month else day_text(day)


def day_text(day: date, form: str = "DATE_FORMAT") -> str:
    """As people write it. The rows of a list name the same few days over and over."""
    return _written(day, form, get_language())


@lru_cache(maxsize=512)
def _written(day: date, form: str, _language: str | None) -> str:
    return date_format(day, form)


def by_channel(by_type: Mapping[str, int] | None) -> dict[Channel, int]:
    """Sums per channel, the known ones first; empty when the file tells no channel."""
    found = dict.fromkeys(Channel, 0)
    for name, contacts in (by_type or {}).items():
        found[Channel(name.rpartition("/")[2])] += contacts
    known = {channel: number for channel, number in found.items() if number}
    return {} if set(known) <= {Channel.UNKNOWN} else known


def course_of(stretches: Sequence[Stretch]) -> Course:
    """The line beside a patient; with two extracts and no months it has two points."""
    ordered = sorted(stretches, key=lambda one: (one.period_end, one.period_start))
    dated = [one for one in ordered if one.by_month is not None]
    if not dated:
        days = tuple(one.period_end for one in ordered)
        return Course(False, days, tuple(one.contacts for one in ordered))
    known: dict[date, int] = {}
    for one in dated:
        sums = one.by_month or {}
        for month in _months(one.period_start, one.period_end):
            known[month] = sums.get(month.isoformat()[:7], 0)
    months = _months(min(one.period_start for one in dated), max(one.period_end for one in dated))
    return Course(True, months, tuple(known.get(month) for month in months))


@lru_cache(maxsize=256)
def _months(first_day: date, last_day: date) -> tuple[date, ...]:
    """The first day of every month that these days touch."""
    months = (last_day.year - first_day.year) * 12 + last_day.month - first_day.month
    first = first_day.replace(day=1)
    return tuple(add_months(first, place) for place in range(months + 1))


def age_band(birth_year: int | None, day: date) -> str:
    """The age in tens, '70–79': a year of birth says more than a list needs."""
    if not birth_year:
        return ""
    tens = max(day.year - birth_year, 0) // 10 * 10
    return f"{tens}–{tens + 9}"


def channel_words() -> dict[Channel, str]:
    """How a sum per channel reads: "12 in the practice"."""
    return {
        Channel.PRACTICE: _("%(contacts)s in the practice"),
        Channel.HOME: _("%(contacts)s at home"),
        Channel.REMOTE: _("%(contacts)s remote"),
        Channel.UNKNOWN: _("%(contacts)s unknown"),
    }
