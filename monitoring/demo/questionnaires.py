"""What practices of the demo wrote in their questionnaires, beside the yes and no of the files."""

from typing import Any

from django.utils import timezone

from monitoring.models import QuestionnaireAnswer, QuestionnaireVersion
from monitoring.questionnaires import services
from monitoring.questionnaires.facts import responses
from monitoring.questionnaires.shipped import FIXED_KEYS
from monitoring.questionnaires.states import ResponseState
from monitoring.standing import standing
from practices.models import Employment, Person, Practice, RegionRole, User
from practices.states import RegionRoleName, StaffRole

MANAGER = "manager2@demo.example"
TOLD = 9
"""So many practices tell more than yes and no."""

EXPERIENCES = (
    "Het team bespreekt de veelgebruikers nu elke zes weken. Dat gaf ons overzicht.",
    "Eén dubbel consult in plaats van drie korte: dat scheelt op drukke dagen.",
    "De time-out doen we vaker samen dan alleen.",
    "Het kostte een half jaar voordat iedereen de plannen gebruikte.",
)
ADDED_VALUE = (
    "Meer rust in de ochtend en minder vragen die terugkomen.",
    "Wij kennen deze patiënten beter.",
    "De assistente hoeft minder te puzzelen met de agenda.",
)
BOTTLENECKS: tuple[dict[str, str], ...] = (
    {
        "partner": "ggz",
        "kind": "waiting",
        "weight": "3",
        "text": "Wachttijd voor de basis-ggz is langer dan vier maanden.",
    },
    {
        "partner": "social",
        "kind": "reachability",
        "weight": "2",
        "text": "Wij weten niet wie wij in de wijk kunnen bellen.",
    },
    {
        "partner": "hospital",
        "kind": "communication",
        "weight": "2",
        "text": "Brieven komen laat, dus vragen wij hetzelfde nog een keer.",
    },
)


def tell_experiences() -> int:
    """How many practices; again it adds none. What the files brought is reopened for it, and
    keeps the day it was answered on."""
    coordinator = _playing(RegionRoleName.COORDINATOR)
    if coordinator is None or QuestionnaireAnswer.objects.exclude(version=None).exists():
        return 0
    given = QuestionnaireAnswer.objects.filter(practice__stopped_on=None, programme_year=1)
    chosen = given.select_related("practice__consultant").order_by("-answered_on", "pk")[:TOLD]
    for number, answer in enumerate(chosen):
        _tell(answer, number, coordinator)
    return len(chosen)


def leave_one_open() -> int:
    """Where the second manager works: the first practice that may answer and did not, still in
    time if there is one. It is begun, so that one can go on with it."""
    today = timezone.localdate()
    missing = [one for one in responses(standing(today)) if one.is_missing]
    missing.sort(key=lambda one: one.state != ResponseState.OPEN)
    manager = User.objects.filter(email=MANAGER, person=None).first()
    if not missing or manager is None:
        return 0
    practice, year = Practice.objects.get(pk=missing[0].practice), missing[0].programme_year
    person = Person.objects.create(reference="D-manager2", name=manager.name, email=manager.email)
    Employment.objects.create(
        practice=practice, person=person, role=StaffRole.MANAGER, started_on=practice.start
    )
    manager.person = person
    manager.save(update_fields=["person"])
    version = QuestionnaireVersion.objects.asked_on(today)[0]
    services.save_draft(
        practice=practice,
        year=year,
        version=version,
        answers={**dict.fromkeys(FIXED_KEYS), "experiences": EXPERIENCES[0]},
        seen=services.state_of(practice, year),
        actor=manager,
        on_behalf=False,
    )
    return 1


def _tell(answer: QuestionnaireAnswer, number: int, coordinator: User) -> None:
    practice, actor = answer.practice, answer.practice.consultant or coordinator
    said: dict[str, Any] = {
        name: getattr(answer, name) for name in ("plans_made", "lasting_habit", "flexible_in_use")
    }
    said |= {
        "experiences": EXPERIENCES[number % len(EXPERIENCES)],
        "added_value": ADDED_VALUE[number % len(ADDED_VALUE)],
        "bottlenecks": [BOTTLENECKS[number % len(BOTTLENECKS)]] if number % 2 else [],
    }
    services.reopen(practice=practice, year=1, reason="Toelichting gevraagd", actor=coordinator)
    services.hand_in(
        practice=practice,
        year=1,
        version=QuestionnaireVersion.objects.asked_on(timezone.localdate())[0],
        answers=said,
        seen=services.state_of(practice, 1),
        actor=actor,
        on_behalf=True,
    )


def _playing(role: RegionRoleName) -> User | None:
    found = RegionRole.objects.filter(role=role).select_related("user").order_by("pk").first()
    return found.user if found else None
