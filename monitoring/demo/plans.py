"""How many plans a practice makes, on which days, and what stands in them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from highusers.states import Influenceable, InviteMoment
from monitoring.demo.chance import day_between, dice
from monitoring.demo.extracts import DemoExtract, counts_of, extracts_of
from monitoring.demo.figures import Row
from monitoring.demo.patients import panel_of
from monitoring.demo.region import DemoPractice, DemoRegion
from practices.norms import SHIPPED_NORMS
from practices.programme_year import add_months, normed_years

PLANS_OF_HOME = 3
TEXTS_OF_HOME = (3, 0, 2)
"""Of `TEXTS`, for the plans that `care` goes on with."""


@dataclass(frozen=True, slots=True)
class PlanWords:
    """What the team wrote; invented, and fit for any patient."""

    reason: str
    who: str
    how: str
    moment: str
    goals: str
    influenceable: Influenceable
    moment_kind: InviteMoment
    instruction: str = ""
    life_domains: str = ""
    hotspotter: bool = False


TEXTS = (
    PlanWords(
        "Belt vaak met kleine vragen. Woont sinds kort alleen.",
        "Huisarts en POH",
        "Een vast gesprek per vier weken, vragen opsparen",
        "Als de patiënt zelf belt, het liefst in de ochtend",
        "Meer vertrouwen in eigen oordeel, contact met de buurt",
        Influenceable.YES,
        InviteMoment.WHEN_CALLS,
        "Plan een dubbel consult bij de POH, binnen een week.",
        "loneliness",
    ),
    PlanWords(
        "Veel lichamelijke klachten zonder verklaring, zorgen over werk.",
        "Huisarts",
        "Het andere gesprek met het spinnenweb, samen één doel kiezen",
        "Actief uitnodigen",
        "Weer twee dagen werken, minder zorgen over de klachten",
        Influenceable.YES,
        InviteMoment.INVITE,
        life_domains="work",
    ),
    PlanWords(
        "Meerdere chronische ziekten, controles op losse dagen.",
        "POH",
        "Controles op één dag, uitleg over wat zelf kan",
        "Bij de volgende controle",
        "Minder losse afspraken",
        Influenceable.DOUBT,
        InviteMoment.WHEN_CALLS,
        "Zet de vraag bij de volgende controle. Kan het niet wachten? Dan de dienstdoende arts.",
    ),
    PlanWords(
        "Schulden en spanning thuis.",
        "POH-GGZ met de wijkcoach",
        "Samen naar het wijkteam",
        "Actief uitnodigen, in de ochtend",
        "Hulp bij geldzaken is begonnen",
        Influenceable.YES,
        InviteMoment.INVITE,
        "Verbind door met de POH-GGZ, of laat haar dezelfde dag terugbellen.",
        "money,housing,family",
        hotspotter=True,
    ),
    PlanWords(
        "Behandeling in het ziekenhuis, veel wondzorg.",
        "Assistent",
        "Vaste tijd voor de wondcontrole",
        "Elke dinsdag en vrijdag",
        "Rust en duidelijkheid",
        Influenceable.NO,
        InviteMoment.WHEN_CALLS,
        "Plan de wondcontrole op dinsdag of vrijdag om 10.30 uur.",
    ),
)


def plan_days(region: DemoRegion, practice: DemoPractice, year: int) -> list[date]:
    """The days of this programme year on which a plan was drawn up, until today."""
    chance = dice(region.seed, "plans", practice.index, year)
    wanted = SHIPPED_NORMS.plans + int(chance.integers(0, 3))
    if chance.random() >= practice.zeal:
        wanted = int(chance.integers(1, SHIPPED_NORMS.plans))
    begin = normed_years(practice.start)[year - 1].first_day
    if practice.is_home and year == 1:
        return [begin + timedelta(days=40 + 30 * number) for number in range(PLANS_OF_HOME)]
    first, last = add_months(begin, 1), add_months(begin, 10)
    days = sorted(day_between(chance, first, last) for _plan in range(wanted))
    until = min(region.today, practice.stopped_on or region.today)
    return [day for day in days if day <= until]


def spreadsheet_plans(region: DemoRegion) -> Iterator[Row]:
    """Plans of practices whose extract the region knows by its figures: a count beside each."""
    for extract in extracts_of(region):
        if not extract.uploaded:
            yield from _rows(region, extract)


def _rows(region: DemoRegion, extract: DemoExtract) -> Iterator[Row]:
    counts = counts_of(region, extract, panel_of(region.seed, extract.practice))
    highest = sorted((int(count) for count in counts if count >= extract.threshold), reverse=True)
    days = plan_days(region, extract.practice, 1)
    for number, (day, count) in enumerate(zip(days, highest, strict=False), 1):
        yield extract.practice.code, day, f"V-{number:02d}", count
