"""What the region has for the weekly mail: its announcements, and now and then a newsletter."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from monitoring.models import Announcement, AnnouncementRead, Newsletter
from monitoring.news.readers import audiences_of, readers
from monitoring.states import Audience
from practices.mailing.registry import Item, Kind
from practices.mailing.services import WEEKLY
from practices.models import MailOptOut, User
from practices.texts.registry import Announced
from practices.texts.rendering import mail_text_of

ANNOUNCEMENT, NEWSLETTER = "mail-announcement", "mail-newsletter"
NEWS_DAYS = 14
"""An announcement that is shown longer is no news, and neither is a newsletter."""

EXCERPT_WORDS = 30


def announcements(today: date) -> Iterator[Item]:
    """What is shown since lately, for who has not put it away already."""
    fresh = Announcement.objects.on(today).filter(shown_from__gt=today - timedelta(days=NEWS_DAYS))
    shown = list(fresh.order_by("shown_from", "pk"))
    if not shown:
        return
    known = set(
        AnnouncementRead.objects.filter(announcement__in=shown).values_list("announcement", "user")
    )
    everybody = readers(today)
    for one in shown:
        values = {
            "titel": one.title,
            "bericht": mail_text_of(one.body),
            "link": f"{settings.SITE_URL}{reverse('news')}#bericht-{one.pk}",
        }
        for user, groups in everybody.items():
            if one.audience in groups and (one.pk, user) not in known:
                yield Item(user, f"announcement-{one.pk}", values)


def _still_shown(user: int, about: str) -> bool:
    """Not taken down or over meanwhile, and for a group that this account belongs to."""
    groups = audiences_of(User.objects.get(pk=user))
    shown = Announcement.objects.on(timezone.localdate()).of(groups)
    return shown.filter(pk=about.removeprefix("announcement-")).exists()


def newsletters(today: date) -> Iterator[Item]:
    since = timezone.make_aware(datetime.combine(today - timedelta(days=NEWS_DAYS), time.min))
    for letter in Newsletter.objects.filter(sent_at__gte=since).order_by("sent_at"):
        parts: dict[frozenset[Audience], dict[str, str]] = {}
        for user, groups in readers(today).items():
            if groups not in parts:
                parts[groups] = letter_values(letter, groups)
            if parts[groups]["inhoud"]:
                yield Item(user, about(letter), parts[groups])


def about(letter: Newsletter) -> str:
    return f"newsletter-{letter.pk}"


def letter_values(letter: Newsletter, groups: frozenset[Audience]) -> dict[str, str]:
    """What it says to somebody of these groups; announcements of others are left out, as is what
    was taken down or taken back since."""
    chosen = letter.announcements.filter(taken_down_at=None, audience__in=groups)
    parts = [mail_text_of(letter.opening)]
    parts += [f"*{one.title}*\n{mail_text_of(one.body)}" for one in chosen.order_by("pk")]
    for example in letter.examples.published().order_by("pk"):
        page = settings.SITE_URL + reverse("example", args=[example.pk])
        excerpt = Truncator(example.excerpt).words(EXCERPT_WORDS)
        parts.append(f"*{example.title}*\n{excerpt}\nLees het voorbeeld:\n{page}")
    return {
        "titel": letter.title,
        "inhoud": "\n\n".join(filter(None, parts)),
        "link": settings.SITE_URL + reverse("news"),
    }


def _letter_anew(user: User, about: str) -> dict[str, str] | None:
    """Without what was taken down since the mail was written."""
    letter = Newsletter.objects.filter(pk=about.removeprefix("newsletter-")).first()
    values = letter_values(letter, audiences_of(user)) if letter else {}
    return values if values.get("inhoud") else None


def wanted_by(kind: str) -> int:
    """How many accounts would get it today."""
    unwanted = MailOptOut.objects.filter(kind__in=(kind, WEEKLY)).values_list("user", flat=True)
    return len(set(readers(timezone.localdate())) - set(unwanted))


def _takes_part(user: User) -> bool:
    return bool(audiences_of(user))


KINDS = (
    Kind(
        Announced(
            ANNOUNCEMENT,
            _("Weekly mail: an announcement of PrimaCura"),
            "{titel}",
            "{bericht}\n\nU leest alle berichten op de pagina nieuws:\n{link}",
            mail=True,
            placeholders={
                "naam": "Sam Bos",
                "titel": "Nieuwe data voor intervisie",
                "bericht": "In maart komen er twee middagen bij. U kunt zich nu inschrijven.",
                "link": "https://mtvp.example/nieuws/",
            },
        ),
        _("Announcements of PrimaCura"),
        announcements,
        _takes_part,
        _("You get this because PrimaCura wrote this for people in your role."),
        still=_still_shown,
    ),
    Kind(
        Announced(
            NEWSLETTER,
            _("Weekly mail: the newsletter"),
            "{titel}",
            "{inhoud}\n\nMeer nieuws vindt u op de site:\n{link}",
            mail=True,
            placeholders={
                "naam": "Sam Bos",
                "titel": "Nieuwsbrief maart",
                "inhoud": "*Eerst bellen*\nEen praktijk vertelt over een vaste belafspraak.",
                "link": "https://mtvp.example/nieuws/",
            },
        ),
        _("The newsletter of PrimaCura, now and then"),
        newsletters,
        _takes_part,
        _("You get this because you take part in the programme."),
        anew=_letter_anew,
    ),
)
