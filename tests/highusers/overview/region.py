"""A region of extracts, plans and judgements for tests, made row by row."""

from datetime import date

from highusers.models import Evaluation, Extract, HighUser, Judgement, PatientPlan, PatientProfile
from practices.isolation import practice_scope
from practices.models import Panel, Practice
from practices.programme_year import add_years
from tests import factories

THRESHOLD = 30


def practice(place: str = "Noord", **fields: object) -> Practice:
    return factories.practice(neighbourhood=place, **{"start_on": date(2022, 4, 1)} | fields)


def extract(one: Practice, year: int, **fields: object) -> Extract:
    """Twelve months up to 31 March of a year, of 2,000 patients with four contacts each."""
    end = fields.pop("period_end", date(year, 3, 31))
    start = add_years(date(end.year, end.month, end.day), -1)
    return Extract.objects.create(
        **{
            "practice": one,
            "period_start": date(start.year, 4, 1),
            "period_end": end,
            "source": "upload",
            "definition": "MTVP 2023",
            "threshold": THRESHOLD,
            "patients": 2000,
            "contacts": 8000,
            "high_users": 30,
        }
        | fields
    )


def panel(one: Practice, quarter: str, patients: int, insurer: str = "CZ") -> None:
    Panel.objects.create(
        practice=one, quarter=quarter, insurer=factories.insurer(insurer), patients=patients
    )


def patients(one: Practice, number: int, first: int = 1) -> list[HighUser]:
    with practice_scope(one):
        return [
            HighUser.objects.create(
                practice=one, number=place, patient_key=place.to_bytes(32, "big")
            )
            for place in range(first, first + number)
        ]


def profile(number: int) -> PatientProfile:
    return PatientProfile.objects.get(number=number)


def judged(high_user: HighUser, **fields: object) -> None:
    with practice_scope(high_user.practice):
        Judgement.objects.create(
            **{
                "practice": high_user.practice,
                "high_user": high_user,
                "period_end": date(2025, 3, 31),
            }
            | fields
        )


def planned(high_user: HighUser, **fields: object) -> PatientPlan:
    with practice_scope(high_user.practice):
        return PatientPlan.objects.create(
            **{
                "practice": high_user.practice,
                "high_user": high_user,
                "drafted_on": date(2025, 5, 1),
            }
            | fields
        )


def evaluated(plan: PatientPlan, **fields: object) -> None:
    with practice_scope(plan.practice):
        Evaluation.objects.create(
            **{"practice": plan.practice, "plan": plan, "held_on": date(2025, 9, 1)}
            | {"outcome": "partly"}
            | fields
        )
