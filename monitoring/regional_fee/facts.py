"""Patients of insurers on the first days of quarters: at practices that take part, on the list for
the regional fee, or both.

The pages of the region and the yearly report read the same tables by the same rules; every
function is a fixed number of queries. Nothing is hidden here: see `monitoring.regional_fee.hiding`.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import connection
from django.db.models import Q, QuerySet
from django.db.models.functions import Coalesce

from monitoring.models import RegionalFeeListing
from monitoring.tariffs.rules import tariff_on
from practices.models import Insurer, Panel, Practice, Tariff
from practices.states import TariffKind

QUARTER_STARTS = ((1, 1), (4, 1), (7, 1), (10, 1))

# Taking part: begun, and not stopped before the day. On the list: a row that covers the day.
_STANDING_SQL = """
    WITH quarter (label, day) AS (SELECT * FROM unnest(%(labels)s::text[], %(days)s::date[])),
    asked (insurer_id) AS (SELECT * FROM unnest(%(insurers)s::bigint[])),
    place AS (
        SELECT asked.insurer_id, quarter.label, practice.id AS practice_id,
               true AS taking_part, false AS listed
        FROM asked CROSS JOIN quarter
        CROSS JOIN practices_practice practice
        JOIN practices_cohort cohort ON cohort.id = practice.cohort_id
        WHERE coalesce(practice.start_on, cohort.start_on) <= quarter.day
          AND (practice.stopped_on IS NULL OR practice.stopped_on >= quarter.day)
        UNION ALL
        SELECT listing.insurer_id, quarter.label, listing.practice_id, false, true
        FROM quarter
        JOIN monitoring_regionalfeelisting listing
          ON listing.insurer_id = ANY(%(insurers)s::bigint[]) AND listing.from_on <= quarter.day
         AND (listing.until_on IS NULL OR listing.until_on >= quarter.day)
    ),
    standing AS (
        SELECT insurer_id, label, practice_id, bool_or(taking_part) AS taking_part,
               bool_or(listed) AS listed
        FROM place GROUP BY insurer_id, label, practice_id
    ),
    counted AS (
        SELECT standing.*, panel.patients
        FROM standing
        LEFT JOIN practices_panel panel
          ON panel.practice_id = standing.practice_id AND panel.quarter = standing.label
         AND panel.insurer_id = standing.insurer_id
    )
"""

_PARTS_SQL = f"""
    {_STANDING_SQL}
    SELECT insurer_id, label, taking_part, listed, count(*), coalesce(sum(patients), 0)::bigint
    FROM counted GROUP BY insurer_id, label, taking_part, listed
"""  # noqa: S608  (constants only)

_PLACES_SQL = f"""
    {_STANDING_SQL}
    SELECT practice_id, label, taking_part, listed, patients FROM counted
    ORDER BY practice_id, label
"""  # noqa: S608  (constants only)


@dataclass(frozen=True, slots=True)
class QuarterPart:
    """Practices and patients of one insurer on a quarter's first day, apart by where they stand."""

    quarter: str
    taking_part: bool
    listed: bool
    practices: int
    patients: int


@dataclass(frozen=True, slots=True)
class QuarterPlace:
    """A practice that takes part or stands on the list on a quarter's first day; `patients` None
    where the panel of that quarter is not known."""

    practice_id: int
    quarter: str
    taking_part: bool
    listed: bool
    patients: int | None


@dataclass(frozen=True, slots=True)
class Participant:
    """A practice as the regional fee knows it."""

    practice_id: int
    slug: str
    name: str
    code: str
    preferred: str
    start_on: date
    stopped_on: date | None


def quarters(year: int) -> list[tuple[str, date]]:
    """The quarters of a year with their first days."""
    return [
        (f"{year}Q{number}", date(year, month, day))
        for number, (month, day) in enumerate(QUARTER_STARTS, start=1)
    ]


def quarter_of(day: date) -> str:
    return f"{day.year}Q{(day.month + 2) // 3}"


def quarter_parts(year: int, insurer: Insurer) -> list[QuarterPart]:
    """The insurer's patients per quarter: at practices taking part, on its list, or both."""
    return quarter_parts_of(year, [insurer.pk]).get(insurer.pk, [])


