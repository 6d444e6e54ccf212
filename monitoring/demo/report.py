"""The yearly report of the demo while it is being written: texts, quotes, last year's meeting."""

from datetime import date

from monitoring.models import ReportBlock
from monitoring.report.blocks.services import mark, write
from monitoring.report.minutes import services as minutes
from monitoring.report.quotes.services import consent, propose
from monitoring.report.states import AgreementState, BlockKind, QuoteSource
from practices.beside import mark_of
from practices.models import Practice, RegionRole, User
from practices.states import RegionRoleName, StaffRole

TEXTS = {
    BlockKind.SUMMARY: (
        "Steeds meer praktijken werken met een plan voor hun veelgebruikers.\n\n"
        "De assistenten volgen de trainingen graag. Tijd om te oefenen in de praktijk is er "
        "nog te weinig."
    ),
    BlockKind.REQUESTS: (
        "- Vertel uw verzekerden waarom een langer gesprek soms beter is.\n"
        "- Houd de afspraken over het tarief twee jaar gelijk."
    ),
}
QUOTES = (
    "Wie een dubbel consult krijgt, belt ons de weken erna veel minder.",
    "Samen de lijst doornemen kost een uur en levert een rustiger spreekuur op.",
)
AGREEMENTS = (
    ("Zet uitleg over het programma op de site voor verzekerden.", "CZ", AgreementState.DONE),
    ("Bespreek de wachttijden met de ggz in de regio.", "PrimaCura", AgreementState.NOT_DONE),
)


def write_report(today: date) -> int:
    """How many blocks of last year's report have words; again it adds none."""
    year = today.year - 1
    coordinator = _coordinator()
    if coordinator is None or ReportBlock.objects.exists():
        return 0
    for kind, text in TEXTS.items():
        write(year=year, kind=kind, text=text, seen=mark_of(""), actor=coordinator)
    mark(year=year, kind=BlockKind.REQUESTS, ready=True, actor=coordinator)
    _quote(year, coordinator)
    _meet(year, coordinator)
    return len(TEXTS)


def _quote(year: int, coordinator: User) -> None:
    """The practice with accounts agreed to the first and is asked for the second."""
    owner = User.objects.filter(person__employments__role=StaffRole.GP_OWNER).first()
    practice = Practice.objects.filter(employments__person__user=owner).first()
    if owner is None or practice is None:
        return
    for place, text in enumerate(QUOTES):
        quote = propose(
            practice=practice,
            year=year,
            block=BlockKind.EXPERIENCES,
            source=QuoteSource.TYPED,
            text=text,
            actor=coordinator,
        )
        if not place:
            consent(quote=quote, text=text, actor=owner)


def _meet(year: int, coordinator: User) -> None:
    """About the year before: signed off, with what became of it."""
    before = year - 1
    minutes.write(
        year=before,
        fields={
            "held_on": date(year, 4, 9),
            "insurers": "CZ: inkoop huisartsenzorg\nVGZ: inkoop huisartsenzorg",
            "delegation": "Twee huisartsen uit lichting 1",
            "region": "Programmacoördinator en bestuurder",
            "discussed": "De uitrol en de ervaringen van praktijken zijn doorgenomen.",
            "adjustments": "De trainingen voor assistenten beginnen voortaan in het voorjaar.",
            "signed_off_by": "CZ, VGZ, de huisartsen en PrimaCura",
            "signed_off_on": date(year, 5, 14),
        },
        actor=coordinator,
    )
    for text, owner, state in AGREEMENTS:
        made = minutes.agree(
            year=before, text=text, owner=owner, due_on=date(year, 12, 1), actor=coordinator
        )
        minutes.settle(agreement=made, state=state, outcome="", actor=coordinator)
    minutes.close(year=before, actor=coordinator)


def _coordinator() -> User | None:
    role = RegionRole.objects.filter(role=RegionRoleName.COORDINATOR).select_related("user").first()
    return role.user if role else None
