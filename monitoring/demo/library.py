"""What practices in the demo offered to the library, and what the region announces there."""

from datetime import date, datetime, time, timedelta

from django.utils import timezone

from interventions.examples import services
from interventions.examples.services import Written
from interventions.examples.states import ExampleKind
from interventions.models import Example
from monitoring.models import Announcement
from monitoring.news.services import Written as News
from monitoring.news.services import announce
from monitoring.states import Audience
from practices.models import Practice, User
from practices.states import RegionRoleName

EXAMPLES = (
    Written(
        ExampleKind.STORY,
        "Drie keer per week bellen werd één vaste afspraak",
        "Een patiënt belde drie keer per week, steeds met een andere klacht. Wij spraken af: "
        "elke dinsdag tien minuten, altijd met dezelfde huisarts, ook als het goed gaat.\n\n"
        "De eerste weken belde de patiënt er nog tussendoor. De assistente verwees dan vriendelijk "
        "naar dinsdag. Na twee maanden was dat bijna voorbij. Nu is eens per drie weken genoeg.\n\n"
        "**Wat hielp:** iedereen in de praktijk zei hetzelfde.",
        1,
        1,
    ),
    Written(
        ExampleKind.PLAN,
        "Een plan van één bladzijde bij veel diabetesvragen",
        "Wij schreven samen met de patiënt drie dingen op:\n\n"
        "- wat kan ik zelf, en wanneer bel ik\n"
        "- wie is mijn vaste aanspreekpunt (bij ons de POH)\n"
        "- wanneer kijken we of het werkt\n\n"
        "Het papier hangt bij de patiënt op de koelkast. Bij ons staat het in het dossier. Na een "
        "half jaar hebben we het korter gemaakt, want twee regels gebruikte niemand.",
        1,
        2,
    ),
    Written(
        ExampleKind.SCRIPT,
        "Zo vraagt onze assistente door zonder dat het streng klinkt",
        "Wij oefenden deze drie zinnen met elkaar:\n\n"
        "- Wat hoopt u dat de dokter voor u doet?\n"
        "- Wat heeft u zelf al geprobeerd?\n"
        "- Zal ik u vertellen wat u tot morgen kunt doen?\n\n"
        "De tweede vraag stellen we pas als de eerste beantwoord is. Bellers worden er rustiger "
        "van, en wij ook.",
        2,
        None,
    ),
    Written(
        ExampleKind.AGENDA,
        "Elke ochtend vier plekken van twintig minuten",
        "Wij zetten de lange plekken om tien uur, na de eerste drukte. De assistente vult er twee "
        "vooraf. De andere twee blijven tot negen uur vrij voor wie die dag belt en meer tijd "
        "nodig heeft.\n\n"
        "## Wat tegenviel\n\n"
        "Op maandag lukte het niet. Daar zijn het er nu twee, met meer korte plekken eromheen.",
        4,
        None,
    ),
    Written(
        ExampleKind.CONVERSATION,
        "Vragen naar thuis, voor we naar de knie kijken",
        "Een patiënt kwam voor de vierde keer met dezelfde knie. Ik vroeg eerst hoe een gewone "
        "dag eruitziet. Toen bleek de trap naar de slaapkamer het probleem, niet de knie.\n\n"
        "Wij belden samen het wijkteam. Er kwam geen foto en geen verwijzing, wel een bed beneden.",
        5,
        3,
    ),
    Written(
        ExampleKind.OTHER,
        "Tien minuten time-out na de lunch",
        "Wie twijfelt over een verwijzing legt die even neer. Na de lunch kijken we met zijn "
        "tweeën. Meestal is één vraag genoeg: wat verandert er voor de patiënt als de uitslag "
        "er is?\n\n"
        "Het kost ons tien minuten per dag. We verwijzen nog steeds, maar met een duidelijkere "
        "vraag.",
        3,
        None,
    ),
)
OFFERED = Written(
    ExampleKind.SCRIPT,
    "Wat we zeggen als het spreekuur vol is",
    "We zeggen niet meer dat het vol is. We zeggen wat wel kan: terugbellen na elf uur, morgen om "
    "kwart over acht, of nu even de POH.",
    2,
    None,
)


def fill_library(today: date) -> int:
    """How many examples there are; again it adds none. One more waits for the coordinator."""
    if Example.objects.exists():
        return 0
    coordinator = User.objects.filter(region_roles__role=RegionRoleName.COORDINATOR).first()
    if coordinator is None:
        return 0
    staff = User.objects.filter(is_active=True, person__isnull=False).order_by("pk")
    offering = [(user, Practice.objects.of_user(user, today).first()) for user in staff[:20]]
    makers = [(user, practice) for user, practice in offering if practice is not None]
    for index, written in enumerate((*EXAMPLES, OFFERED)):
        if not makers:
            break
        user, practice = makers[index % len(makers)]
        made = services.offer(written=written, practice=practice, named=index % 2 == 0, actor=user)
        if written in EXAMPLES:
            services.publish(example=made, written=written, actor=coordinator)
            _thanked(made, [one for one, _at in makers if one != user][: (5 * index) % 4 + 1])
            _on(made, today - timedelta(days=9 * index + 2))
    _announce(coordinator, today)
    return Example.objects.count()


def _thanked(example: Example, readers: list[User]) -> None:
    for user in readers:
        services.thank(example=example, user=user)


def _on(example: Example, day: date) -> None:
    """Offered two days before it was decided about."""
    decided = timezone.make_aware(datetime.combine(day, time(10, 30)))
    Example.objects.filter(pk=example.pk).update(
        offered_at=decided - timedelta(days=2), decided_at=decided
    )


def _announce(coordinator: User, today: date) -> None:
    if Announcement.objects.exists():
        return
    told = (
        News(
            "Voorbeelden van andere praktijken",
            "U vindt nu voorbeelden van praktijken uit de regio: een belscript, een weekindeling, "
            "een gesprek dat anders liep. Heeft u zelf iets dat werkte? **Bied het aan.** "
            "Een paar zinnen is genoeg.",
            Audience.ALL,
            today - timedelta(days=3),
            today + timedelta(days=25),
        ),
        News(
            "Bereikbaarheid in de vakantie",
            "Tussen de feestdagen zijn wij op dinsdag en donderdag bereikbaar.",
            Audience.ALL,
            today - timedelta(days=70),
            today - timedelta(days=40),
        ),
    )
    for one in told:
        announce(written=one, actor=coordinator)
