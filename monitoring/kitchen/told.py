"""Mail about a look in another's kitchen: to the host who asks, to the guest what it says."""

from collections.abc import Iterator
from datetime import date

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from monitoring.models import KitchenAsk
from practices.mailing.collecting import tell
from practices.mailing.readers import account_holders
from practices.mailing.registry import Item, Kind
from practices.models import Employment, Practice, User
from practices.texts.registry import Announced

ASKED, ACCEPTED = "mail-kitchen-asked", "mail-kitchen-accepted"
DECLINED = "mail-kitchen-declined"


def asked(ask: KitchenAsk) -> None:
    """Without how to reach who asks: that is for a host who said yes."""
    values = _values(ask, ask.offer.practice) | {
        "praktijk": ask.practice.name,
        "wie": str(ask.asked_by),
    }
    _tell(ASKED, ask, ask.offer.practice, ask.offer.offered_by_id, values)


def accepted(ask: KitchenAsk) -> None:
    values = _values(ask, ask.practice) | {"praktijk": ask.offer.practice.name}
    _tell(ACCEPTED, ask, ask.practice, ask.asked_by_id, values)


def declined(ask: KitchenAsk) -> None:
    values = _values(ask, ask.practice) | {"praktijk": ask.offer.practice.name}
    _tell(DECLINED, ask, ask.practice, ask.asked_by_id, values)


def readers(practice: Practice, who: int, today: date) -> list[int]:
    """Who did it, when in service there; else who runs the account."""
    serving = Employment.objects.in_service(today).filter(practice=practice, person__user=who)
    if serving.filter(person__user__is_active=True).exists():
        return [who]
    return account_holders([practice], today).get(practice.pk, [])


def _tell(kind: str, ask: KitchenAsk, to: Practice, who: int, values: dict[str, str]) -> None:
    now = timezone.now()
    found = readers(to, who, timezone.localdate(now))
    tell(kind, [Item(user, f"ask-{ask.pk}", values, to.pk) for user in found], now)


def _values(ask: KitchenAsk, of: Practice) -> dict[str, str]:
    page = reverse("practice_kitchens", args=[of.slug])
    return {"onderwerp": ask.offer.title, "link": settings.SITE_URL + page}


def _nothing_else(_today: date) -> Iterator[Item]:
    """It is told when it happens."""
    yield from ()


def still_open(_user: int, about: str) -> bool:
    """Not taken back meanwhile."""
    return KitchenAsk.objects.held_up().filter(pk=int(about.removeprefix("ask-"))).exists()


def _still_asks(_user: int, about: str) -> bool:
    """Not answered or taken back meanwhile."""
    asks = KitchenAsk.objects.held_up().filter(accepted_at=None)
    return asks.filter(pk=int(about.removeprefix("ask-"))).exists()


def _takes_part(user: User) -> bool:
    spells = Employment.objects.in_service(timezone.localdate())
    return user.person_id is not None and spells.filter(person=user.person_id).exists()


_EXAMPLE = {
    "naam": "Sam Bos",
    "onderwerp": "Zo plannen wij dubbele consulten",
    "praktijk": "Huisartsenpraktijk De Linde",
    "link": "https://mtvp.example/praktijk/de-linde/keuken/",
}
KINDS = (
    Kind(
        Announced(
            ASKED,
            _("Mail: a practice wants to look in the kitchen of another"),
            "{praktijk} wil bij u kijken: {onderwerp}",
            "{wie} van {praktijk} wil graag bij u komen kijken. Zeg hier of het past. Daarna ziet "
            "u hoe u {wie} bereikt:\n{link}",
            mail=True,
            placeholders=_EXAMPLE | {"wie": "Robin Smit"},
        ),
        _("A practice that wants to come and look at yours"),
        _nothing_else,
        _takes_part,
        why=_("You get this because your practice offered to show how it works."),
        dated=True,
        still=_still_asks,
    ),
    Kind(
        Announced(
            ACCEPTED,
            _("Mail: a practice may come and look in the kitchen of another"),
            "U kunt komen kijken bij {praktijk}",
            "U vroeg om te komen kijken: {onderwerp}. {praktijk} zegt ja. Hier leest u hoe u hen "
            "bereikt, en zij lezen nu hoe zij u bereiken. Maak samen een afspraak:\n{link}",
            mail=True,
            placeholders=_EXAMPLE,
        ),
        _("When you may come and look in another practice"),
        _nothing_else,
        _takes_part,
        why=_("You get this because your practice asked to come and look."),
        dated=True,
        still=still_open,
    ),
    Kind(
        Announced(
            DECLINED,
            _("Mail: a look in the kitchen does not suit the host"),
            "Kijken bij {praktijk} past nu niet",
            "U vroeg om te komen kijken: {onderwerp}. Dat past {praktijk} nu niet.\n\n"
            "Andere praktijken laten ook zien hoe zij werken:\n{link}",
            mail=True,
            placeholders=_EXAMPLE,
        ),
        _("When a look in another practice does not suit"),
        _nothing_else,
        _takes_part,
        why=_("You get this because your practice asked to come and look."),
        dated=True,
    ),
)
