"""The indicators that come with the product, as reviewed data in the language of its users.

Which codes the region's files may name is fixed: the seven national ones. `own` ones are counted
from what is in the product. An administrator may change every text.
"""

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from monitoring.mirror.states import Comparison, Direction, MirrorAction

Patients = Literal["both", "numerator", "denominator", "neither"]


@dataclass(frozen=True, slots=True)
class ShippedIndicator:
    """`decimals` and `percent` say how a value is written; `patients` which of its two numbers
    counts patients, so that a figure on too few of them can be kept back."""

    code: str
    title: str
    why: str
    numerator: str
    denominator: str
    aim: str
    comparison: Comparison
    explanations: tuple[str, ...]
    question_team: str
    question_intervision: str
    action_text: str
    action: MirrorAction
    direction: Direction = Direction.NONE
    decimals: int = 1
    patients: Patients = "both"
    aim_value: Decimal | None = None
    source: str = "cijfers van zorgverzekeraars"
    period: str = "een kalenderjaar"
    minimum_size: int = 1000
    own: bool = False

    @property
    def percent(self) -> bool:
        return self.comparison is Comparison.PROPORTION


SHIPPED = (
    ShippedIndicator(
        code="consultations",
        title="Consulten per verzekerde",
        why="Minder contacten per patiënt geven meer tijd per contact.",
        numerator="consulten in het jaar",
        denominator="ingeschreven verzekerden",
        aim="onder 4,6",
        direction=Direction.LOWER,
        comparison=Comparison.RATE,
        decimals=2,
        patients="denominator",
        aim_value=Decimal("4.6"),
        explanations=(
            "Meer ouderen of meer mensen met een lange ziekte in uw praktijk",
            "Lange consulten die als meer consulten zijn geteld",
            "Een andere manier van terugbestellen",
        ),
        question_team="Welke contacten van deze week waren ook in één keer gelukt?",
        question_intervision="Hoe spreekt u met een patiënt af wanneer terugkomen zin heeft?",
        action_text="Kijk of uw agenda ruimte geeft voor langere gesprekken.",
        action=MirrorAction.SCHEDULES,
    ),
    ShippedIndicator(
        code="patients_per_fte",
        title="Ingeschreven patiënten per fte huisarts",
        why="Laat zien of een huisarts met meer tijd ook voor genoeg mensen kan zorgen.",
        numerator="ingeschreven patiënten",
        denominator="fte huisarts",
        aim="2.095 of meer",
        direction=Direction.HIGHER,
        comparison=Comparison.COURSE,
        decimals=0,
        patients="numerator",
        aim_value=Decimal(2095),
        explanations=(
            "Een vacature of een nieuwe collega in dat jaar",
            "Een nieuwe wijk, of juist een patiëntenstop",
            "Taken die bij een POH of VS liggen",
        ),
        question_team="Welk werk van de huisarts kan iemand anders in het team doen?",
        question_intervision="Wat maakt het bij u mogelijk om voor meer mensen te zorgen?",
        action_text="Schrijf in uw plan wat u met meer mensen in het team wilt doen.",
        action=MirrorAction.PLAN,
    ),
    ShippedIndicator(
        code="fixed_gp",
        title="Mensen met een vaste huisarts",
        why="Wie zijn huisarts kent, krijgt beter passende zorg.",
        numerator="mensen met een vaste huisarts",
        denominator="inwoners",
        aim="stijgend",
        direction=Direction.HIGHER,
        comparison=Comparison.PROPORTION,
        explanations=(
            "Veel verhuizingen in de wijk",
            "Een vaste huisarts die niet in het systeem staat",
            "Wisselende waarnemers in dat jaar",
        ),
        question_team="Hoe weet een patiënt wie zijn eigen huisarts is?",
        question_intervision="Hoe houdt u contact met uw eigen patiënten als u weinig dagen werkt?",
        action_text="Spreek in uw plan af hoe patiënten hun eigen huisarts zien.",
        action=MirrorAction.PLAN,
    ),
    ShippedIndicator(
        code="waiting_time",
        title="Wachttijd in dagen",
        why="Meer tijd per patiënt mag niet betekenen dat mensen langer wachten.",
        numerator="wachtdagen",
        denominator="metingen",
        aim="niet stijgend",
        direction=Direction.LOWER,
        comparison=Comparison.COURSE,
        patients="neither",
        explanations=(
            "Ziekte of vakantie in de weken van de meting",
            "Langere consulten zonder dat de rest van de agenda is aangepast",
            "Een andere manier van meten",
        ),
        question_team="Op welke dag is de wachttijd het langst, en wat gebeurt er op die dag?",
        question_intervision="Hoe houdt u plaatsen vrij zonder dat lange gesprekken verdwijnen?",
        action_text="Kijk hoe uw consulten over de week zijn verdeeld.",
        action=MirrorAction.SCHEDULES,
    ),
    ShippedIndicator(
        code="referrals",
        title="Verwijzingen per patiënt",
        why="Tijd om te overleggen maakt een verwijzing soms overbodig.",
        numerator="verwijzingen",
        denominator="ingeschreven patiënten",
        aim="dalend",
        direction=Direction.LOWER,
        comparison=Comparison.RATE,
        decimals=3,
        explanations=(
            "Meer ouderen in uw praktijk",
            "Een specialist of kaderarts dichtbij met wie u overlegt",
            "Verwijzingen die op een andere plek zijn vastgelegd",
        ),
        question_team="Bij welke klacht twijfelt u vaak, en met wie kunt u dan overleggen?",
        question_intervision="Vertel over een verwijzing die achteraf niet nodig was. "
        "Wat had u geholpen?",
        action_text="Neem een time-out bij twijfel en schrijf op wat u leerde.",
        action=MirrorAction.TIME_OUTS,
    ),
    ShippedIndicator(
        code="diagnostics",
        title="Diagnostiek buiten protocol per patiënt",
        why="Een time-out helpt om alleen aan te vragen wat iets toevoegt.",
        numerator="aanvragen buiten protocol",
        denominator="ingeschreven patiënten",
        aim="dalend",
        direction=Direction.LOWER,
        comparison=Comparison.RATE,
        decimals=3,
        explanations=(
            "Aanvragen die een assistent of POH klaarzet",
            "Een vast pakket in het laboratorium met meer bepalingen",
            "Patiënten die om onderzoek vragen",
        ),
        question_team="Welk onderzoek vragen wij aan zonder dat de uitslag iets verandert?",
        question_intervision="Wat zegt u tegen een patiënt die om een onderzoek vraagt?",
        action_text="Neem een time-out bij twijfel en schrijf op wat u leerde.",
        action=MirrorAction.TIME_OUTS,
    ),
    ShippedIndicator(
        code="prescriptions",
        title="Voorschriften per patiënt",
        why="Een goed gesprek leidt vaak tot minder medicijnen.",
        numerator="voorschriften",
        denominator="ingeschreven patiënten",
        aim="dalend",
        direction=Direction.LOWER,
        comparison=Comparison.RATE,
        decimals=2,
        explanations=(
            "Meer ouderen met veel medicijnen",
            "Recepten voor korte tijd, die dan vaker tellen",
            "Afspraken met de apotheek over herhaalrecepten",
        ),
        question_team="Bij welke patiënten keken wij dit jaar samen naar de medicijnen?",
        question_intervision="Hoe begint u een gesprek over stoppen met een medicijn?",
        action_text="Kies een training over het andere gesprek.",
        action=MirrorAction.TRAINING,
    ),
    ShippedIndicator(
        code="high_users",
        title="Veelgebruikers per 100 patiënten",
        why="Wie vaak komt, heeft vaak een vraag achter de vraag. Met een andere aanpak krijgt de "
        "patiënt betere zorg en krijgt u meer tijd.",
        numerator="patiënten met 30 of meer contacten in 12 maanden",
        denominator="ingeschreven patiënten in het kwartaal waarin de periode eindigt",
        aim="",
        comparison=Comparison.PROPORTION,
        source="de uitdraaien van praktijken die in dat jaar meededen",
        period="12 maanden, tot de laatste dag van de uitdraai",
        own=True,
        explanations=(
            "Meer ouderen in uw praktijk",
            "Contacten die anders zijn vastgelegd",
            "Echte verschillen in aanpak",
        ),
        question_team="Bij welke vijf patiënten kunnen wij echt verschil maken?",
        question_intervision="Welk gesprek met iemand die vaak komt, liep anders dan u dacht?",
        action_text="Kies 5 patiënten waarbij u verschil kunt maken.",
        action=MirrorAction.HIGH_USERS,
    ),
)
"""Their order is the order on every page: that of the file, never that of the outcome."""

BY_CODE = {indicator.code: indicator for indicator in SHIPPED}