def quarter_parts_of(year: int, insurers: Collection[int]) -> dict[int, list[QuarterPart]]:
    """The same for several insurers at once, by their ids."""
    found: dict[int, list[QuarterPart]] = {}
    for insurer, *part in _rows(_PARTS_SQL, year, insurers):
        found.setdefault(insurer, []).append(QuarterPart(*part))
    return found


def known_panels(year: int) -> frozenset[tuple[int, str]]:
    """The insurers (by their ids) and quarters of which any panel is known."""
    labels = [label for label, _day in quarters(year)]
    rows = Panel.objects.filter(quarter__in=labels).order_by()
    return frozenset(rows.values_list("insurer_id", "quarter").distinct())


def quarter_places(year: int, insurer: Insurer) -> list[QuarterPlace]:
    """The practices behind `quarter_parts`, one by one."""
    return [QuarterPlace(*row) for row in _rows(_PLACES_SQL, year, [insurer.pk])]


def participants(practices: Collection[int], year: int) -> list[Participant]:
    """These practices, and all that had begun by the end of the year, by name."""
    rows = (
        Practice.objects.annotate(begins_on=Coalesce("start_on", "cohort__start_on"))
        .filter(Q(pk__in=practices) | Q(begins_on__lte=date(year, 12, 31)))
        .order_by("name", "code")
        .values_list(
            "pk", "slug", "name", "code", "preferred_insurer__name", "begins_on", "stopped_on"
        )
    )
    return [
        Participant(pk, slug, name, code, preferred or "", start, stopped)
        for pk, slug, name, code, preferred, start, stopped in rows
    ]


def has_list(year: int, insurer: Insurer) -> bool:
    """Whether the insurer had any practice on its list for the regional fee in the year."""
    return _listed_in(year).filter(insurer=insurer).exists()


def insurers_with_list(year: int) -> frozenset[int]:
    return frozenset(_listed_in(year).values_list("insurer_id", flat=True).order_by().distinct())


def listed_by(insurer_name: str, year: int) -> frozenset[tuple[int, str]]:
    """Practices with the quarters on whose first day they stand on the list of this insurer."""
    spells = (
        _listed_in(year)
        .filter(insurer__name__iexact=insurer_name)
        .order_by()
        .values_list("practice_id", "from_on", "until_on")
    )
    return frozenset(
        (practice, label)
        for practice, from_on, until_on in spells
        for label, day in quarters(year)
        if from_on <= day and (until_on is None or until_on >= day)
    )


def tariffs_of(year: int, *kinds: TariffKind) -> list[Tariff]:
    """The tariffs of these kinds that hold on some day of the year."""
    in_year = Tariff.objects.between(date(year, 1, 1), date(year, 12, 31))
    return list(in_year.filter(kind__in=kinds).select_related("insurer"))


def tariff_per_quarter(
    tariffs: Iterable[Tariff], kind: TariffKind, insurer: int | None, year: int
) -> dict[str, Decimal | None]:
    """The amount per patient on each quarter's first day; None where no tariff is known."""
    known = list(tariffs)
    found = {label: tariff_on(known, kind, insurer, day) for label, day in quarters(year)}
    return {label: one.amount if one else None for label, one in found.items()}


def fee_tariffs(year: int, insurer: Insurer) -> dict[str, Decimal | None]:
    """The regional fee per patient of each quarter; None where no tariff is known."""
    tariffs = tariffs_of(year, TariffKind.REGIONAL_FEE)
    return tariff_per_quarter(tariffs, TariffKind.REGIONAL_FEE, insurer.pk, year)


def _listed_in(year: int) -> QuerySet[RegionalFeeListing]:
    until = Q(until_on=None) | Q(until_on__gte=date(year, 1, 1))
    return RegionalFeeListing.objects.filter(until, from_on__lte=date(year, 12, 31))


def _rows(query: str, year: int, insurers: Collection[int]) -> list[tuple[Any, ...]]:
    labels, days = zip(*quarters(year), strict=True)
    parameters = {"labels": list(labels), "days": list(days), "insurers": list(insurers)}
    with connection.cursor() as cursor:
        cursor.execute(query, parameters)
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    return rows
