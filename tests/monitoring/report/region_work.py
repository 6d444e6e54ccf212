"""More of a made-up region: plans, schedules, norms, time-outs, figures of practices, and words.

Drawn apart from the rest, so that the regions that tests know keep their other rows.
"""

import random
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from interventions.models import ConsultationSchedule, TimeOut
from monitoring.models import IndicatorDefinition, IndicatorValue
from monitoring.report.blocks.services import write
from monitoring.report.minutes import services as minutes
from monitoring.report.quotes import services as quotes
from monitoring.report.states import AgreementState, BlockKind, QuoteSource
from practices.beside import mark_of
from practices.isolation import practice_scope
from practices.models import Cohort, Norm, Person, Practice, Tariff
from practices.states import TariffKind
from tests import factories
from tests.monitoring.region_rows import store_patients

Row = dict[str, Any]
Region = dict[str, list[Row]]

TABLES = [
    "plans", "schedules", "norms", "time_outs", "practice_indicators", "definitions",
    "texts", "quotes", "meetings",
]  # fmt: skip
NORMS = {"plans": (1, 3), "assistants_percent": (50, 34), "high_user_contacts": (25, 40)}
YEAR_WITH_WORDS = 2023


def add_work(region: Region, seed: int) -> None:
    """To a region that has its practices and cohorts."""
    chance = random.Random(f"work {seed}")
    region |= {name: [] for name in TABLES}

    def day() -> date:
        return date(2022, 6, 1) + timedelta(days=chance.randrange(1200))

    for key, values in NORMS.items():
        if chance.random() < 0.4:
            cohort = chance.choice([None, *(row["number"] for row in region["cohorts"])])
            norm = {"key": key, "cohort": cohort, "valid_from": date(2022, 1, 1)}
            region["norms"].append(norm | {"value": chance.choice(values)})
    for row in region["practices"]:
        _of_practice(region, row["code"], chance, day)
    _time_outs(region, chance, day)
    _figures(region, chance)
    _words(region, chance)


def _of_practice(region: Region, code: str, chance: random.Random, day: Callable[[], date]) -> None:
    drafted = sorted({(day(), chance.randrange(8)) for _ in range(chance.randrange(20))})
    for on, patient in drafted:
        before = chance.choice([None, 24, 29, 30, 45])
        plan = {"practice": code, "drafted_on": on, "patient": f"v{patient}"}
        region["plans"].append(plan | {"contacts_before": before})
    for pattern in ("15/30", "20"):
        if chance.random() < 0.5:
            used = chance.choice([None, day()])
            region["schedules"].append({"practice": code, "pattern": pattern, "in_use_from": used})


def _time_outs(region: Region, chance: random.Random, day: Callable[[], date]) -> None:
    """None, a few, or so many that most figures may show."""
    for _ in range(chance.choice([0, 40, 240])):
        region["time_outs"].append(
            {
                "practice": chance.choice(region["practices"])["code"],
                "person": f"p{chance.randrange(12)}",
                "date": day(),
                "outcome": chance.choice(["not_sent", "sent", "sent", "open"]),
                "kind": chance.choice(["referral", "diagnostics"]),
            }
        )


