"""The national indicators that come with the product, as reviewed data.

Which codes exist is fixed by the region's files; titles, aims and sources may be changed by an
administrator. `decimals` and `percent` say how a value is written; `patients` which of its two
numbers counts patients, so that a figure on too few of them can be kept back.
"""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Literal

from mtvp.privacy.suppression import MINIMUM

Patients = Literal["both", "numerator", "denominator", "neither"]


@dataclass(frozen=True, slots=True)
class ShippedIndicator:
    """Texts are the product's data, in the language of its users."""

    code: str
    title: str
    why: str
    numerator: str
    denominator: str
    aim: str
    decimals: int = 1
    percent: bool = False
    patients: Patients = "both"
    aim_value: Decimal | None = None


SHIPPED = (
    ShippedIndicator(
        code="consultations",
        title="Consulten per verzekerde",
        why="Minder contacten per patiënt geven meer tijd per contact.",
        numerator="consulten in het jaar",
        denominator="ingeschreven verzekerden",
        aim="onder 4,6",
        decimals=2,
        patients="denominator",
        aim_value=Decimal("4.6"),
    ),
    ShippedIndicator(
        code="patients_per_fte",
        title="Ingeschreven patiënten per fte huisarts",
        why="Laat zien of een huisarts met meer tijd ook voor genoeg mensen kan zorgen.",
        numerator="ingeschreven patiënten",
        denominator="fte huisarts",
        aim="2.095 of meer",
        decimals=0,
        patients="numerator",
        aim_value=Decimal(2095),
    ),
    ShippedIndicator(
        code="fixed_gp",
        title="Mensen met een vaste huisarts",
        why="Wie zijn huisarts kent, krijgt beter passende zorg.",
        numerator="mensen met een vaste huisarts",
        denominator="inwoners",
        aim="stijgend",
        percent=True,
    ),
    ShippedIndicator(
        code="waiting_time",
        title="Wachttijd",
        why="Meer tijd per patiënt mag niet betekenen dat mensen langer wachten.",
        numerator="wachtdagen",
        denominator="metingen",
        aim="niet stijgend",
        patients="neither",
    ),
    ShippedIndicator(
        code="referrals",
        title="Verwijzingen per patiënt",
        why="Tijd om te overleggen maakt een verwijzing soms overbodig.",
        numerator="verwijzingen",
        denominator="ingeschreven patiënten",
        aim="dalend",
        decimals=3,
    ),
    ShippedIndicator(
        code="diagnostics",
        title="Diagnostiek buiten protocol per patiënt",
        why="Een time-out helpt om alleen aan te vragen wat iets toevoegt.",
        numerator="aanvragen buiten protocol",
        denominator="ingeschreven patiënten",
        aim="dalend",
        decimals=3,
    ),
    ShippedIndicator(
        code="prescriptions",
        title="Voorschriften per patiënt",
        why="Een goed gesprek leidt vaak tot minder medicijnen.",
        numerator="voorschriften",
        denominator="ingeschreven patiënten",
        aim="dalend",
        decimals=2,
    ),
)

BY_CODE = {indicator.code: indicator for indicator in SHIPPED}


def on_few_patients(code: str, numerator: Decimal, denominator: Decimal) -> bool:
    """Whether one of the two numbers counts patients, and fewer than may be shown."""
    shipped = BY_CODE.get(code)
    numbers = {
        "both": (numerator, denominator),
        "numerator": (numerator,),
        "denominator": (denominator,),
        "neither": (),
    }[shipped.patients if shipped else "both"]
    return any(0 < number < MINIMUM for number in numbers)


def load(*, using: str, **_: Any) -> None:
    """Add the definitions that are missing; what an administrator changed stays."""
    from monitoring.models import IndicatorDefinition

    if using != "owner":
        return
    IndicatorDefinition.objects.using(using).bulk_create(
        [
            IndicatorDefinition(
                code=one.code,
                title=one.title,
                why=one.why,
                numerator=one.numerator,
                denominator=one.denominator,
                aim=one.aim,
                position=position,
            )
            for position, one in enumerate(SHIPPED, start=1)
        ],
        ignore_conflicts=True,
    )
