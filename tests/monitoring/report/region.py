"""Made-up regions for report tests: plain rows, and the same rows stored.

The rows are what the oracle counts; `stored` writes them with the product's models.
"""

import random
from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils import timezone

from highusers.models import Extract
from highusers.states import ExtractSource
from monitoring.models import (
    Bottleneck,
    Exemption,
    IndicatorDefinition,
    IndicatorValue,
    QuestionnaireAnswer,
    RegionalFeeListing,
    StructuralBottleneck,
    Visit,
    VisitAnswer,
)
from practices.models import Cohort, Employment, Insurer, Panel, Person, Practice, Tariff
from tests import factories
from tests.monitoring.report.region_work import add_work, store_work
from training.models import Attendance, Session

Row = dict[str, Any]
Region = dict[str, list[Row]]

KINDS = ["triage", "conversation", "intervision", "information", "question_hour"]
ROLES = ["gp_owner", "gp_locum", "poh", "assistant", "manager"]
COHORTS = (101, 102, 103)
INSURERS = ["CZ", "VGZ"]
TABLES = [
    "cohorts", "practices", "panels", "staff", "sessions", "attendance", "extracts", "visits",
    "questionnaires", "exemptions", "indicators", "regional_fee", "answers", "bottlenecks",
    "structural", "tariffs",
]  # fmt: skip


def random_region(seed: int, *, practices: int = 5) -> Region:
    """Rows of a region around 2023, with the odd cases that figures trip over."""
    chance = random.Random(seed)

    def day(first: date = date(2022, 6, 1), days: int = 1200) -> date:
        return first + timedelta(days=chance.randrange(days))

    def perhaps(value: Any, share: float = 0.7) -> Any:
        return value if chance.random() < share else None

    region: Region = {name: [] for name in TABLES}
    for number in COHORTS:
        row = {"number": number, "name": f"Lichting {number}"}
        region["cohorts"].append(row | {"start": day(date(2022, 10, 1), 700)})
    for place in range(practices):
        code = f"{1_990_000 + place:08d}"
        start = perhaps(day(date(2022, 10, 1), 700), 0.4)
        stopped = perhaps(day(date(2023, 3, 1), 700), 0.2)
        steps = {
            name: perhaps(day())
            for name in ("invited_on", "information_on", "enrolled_on", "requested_on")
        }
        region["practices"].append(
            {
                "code": code,
                "name": f"Praktijk {code}",
                "city": "Tilburg",
                "cohort": chance.choice(COHORTS),
                "start": start,
                "stopped_on": stopped,
                **steps,
            }
        )
        _practice_rows(region, code, chance, day, perhaps)
    _session_rows(region, chance, day)
    _indicator_rows(region, chance)
    _told_rows(region, random.Random(seed + 10_000))
    add_work(region, seed)
    return region


QUESTIONS = {
    **{f"i{number}-going": ("well", "along", "stuck") for number in range(1, 7)},
    "i3-used": ("yes", "sometimes", "no"),
    "i3-effect": ("clear", "some", "none", "unknown"),
    "i1-habit": ("yes", "partly", "no"),
    "i4-in_use": ("yes", "partly", "no"),
}
PARTNERS = ("ggz", "hospital", "social", "municipality", "welfare", "other")
BOTTLENECKS = ("waiting", "communication", "reachability", "criteria", "finance", "ict", "other")


def _told_rows(region: Region, chance: random.Random) -> None:
    """What was said at visits, bottlenecks, and the tariffs of the programme."""
    for visit in region["visits"]:
        for question, choices in QUESTIONS.items():
            if chance.random() < 0.5:
                place = {"practice": visit["practice"], "date": visit["date"]}
                answer = chance.choice(choices)
                region["answers"].append(place | {"question": question, "answer": answer})
    for name in ("a", "b", "c"):
        made = date(2022, 6, 1) + timedelta(days=chance.randrange(900))
        state = chance.choice(["grouped", "taken_up", "solved"])
        step = made + timedelta(days=chance.randrange(400))
        row = {"title": name, "partner": chance.choice(PARTNERS), "made_on": made}
        region["structural"].append(row | {"state": state, "step_on": step})
    for row in region["practices"]:
        for _ in range(chance.randrange(4)):
            reported = date(2022, 6, 1) + timedelta(days=chance.randrange(1000))
            grouped = chance.choice([None, "a", "b", "c"])
            region["bottlenecks"].append(
                {
                    "practice": row["code"],
                    "partner": chance.choice(PARTNERS[:3]),
                    "kind": chance.choice(BOTTLENECKS[:3]),
                    "reported_on": reported,
                    "structural": grouped,
                    "grouped_on": reported + timedelta(days=30) if grouped else None,
                    "withdrawn_on": (
                        reported + timedelta(days=60)
                        if grouped is None and chance.random() < 0.3
                        else None
                    ),
                }
            )
    for insurer, first, last, amount in (
        ("CZ", date(2023, 1, 1), None, "2.88"),
        ("VGZ", date(2023, 4, 1), date(2023, 9, 30), "3.05"),
        (None, date(2024, 7, 1), None, "3.23"),
    ):
        region["tariffs"].append(
            {"insurer": insurer, "from": first, "until": last, "amount": amount}
        )


