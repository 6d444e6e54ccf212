"""The figures behind the mirror, of all practices at once: one query, two for an own indicator or a
specialism.

What leaves this module unmarked may be compared; what is `kept_back` is for the practice's own
eyes. Only `monitoring.mirror.beside` takes the figures of others further, without their names.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TypedDict, Unpack

from django.db.models import Max, Q

from highusers.overview.facts import practice_years
from highusers.overview.hiding import hidden_practices
from monitoring.indicators import on_few_patients
from monitoring.mirror.states import Comparison
from monitoring.models import IndicatorDefinition, IndicatorValue
from monitoring.specialisms import hidden_values
from mtvp.privacy.suppression import MINIMUM


@dataclass(frozen=True, slots=True)
class Count:
    """A year of an indicator for a practice (its id), or for the region (None).

    `national` is the country's value. `kept_back`: on too few patients, or needed to hide such a
    figure of another practice."""

    practice: int | None
    year: int
    numerator: float
    denominator: float
    national: float | None = None
    kept_back: bool = False

    @property
    def value(self) -> float:
        return self.numerator / self.denominator


def definitions() -> list[IndicatorDefinition]:
    """In their fixed order, which no outcome changes."""
    return list(IndicatorDefinition.objects.all())


def details_of(definition: IndicatorDefinition) -> list[str]:
    """The specialisms of which there is a figure, by name."""
    found = IndicatorValue.objects.filter(definition=definition).exclude(detail="")
    return list(found.order_by("detail").values_list("detail", flat=True).distinct())


def counts_of(
    definition: IndicatorDefinition, detail: str = "", *, practice: int | None = None
) -> list[Count]:
    """Every year of every practice and of the region; without figure there is no row. Of a
    specialism what would give another one away is kept back, of the region and of `practice`: of
    all others no figure stands by itself."""
    if definition.own:
        return _own_counts()
    counts = _counts([definition], definition=definition, detail=detail)[definition.pk]
    if not detail:
        return counts
    telling = _telling(definition, detail, practice)
    return [
        replace(one, kept_back=one.kept_back or (one.practice, one.year) in telling)
        for one in counts
    ]


def _telling(
    definition: IndicatorDefinition, detail: str, practice: int | None
) -> set[tuple[int | None, int]]:
    """The practice (None: the region) and years of which this specialism may not show."""
    asked = IndicatorValue.objects.filter(Q(practice=None) | Q(practice=practice))
    values = list(asked.filter(definition=definition).select_related("definition"))
    hidden = hidden_values(values)
    return {
        (one.practice_id, one.year) for one in values if one.detail == detail and one.pk in hidden
    }


def latest_counts(wanted: Iterable[IndicatorDefinition], practice: int) -> dict[int, list[Count]]:
    """Per definition (its key): all years of this practice and the region, and of the others the
    last year in which it has a figure, or they have. A query more for an own indicator."""
    listed = list(wanted)
    known = IndicatorValue.objects.filter(detail="", practice__isnull=False, denominator__gt=0)
    own_last = Max("year", filter=Q(practice=practice))
    years = known.order_by().values_list("definition").annotate(last=Max("year"), own=own_last)
    asked = Q(practice=practice) | Q(practice=None)
    for key, last, own in years:
        asked |= Q(definition=key, year=own or last)
    found = _counts([one for one in listed if not one.own], asked, detail="")
    for definition in listed:
        if definition.own:
            found[definition.pk] = _own_counts()
    return found


class _Wanted(TypedDict, total=False):
    definition: IndicatorDefinition
    detail: str


def _counts(
    listed: list[IndicatorDefinition], *asked: Q, **wanted: Unpack[_Wanted]
) -> dict[int, list[Count]]:
    by_key = {one.pk: one for one in listed}
    rows = (
        IndicatorValue.objects.filter(*asked, **wanted, denominator__gt=0)
        .order_by()
        .values_list("definition", "practice", "year", "numerator", "denominator", "national")
    )
    found: dict[int, list[Count]] = defaultdict(list)
    for key, practice, year, numerator, denominator, national in rows:
        if key not in by_key:
            continue
        found[key].append(
            Count(
                practice,
                year,
                float(numerator),
                float(denominator),
                None if national is None else float(national),
                _small(by_key[key], numerator, denominator),
            )
        )
    return found


def _small(definition: IndicatorDefinition, numerator: Decimal, denominator: Decimal) -> bool:
    """Nought is small here: a dot on the floor says that nobody was counted. Of a share the people
    who are not in it count as well."""
    if on_few_patients(definition.code, numerator, denominator):
        return True
    if definition.comparison == Comparison.COURSE:
        return False
    rest = denominator - numerator if definition.comparison == Comparison.PROPORTION else MINIMUM
    return min(numerator, rest) < MINIMUM


def _own_counts() -> list[Count]:
    """The share of high users, from the extracts. Region: the practices that may be compared."""
    rows = practice_years()
    years = {row.year for row in rows}
    hidden = {year: hidden_practices(rows, year) for year in years}
    counts = [
        Count(
            row.practice,
            row.year,
            row.high_users,
            row.registered,
            kept_back=row.practice in hidden[row.year]
            or min(row.high_users, row.registered - row.high_users) < MINIMUM,
        )
        for row in rows
        if row.registered and row.registered >= row.high_users
    ]
    for year in years:
        compared = [one for one in counts if one.year == year and not one.kept_back]
        if compared:
            numerator = sum(one.numerator for one in compared)
            counts.append(Count(None, year, numerator, sum(one.denominator for one in compared)))
    return counts
