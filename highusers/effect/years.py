"""Which years of a practice can be compared.

A *year* is an extract on which patients were chosen, with the extracts of the twelve months before
and after it. Read inside the scope of its practice.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from highusers.effect.reasons import Reason
from highusers.effect.rows import listing_below
from highusers.models import Extract
from highusers.states import ExtractSource
from practices.models import Practice
from practices.programme_year import year_end

A_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Year:
    """`reason` says why there is nothing to compare yet. `whole_before`: the year before is known
    of every patient, so that it tells who came less often then."""

    extract: Extract
    before: Extract | None
    later: Extract | None
    whole_before: bool
    reason: Reason | None

    @property
    def period_end(self) -> date:
        return self.extract.period_end

    @property
    def last_stored_at(self) -> datetime:
        """When one of its extracts was last put in another's place."""
        there = (self.extract, self.before, self.later)
        return max(one.stored_at for one in there if one is not None)


def year_after(end: date) -> date:
    """The last day of the twelve months that begin on the day after."""
    return year_end(end + A_DAY, 1)


def extracts_of(practice: Practice) -> list[Extract]:
    """Every extract, the earliest first."""
    return list(Extract.objects.filter(practice=practice).order_by("period_end", "-period_start"))


def years_of(extracts: Sequence[Extract]) -> list[Year]:
    """A year per extract that the practice uploaded, the earliest first. One query."""
    uploaded = [one for one in extracts if one.source == ExtractSource.UPLOAD]
    whole = listing_below([one.pk for one in uploaded])
    return [_year(one, uploaded, whole) for one in uploaded]


def lists_high_users_only(extract: Extract) -> bool:
    """Whoever fell below the threshold is missing from such an extract, so it shows no fall."""
    return extract.patients == extract.high_users


def _year(extract: Extract, others: Sequence[Extract], whole: Collection[int]) -> Year:
    if not extract.is_twelve_months:
        return Year(extract, None, None, False, Reason.NOT_TWELVE_MONTHS)
    years = [one for one in others if one.is_twelve_months]
    first, last = extract.period_start, extract.period_end
    later = next((one for one in years if one.period_start == last + A_DAY), None)
    before = next((one for one in years if one.period_end == first - A_DAY), None)
    if before is not None and not _counts_alike(before, extract):
        before = None
    whole_before = before is not None and before.pk in whole
    return Year(extract, before, later, whole_before, _reason(extract, later, whole))


def _reason(extract: Extract, later: Extract | None, whole: Collection[int]) -> Reason | None:
    if later is None:
        return Reason.NO_LATER_EXTRACT
    if lists_high_users_only(later):
        return Reason.CENSORED
    if not _counts_alike(extract, later):
        return Reason.OTHER_DEFINITION
    return None if later.pk in whole else Reason.ROWS_GONE


def _counts_alike(one: Extract, other: Extract) -> bool:
    """The same contacts count in both."""
    return (one.definition, one.definition_version) == (other.definition, other.definition_version)