def _practice_rows(
    region: Region, code: str, chance: random.Random, day: Any, perhaps: Any
) -> None:
    for year in (2022, 2023, 2024):
        for quarter in (1, 2, 3, 4):
            for insurer in INSURERS:
                if chance.random() < 0.8:
                    patients = chance.choice([0, 3, 5, 9, 10, 11, 200, 1500])
                    region["panels"].append(
                        {
                            "practice": code,
                            "quarter": f"{year}Q{quarter}",
                            "insurer": insurer,
                            "patients": patients,
                        }
                    )
    _extract_rows(region, code, chance, day)
    _team_rows(region, code, chance, day, perhaps)
    for start in sorted({day() for _ in range(chance.randrange(3))}):
        region["regional_fee"].append(
            {
                "practice": code,
                "insurer": chance.choice(INSURERS),
                "from": start,
                "until": perhaps(start + timedelta(days=chance.randrange(500)), 0.5),
            }
        )


def _extract_rows(region: Region, code: str, chance: random.Random, day: Any) -> None:
    for end in sorted({day() for _ in range(chance.randrange(4))}):
        last = end - timedelta(days=1) if (end.month, end.day) == (2, 29) else end
        start = last.replace(year=last.year - 1) + timedelta(days=1)
        start -= timedelta(days=chance.choice([0, 0, 0, 1]))
        patients = chance.choice([7, 12, 40, 900, 2500])
        region["extracts"].append(
            {
                "practice": code,
                "period_start": start,
                "period_end": end,
                "patients": patients,
                "contacts": patients * 4,
                "high_users": chance.randrange(min(patients, 45) + 1),
            }
        )


def _team_rows(region: Region, code: str, chance: random.Random, day: Any, perhaps: Any) -> None:
    for _ in range(chance.randrange(6)):
        start = day(date(2020, 1, 1), 1800)
        region["staff"].append(
            {
                "practice": code,
                "person": f"p{chance.randrange(12)}",
                "role": chance.choice(ROLES),
                "from": start,
                "until": perhaps(start + timedelta(days=chance.randrange(900)), 0.4),
            }
        )
    for held in sorted({day() for _ in range(chance.randrange(3))}):
        region["visits"].append(
            {"practice": code, "date": held, "time_out_discussed": chance.random() < 0.6}
        )
    for year in (1, 2):
        if chance.random() < 0.5:
            answers = {
                name: chance.random() < 0.5
                for name in ("plans_made", "lasting_habit", "flexible_in_use")
            }
            row = {"practice": code, "programme_year": year, "answered_on": day(), **answers}
            region["questionnaires"].append(row)
    if chance.random() < 0.3:
        region["exemptions"].append(
            {
                "practice": code,
                "intervention": chance.randrange(1, 7),
                "programme_year": 1,
                "recorded_on": day(),
            }
        )


def _session_rows(region: Region, chance: random.Random, day: Any) -> None:
    for place in range(12):
        region["sessions"].append(
            {"session": f"s{place}", "kind": chance.choice(KINDS), "date": day()}
        )
        for person in range(12):
            if chance.random() < 0.4:
                region["attendance"].append(
                    {
                        "session": f"s{place}",
                        "person": f"p{person}",
                        "attended": chance.random() < 0.8,
                    }
                )


def _indicator_rows(region: Region, chance: random.Random) -> None:
    for year in (2021, 2022, 2023):
        for name in ("consultations", "referrals", "referrals:Cardiologie", "waiting_time"):
            region["indicators"].append(
                {
                    "year": year,
                    "indicator": name,
                    "numerator": chance.choice([0, 4, 90, 4500]),
                    "denominator": chance.choice([0, 6, 1000]),
                    "national": chance.choice([None, 4.5]),
                }
            )


def with_list(region: Region) -> Region:
    """The same region with all its practices on the list of VGZ in 2023."""
    region["regional_fee"] = [
        {"practice": row["code"], "insurer": "VGZ", "from": date(2023, 1, 1), "until": None}
        for row in region["practices"]
    ]
    return region


