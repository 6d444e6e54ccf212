"""Rows of patients for the comparison, in the scope of one practice."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import connection

if TYPE_CHECKING:
    from highusers.effect.years import Year

_BELOW_SQL = """
    WITH planned AS MATERIALIZED (
        SELECT patient.practice_id, patient.patient_key
        FROM highusers_highuser patient
        JOIN highusers_patientplan plan ON plan.high_user_id = patient.id)
    SELECT asked.id FROM unnest(%s::bigint[]) AS asked (id)
    JOIN highusers_extract extract ON extract.id = asked.id
    WHERE EXISTS (
        SELECT FROM highusers_patienttotal total
        WHERE total.extract_id = extract.id AND total.contacts < extract.threshold
          AND NOT EXISTS (
            SELECT FROM planned
            WHERE planned.practice_id = total.practice_id
              AND planned.patient_key = total.patient_key))
"""
"""Extracts of which rows below the threshold are there. Those of patients with a plan outlive the
others, so they say nothing about that. Who has a plan is asked once: just after a large import the
planner knows no sizes, and asked for each row it is read from the whole table."""

_ROWS_SQL = """
    SELECT extract.id, patient.id, before.contacts, chosen.contacts, later.contacts
    FROM unnest(%s::bigint[], %s::bigint[], %s::bigint[]) AS year (id, before_id, later_id)
    JOIN highusers_extract extract ON extract.id = year.id
    JOIN highusers_patienttotal chosen
      ON chosen.extract_id = extract.id AND chosen.contacts >= extract.threshold
    JOIN highusers_highuser patient
      ON patient.practice_id = chosen.practice_id AND patient.patient_key = chosen.patient_key
    LEFT JOIN highusers_patienttotal before
      ON before.extract_id = year.before_id AND before.patient_key = chosen.patient_key
    LEFT JOIN highusers_patienttotal later
      ON later.extract_id = year.later_id AND later.patient_key = chosen.patient_key
    ORDER BY extract.id, patient.number
"""


@dataclass(frozen=True, slots=True)
class Row:
    """Contacts of a high user of the year of the choice (v0), the year before (u) and the year
    after (v1); none where the patient is not in that extract."""

    high_user: int
    u: int | None
    v0: int
    v1: int | None


def listing_below(extracts: Sequence[int]) -> frozenset[int]:
    with connection.cursor() as cursor:
        cursor.execute(_BELOW_SQL, [list(extracts)])
        return frozenset(pk for (pk,) in cursor.fetchall())


def rows_of(years: "Sequence[Year]") -> dict[int, list[Row]]:
    """By extract, in the order of V-codes: the same order each time."""
    found: dict[int, list[Row]] = defaultdict(list)
    with connection.cursor() as cursor:
        cursor.execute(
            _ROWS_SQL,
            [
                [year.extract.pk for year in years],
                [year.before.pk if year.before else None for year in years],
                [year.later.pk if year.later else None for year in years],
            ],
        )
        for extract, *row in cursor.fetchall():
            found[extract].append(Row(*row))
    return found
