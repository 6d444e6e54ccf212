"""What the region's overview counts, over all practices at once and with nothing hidden yet.

Two queries, however many practices there are. Only `highusers.overview.hiding` may take these
numbers further.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import connection

from highusers.imports.contact_types import type_key
from highusers.imports.definitions import DEFAULT_DEFINITION, REGIOPRESTATIE, definition_named
from highusers.models import PatientProfile

_PRACTICE_YEARS_SQL = """
    SELECT DISTINCT ON (date_part('year', extract.period_end), practice.id)
           date_part('year', extract.period_end)::integer AS year, practice.id AS practice,
           practice.name,
           concat_ws(' ', practice.city, nullif(practice.neighbourhood, '')) AS place,
           cohort.number AS cohort, cohort.name AS cohort_name, extract.patients,
           extract.high_users, extract.contacts, extract.by_type::text, extract.definition,
           registered.patients AS registered
    FROM highusers_extract extract
    JOIN practices_practice practice ON practice.id = extract.practice_id
    JOIN practices_cohort cohort ON cohort.id = practice.cohort_id
    LEFT JOIN LATERAL (
        SELECT sum(panel.patients)::integer AS patients FROM practices_panel panel
        WHERE panel.practice_id = extract.practice_id
          AND panel.quarter = to_char(extract.period_end, 'YYYY"Q"Q')) registered ON true
    WHERE extract.period_end = (extract.period_start + interval '1 year')::date - 1
      AND date_part('year', coalesce(practice.start_on, cohort.start_on))
          <= date_part('year', extract.period_end)
    ORDER BY date_part('year', extract.period_end), practice.id, extract.period_end DESC
"""


@dataclass(frozen=True, slots=True)
class PracticeYear:
    """The latest twelve-month extract of a practice that ended in `year`, as in the yearly report:
    of practices that had begun by the end of that year.

    `registered` are its patients in the quarter in which the period ends; without a panel those of
    the file, unless it lists high users alone. `contacts` and `visits` (consultations and visits,
    as the regional performance counts them) are of all patients, None where the file lists high
    users alone or tells no types.
    """

    year: int
    practice: int
    name: str
    place: str
    cohort: int
    cohort_name: str
    high_users: int
    registered: int | None
    contacts: int | None
    visits: int | None
    definition: str


@dataclass(frozen=True, slots=True)
class TeamCounts:
    """Patients of the region by what their teams last said; a patient counts once.

    `said`: by profile number (None: no profile) and whether their use is influenceable, of those
    of whom the team said so. `planned` by profile and `states` by state of the latest plan: of
    those with a plan. `hotspotters` by how far they came: marked, evaluated, on all four aims.
    """

    profiles: Mapping[int | None, str]
    said: Mapping[tuple[int | None, str], int]
    planned: Mapping[int | None, int]
    states: Mapping[str, int]
    hotspotters: Mapping[str, int]


def practice_years() -> tuple[PracticeYear, ...]:
    with connection.cursor() as cursor:
        cursor.execute(_PRACTICE_YEARS_SQL)
        names = [column.name for column in cursor.description or ()]
        return tuple(
            _practice_year(dict(zip(names, row, strict=True))) for row in cursor.fetchall()
        )


def team_counts() -> TeamCounts:
    profiles: dict[int | None, str] = {one.number: str(one) for one in PatientProfile.objects.all()}
    found: dict[str, dict[tuple[int | None, str], int]] = {
        subject: {} for subject in ("said", "planned", "state", "hotspotter")
    }
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM highusers_team_counts()")
        for subject, profile, value, patients in cursor.fetchall():
            found[subject][profile, value] = patients
    return TeamCounts(
        profiles=profiles,
        said=found["said"],
        planned={profile: count for (profile, _), count in found["planned"].items()},
        states={state: count for (_, state), count in found["state"].items()},
        hotspotters={step: count for (_, step), count in found["hotspotter"].items()},
    )


def _practice_year(row: dict[str, Any]) -> PracticeYear:
    lists_everybody = row["patients"] > row["high_users"]
    by_type = json.loads(row["by_type"] or "{}")
    in_file = row["patients"] if lists_everybody else None
    return PracticeYear(
        year=row["year"],
        practice=row["practice"],
        name=row["name"],
        place=row["place"],
        cohort=row["cohort"],
        cohort_name=row["cohort_name"],
        high_users=row["high_users"],
        registered=row["registered"] or in_file,
        contacts=row["contacts"] if lists_everybody else None,
        visits=_visits(by_type, row) if lists_everybody else None,
        definition=row["definition"],
    )


def _visits(by_type: Mapping[str, int], row: dict[str, Any]) -> int | None:
    """What the regional performance counts of these contacts; None unless their types are known,
    which they are when they add up to the contacts themselves."""
    definition = definition_named(row["definition"]) or DEFAULT_DEFINITION
    counted = sum(by_type.get(type_key(kind), 0) for kind in definition.counts)
    if counted != row["contacts"]:
        return None
    return sum(by_type.get(type_key(kind), 0) for kind in REGIOPRESTATIE.regional)