def stored(region: Region) -> None:
    """Write the rows; the schema has been emptied by the test's own transaction."""
    insurers = {name: Insurer.objects.get_or_create(name=name)[0] for name in INSURERS}
    cohorts = {
        row["number"]: Cohort.objects.create(
            number=row["number"],
            name=row["name"],
            information_meeting_on=row["start"],
            enrol_before=row["start"],
            request_before=row["start"],
            start_on=row["start"],
        )
        for row in region["cohorts"]
    }
    practices = {
        row["code"]: Practice.objects.create(
            code=row["code"],
            slug=f"p-{row['code']}",
            name=row["name"],
            city=row["city"],
            cohort=cohorts[row["cohort"]],
            start_on=row["start"],
            stopped_on=row["stopped_on"],
            **{name: row[name] for name in row if name.endswith("_on") and name != "stopped_on"},
        )
        for row in region["practices"]
    }
    for row in region["panels"]:
        Panel.objects.create(
            practice=practices[row["practice"]],
            insurer=insurers[row["insurer"]],
            quarter=row["quarter"],
            patients=row["patients"],
        )
    for row in region["extracts"]:
        Extract.objects.create(
            **row | {"practice": practices[row["practice"]]},
            source=ExtractSource.REGION,
            threshold=30,
        )
    for row in region["regional_fee"]:
        RegionalFeeListing.objects.get_or_create(
            practice=practices[row["practice"]],
            insurer=insurers[row["insurer"]],
            from_on=row["from"],
            defaults={"until_on": row["until"]},
        )
    _store_people(region, practices)
    _store_records(region, practices)
    _store_told(region, practices)
    store_work(region, practices)
    for row in region["indicators"]:
        code, _, detail = row["indicator"].partition(":")
        IndicatorValue.objects.create(
            definition=IndicatorDefinition.objects.get(code=code),
            detail=detail,
            **{name: row[name] for name in ("year", "numerator", "denominator", "national")},
        )


def _store_people(region: Region, practices: dict[str, Practice]) -> None:
    people = {f"p{place}": Person.objects.create(reference=f"p{place}") for place in range(12)}
    for row in region["staff"]:
        Employment.objects.get_or_create(
            practice=practices[row["practice"]],
            person=people[row["person"]],
            role=row["role"],
            started_on=row["from"],
            defaults={"ended_on": row["until"]},
        )
    sessions = {
        row["session"]: Session.objects.create(
            reference=row["session"], kind=row["kind"], title=row["session"], held_on=row["date"]
        )
        for row in region["sessions"]
    }
    Attendance.objects.bulk_create(
        Attendance(
            session=sessions[row["session"]],
            person=people[row["person"]],
            present=row["attended"],
        )
        for row in region["attendance"]
    )


def noon(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(12)))


def _store_told(region: Region, practices: dict[str, Practice]) -> None:
    actor = factories.user()
    for row in region["answers"]:
        VisitAnswer.objects.create(
            visit=Visit.objects.get(practice=practices[row["practice"]], held_on=row["date"]),
            key=row["question"],
            asked="Vraag",
            choice=row["answer"],
            version="1",
            written_at=noon(row["date"]),
        )
    structural = {}
    for row in region["structural"]:
        made = StructuralBottleneck.objects.create(
            title=row["title"],
            partner=row["partner"],
            kind="other",
            doing="Overleg.",
            made_by=actor,
            made_at=noon(row["made_on"]),
        )
        structural[row["title"]] = made
        made.steps.create(state=row["state"], by=actor, at=noon(row["step_on"]))
    for row in region["bottlenecks"]:
        Bottleneck.objects.create(
            practice=practices[row["practice"]],
            partner=row["partner"],
            kind=row["kind"],
            weight=2,
            text="Het duurt lang.",
            source="practice",
            structural=structural.get(row["structural"]),
            grouped_at=row["grouped_on"] and noon(row["grouped_on"]),
            withdrawn_at=row["withdrawn_on"] and noon(row["withdrawn_on"]),
            reported_by=actor,
            reported_at=noon(row["reported_on"]),
        )
    for row in region["tariffs"]:
        Tariff.objects.create(
            kind="programme",
            insurer=row["insurer"] and Insurer.objects.get(name=row["insurer"]),
            valid_from=row["from"],
            valid_until=row["until"],
            amount=row["amount"],
        )


def _store_records(region: Region, practices: dict[str, Practice]) -> None:
    for row in region["visits"]:
        Visit.objects.create(
            practice=practices[row["practice"]],
            held_on=row["date"],
            time_out_discussed=row["time_out_discussed"],
        )
    for row in region["questionnaires"]:
        QuestionnaireAnswer.objects.create(**row | {"practice": practices[row["practice"]]})
    for row in region["exemptions"]:
        Exemption.objects.create(
            **row | {"practice": practices[row["practice"]], "reason": "afgesproken"}
        )
