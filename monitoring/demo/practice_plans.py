"""Plans of the first practices of the demo, in every state that a plan can have."""

from datetime import date, timedelta

from interventions.models import PracticePlan
from interventions.practice_plan import services
from interventions.practice_plan.states import Field, Kind
from interventions.practice_plan.writing import Written, write_field
from practices.beside import mark_of
from practices.models import Employment, Practice, User
from practices.states import StaffRole

FURTHEST = ("agreed", "commented", "handed_in", "draft")
"""How far the plans of the first practices are, in turn."""

SAYS: dict[Kind, tuple[str, str, int]] = {
    Kind.HIGH_USERS: (
        "Elke maand bespreken wij in het teamoverleg twee mensen met veel contacten. "
        "Een van ons houdt de regie.",
        "Minder losse afspraken, meer rust voor de patiënt.",
        60,
    ),
    Kind.TRIAGE: (
        "Alle assistenten volgen een cursus triage. De regie-arts loopt elke ochtend mee.",
        "Minder overleg tussendoor.",
        90,
    ),
    Kind.TIME_OUT: (
        "Bij twijfel over een verwijzing overleggen wij eerst met een collega.",
        "Wij weten waarom wij verwijzen.",
        45,
    ),
    Kind.LENGTHS: (
        "Twee ochtenden per week staan er alleen consulten van 15 en 30 minuten.",
        "Minder uitloop op het spreekuur.",
        120,
    ),
    Kind.CONVERSATION: (
        "Wij doen de basistraining en gebruiken het spinnenweb bij chronische klachten.",
        "Vaker een gesprek over wat iemand zelf wil.",
        150,
    ),
    Kind.INTERVISION: ("Iedere huisarts gaat twee keer per jaar.", "Leren van elkaar.", 200),
    Kind.NEIGHBOURHOOD: (
        "Kennismaken met het sociaal team van de wijk en vaste tijden afspreken.",
        "Korte lijnen.",
        100,
    ),
}


def write_practice_plans(*, today: date) -> int:
    """How many there are; again it adds none."""
    if PracticePlan.objects.exists():
        return 0
    practices = Practice.objects.in_region_order().filter(stopped_on=None, consultant__isnull=False)
    made = [
        _write(practice, FURTHEST[place % len(FURTHEST)], writer, today)
        for place, practice in enumerate(practices[: 2 * len(FURTHEST)])
        if (writer := _writer(practice, today))
    ]
    return len(made)


def _write(practice: Practice, state: str, writer: User, today: date) -> PracticePlan:
    year = services.year_of(practice, today)
    plan = services.begin_plan(practice=practice, year=year, actor=writer)
    services.add_section(plan=plan, kind=Kind.NEIGHBOURHOOD, actor=writer)
    for section in plan.sections.select_related("plan"):
        doing, hope, days = SAYS[Kind(section.kind)]
        texts = {
            Field.DOING: doing,
            Field.WHO: str(writer),
            Field.BY_ON: (today + timedelta(days=days)).isoformat(),
            Field.HOPE: hope,
        }
        for field, text in texts.items():
            written = Written(field, text, mark_of(""))
            write_field(section=section, written=written, actor=writer, on_behalf=False)
    if state != "draft":
        _hand_in(plan, state, writer)
    return plan


def _hand_in(plan: PracticePlan, state: str, writer: User) -> None:
    consultant = plan.practice.consultant
    assert consultant is not None
    services.hand_in(plan=plan, actor=writer, on_behalf=False)
    if state == "commented":
        services.comment(
            section=plan.sections.select_related("plan").get(kind=Kind.LENGTHS),
            text="Mooi. Welke dagen kiest u, en wat zegt u tegen de patiënten?",
            of_consultant=True,
            actor=consultant,
        )
        services.send_back(plan=plan, actor=consultant)
    if state == "agreed":
        services.agree(plan=plan, actor=consultant, for_practice=False)


def _writer(practice: Practice, today: date) -> User | None:
    serving = Employment.objects.in_service(today).filter(
        practice=practice, role=StaffRole.GP_OWNER, person__user__isnull=False
    )
    first = serving.select_related("person__user").order_by("pk").first()
    return first.person.user if first else None