def _figures(region: Region, chance: random.Random) -> None:
    """Practices have their own figures in some years; and two more indicators of the region."""
    for year in (2021, 2022, 2023):
        for name in ("consultations", "waiting_time", "referrals"):
            for row in region["practices"] if chance.random() < 0.5 else ():
                if chance.random() < 0.1:
                    continue
                people = chance.choice([0, 900, 1500, 2095, 2600])
                figure = {"practice": row["code"], "year": year, "indicator": name}
                count = chance.randrange(people * 6 + 1)
                figure |= {"numerator": count, "denominator": people}
                region["practice_indicators"].append(figure)
        few = {"year": year, "indicator": "referrals:Longen", "national": None}
        count = {"numerator": chance.choice([4, 86, 87, 4410]), "denominator": 1000}
        region["indicators"].append(few | count)
        for name in ("fixed_gp", "patients_per_fte"):
            people = chance.choice([0, 7, 40, 9000])
            count = chance.choice([0, 4, people // 2, people])
            figure = {"year": year, "indicator": name, "national": chance.choice([None, 0.75])}
            region["indicators"].append(figure | {"numerator": count, "denominator": people})


def _words(region: Region, chance: random.Random) -> None:
    for block in ("samenvatting", "ervaringen", "verzoeken", "uitrol"):
        for turn in range(chance.randrange(3)):
            region["texts"].append({"block": block, "text": f"Versie {turn} van {block}."})
    for place in range(chance.randrange(5)):
        row = {"practice": chance.choice(region["practices"])["code"], "text": f"Woorden {place}."}
        row |= {"block": chance.choice(["ervaringen", "meerwaarde", "knelpunten"])}
        region["quotes"].append(row | {"answer": chance.choice(["yes", "no", "back", ""])})
    for year in (2022, 2023):
        agreed = [
            {
                "text": f"Afspraak {place}.",
                "owner": chance.choice(["CZ", "regio"]),
                "due_on": chance.choice([None, date(year + 2, 1, 31)]),
                "state": chance.choice(["open", "done", "not_done"]),
                "outcome": chance.choice(["", "Zo ging het."]),
            }
            for place in range(chance.randrange(3))
        ]
        held = {"year": year, "held_on": date(year + 1, 4, 2), "adjustments": "Eerder beginnen."}
        held |= {"closed": chance.random() < 0.6, "agreements": agreed}
        region["meetings"].append(held)


def store_work(region: Region, practices: dict[str, Practice]) -> None:
    cohorts = {one.number: one for one in Cohort.objects.all()}
    for row in region["norms"]:
        Norm.objects.create(**row | {"cohort": cohorts.get(row["cohort"])})
    for code, practice in practices.items():
        with practice_scope(practice):
            store_patients(region, code, practice, {})
    for row in region["schedules"]:
        ConsultationSchedule.objects.create(**row | {"practice": practices[row["practice"]]})
    people = {one.reference: one for one in Person.objects.all()}
    TimeOut.objects.bulk_create(
        TimeOut(
            practice=practices[row["practice"]],
            person=people[row["person"]],
            held_on=row["date"],
            kind=row["kind"],
            specialism="cardiology",
            step="colleague",
            outcome=row["outcome"],
        )
        for row in region["time_outs"]
    )
    _store_figures(region, practices)
    _store_words(region, practices)
    if "fee_tariffs" in region:
        _store_fee_tariffs(region)


def _store_figures(region: Region, practices: dict[str, Practice]) -> None:
    definitions = {one.code: one for one in IndicatorDefinition.objects.all()}
    region["definitions"] = [
        {"code": one.code, "title": one.title, "aim": one.aim, "position": one.position}
        for one in definitions.values()
    ]
    IndicatorValue.objects.bulk_create(
        IndicatorValue(
            practice=practices[row["practice"]],
            definition=definitions[row["indicator"]],
            **{name: row[name] for name in ("year", "numerator", "denominator")},
        )
        for row in region["practice_indicators"]
    )


def _store_words(region: Region, practices: dict[str, Practice]) -> None:
    actor = factories.user()
    said: dict[str, str] = {}
    for row in region["texts"]:
        block, seen = row["block"], mark_of(said.get(row["block"], ""))
        write(year=YEAR_WITH_WORDS, kind=BlockKind(block), text=row["text"], seen=seen, actor=actor)
        said[block] = row["text"]
    for row in region["quotes"]:
        quote = quotes.propose(
            practice=practices[row["practice"]],
            year=YEAR_WITH_WORDS,
            block=BlockKind(row["block"]),
            source=QuoteSource.TYPED,
            text="Wat werd gevraagd.",
            actor=actor,
        )
        if row["answer"] in ("yes", "back"):
            quotes.consent(quote=quote, text=row["text"], actor=actor)
        if row["answer"] in ("no", "back"):
            quotes.decline(quote=quote, actor=actor)
    for row in region["meetings"]:
        _store_meeting(row, actor)


def _store_meeting(row: Row, actor: Any) -> None:
    fields = {name: row[name] for name in ("held_on", "adjustments")}
    fields |= {"signed_off_on": row["held_on"], "signed_off_by": "CZ en de regio"}
    minutes.write(year=row["year"], fields=fields, actor=actor)
    made = [
        minutes.agree(
            year=row["year"],
            text=agreed["text"],
            owner=agreed["owner"],
            due_on=agreed["due_on"],
            actor=actor,
        )
        for agreed in row["agreements"]
    ]
    if row["closed"]:
        minutes.close(year=row["year"], actor=actor)
        for agreement, agreed in zip(made, row["agreements"], strict=True):
            state = AgreementState(agreed["state"])
            minutes.settle(agreement=agreement, state=state, outcome=agreed["outcome"], actor=actor)


def _store_fee_tariffs(region: Region) -> None:
    """In place of the one that is shipped."""
    Tariff.objects.filter(kind=TariffKind.REGIONAL_FEE).delete()
    for row in region["fee_tariffs"]:
        Tariff.objects.create(
            kind=TariffKind.REGIONAL_FEE,
            valid_from=row["from"],
            valid_until=row["until"],
            amount=row["amount"],
        )
