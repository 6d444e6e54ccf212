"""Mail about the yearly report: to readers, to practices that are quoted, to who writes."""

from collections.abc import Iterator
from datetime import date, timedelta

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from monitoring.models import Report, ReportBlock, ReportQuote
from monitoring.report.blocks.page import shown_blocks
from monitoring.report.blocks.reminding import days_before
from monitoring.report.blocks.services import is_frozen
from monitoring.report.publishing.services import readers_of
from monitoring.report.states import BlockState, QuoteState
from practices.mailing.registry import Item, Kind
from practices.models import Employment, User
from practices.permissions import BY_STAFF_ROLE, Permission
from practices.tenancy import access_to_region
from practices.texts.registry import Announced

PUBLISHED, QUOTE, BLOCK = "mail-report-published", "mail-report-quote", "mail-report-block"
NEWS_DAYS = 21
"""What was published or asked longer ago is no news."""


CONSENTING = [role for role, may in BY_STAFF_ROLE.items() if Permission.CONSENT_TO_QUOTE in may]


def published(today: date) -> Iterator[Item]:
    """A report that its insurer can read; a corrected version is news of its own."""
    found = Report.objects.filter(published_at__date__gt=today - timedelta(days=NEWS_DAYS))
    for report in found.select_related("insurer"):
        values = {
            "jaar": str(report.year),
            "versie": f" (versie {report.version})" if report.version > 1 else "",
            "link": settings.SITE_URL + reverse("insurer_reports"),
        }
        for reader in readers_of(report.insurer):
            yield Item(reader.pk, f"report-{report.pk}", values)


def quotes(today: date) -> Iterator[Item]:
    """A practice is asked for its words, for who runs its account."""
    asked = ReportQuote.objects.filter(
        state=QuoteState.ASKED, proposed_at__date__gt=today - timedelta(days=NEWS_DAYS)
    ).select_related("practice")
    spells = Employment.objects.in_service(today).filter(
        role__in=CONSENTING, person__user__is_active=True
    )
    holders: dict[int, set[int]] = {}
    for practice, user in spells.values_list("practice", "person__user"):
        holders.setdefault(practice, set()).add(user)
    for quote in asked:
        values = {
            "praktijk": quote.practice.name,
            "jaar": str(quote.year),
            "link": settings.SITE_URL + reverse("practice_quotes", args=[quote.practice.slug]),
        }
        for user in sorted(holders.get(quote.practice_id, ())):
            yield Item(user, f"quote-{quote.pk}", values, quote.practice_id)


def _still_reads(user: int, about: str) -> bool:
    """The report is still published, and for an insurer that this account reads for."""
    report = Report.objects.filter(
        pk=about.removeprefix("report-"), published_at__isnull=False
    ).select_related("insurer")
    return any(readers_of(one.insurer).filter(pk=user).exists() for one in report)


def _still_writes(user: int, about: str) -> bool:
    block = ReportBlock.objects.filter(pk=about.split("-")[1], owner=user)
    return block.exclude(state=BlockState.READY).exists()


def _still_asked(user: int, about: str) -> bool:
    return ReportQuote.objects.filter(
        pk=about.removeprefix("quote-"), state=QuoteState.ASKED
    ).exists()


def blocks(today: date) -> Iterator[Item]:
    """What somebody is to write: a month, a week and a day before it is due."""
    years = ReportBlock.objects.filter(owner__isnull=False).values_list("year", flat=True)
    for year in sorted(set(years)):
        if is_frozen(year):
            continue
        for shown in shown_blocks(year, today):
            if shown.block.owner_id is None or shown.ready:
                continue
            when = days_before(shown.due_on, today)
            if when:
                values = {
                    "blok": str(shown.kind.label),
                    "jaar": str(year),
                    "datum": date_format(shown.due_on),
                    "link": settings.SITE_URL + reverse("report_block", args=[year, shown.kind]),
                }
                yield Item(shown.block.owner_id, f"block-{shown.block.pk}-{when}", values)


def _reads(user: User) -> bool:
    return Permission.READ_REPORT in access_to_region(user)


def _writes(user: User) -> bool:
    return Permission.BUILD_REPORT in access_to_region(user)


def _consents(user: User) -> bool:
    spells = Employment.objects.in_service(timezone.localdate()).filter(
        person=user.person_id, role__in=CONSENTING
    )
    return user.person_id is not None and spells.exists()


_PLACEHOLDERS = {
    "naam": "Sam Bos",
    "jaar": "2026",
    "link": "https://mtvp.example/jaarverslagen/",
}
KINDS = (
    Kind(
        Announced(
            PUBLISHED,
            _("Mail: a yearly report is published"),
            "Jaarverslag MTVP {jaar}{versie} staat klaar",
            "Het jaarverslag Meer Tijd Voor de Patiënt over {jaar}{versie} staat voor u klaar. "
            "Log in om het te lezen of te downloaden:\n{link}",
            mail=True,
            placeholders=_PLACEHOLDERS | {"versie": " (versie 2)"},
        ),
        _("A yearly report that you can read"),
        published,
        _reads,
        why=_("You get this because you read the yearly report for your insurer."),
        dated=True,
        still=_still_reads,
    ),
    Kind(
        Announced(
            QUOTE,
            _("Weekly mail: may we quote you in the yearly report?"),
            "Mogen uw woorden in het jaarverslag {jaar}?",
            "PrimaCura wil graag iets opschrijven dat {praktijk} heeft gezegd. Uw naam komt er "
            "niet bij. U leest de tekst op de site. Daar zegt u ja of nee, of u past de tekst "
            "aan:\n{link}",
            mail=True,
            placeholders=_PLACEHOLDERS | {"praktijk": "Praktijk De Linde"},
        ),
        _("Whether words of your practice may stand in the yearly report"),
        quotes,
        _consents,
        why=_("You get this because you run the account of your practice."),
        still=_still_asked,
        permission=Permission.CONSENT_TO_QUOTE,
    ),
    Kind(
        Announced(
            BLOCK,
            _("Mail: a block of the yearly report is to be written"),
            "Jaarverslag {jaar}: schrijf het blok {blok}",
            "Het blok {blok} van het jaarverslag {jaar} staat op uw naam. Het moet klaar zijn op "
            "{datum}. U schrijft het hier, met de cijfers ernaast:\n{link}",
            mail=True,
            placeholders=_PLACEHOLDERS | {"blok": "Samenvatting", "datum": "1 maart 2027"},
        ),
        _("Blocks of the yearly report that you write"),
        blocks,
        _writes,
        why=_("You get this because you write a part of the yearly report."),
        dated=True,
        still=_still_writes,
    ),
)
