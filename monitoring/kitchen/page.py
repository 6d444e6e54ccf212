"""What a practice sees of the kitchens of the region."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch

from monitoring.compliance import PracticeStanding
from monitoring.kitchen.matching import Offered, gains, suggested
from monitoring.kitchen.states import AskState
from monitoring.kitchen.subjects import indicator_of
from monitoring.mirror.gains import could_gain
from monitoring.models import KitchenAsk, KitchenOffer
from practices.models import Practice


@dataclass(frozen=True, slots=True)
class Shown:
    """An offer of another practice, and the own open question about it."""

    offer: KitchenOffer
    subject: str
    asked: bool


def offers_of_others(
    practice: Practice, names: dict[str, str], today: date, subject: str = ""
) -> list[Shown]:
    """All of them, by subject and title: the same order for everybody. Two queries."""
    open_here = KitchenAsk.objects.held_up().filter(practice=practice)
    asked = {ask.offer_id for ask in open_here if ask.state is not AskState.HAPPENED}
    found = KitchenOffer.objects.on(today).exclude(practice=practice).select_related("practice")
    order = {key: place for place, key in enumerate(names)}
    listed = [one for one in found if not subject or one.subject == subject]
    listed.sort(key=lambda one: (order.get(one.subject, len(order)), one.title, one.pk))
    return [Shown(one, names.get(one.subject, one.subject), one.pk in asked) for one in listed]


def own_offers(practice: Practice) -> list[KitchenOffer]:
    """With who asked, the newest first."""
    asks = KitchenAsk.objects.filter(withdrawn_at=None)
    shown = asks.select_related("practice", "asked_by")
    found = KitchenOffer.objects.filter(practice=practice).select_related("practice")
    found = found.order_by("-offered_at", "-pk")
    return list(found.prefetch_related(Prefetch("asks", shown, to_attr="questions")))


def own_asks(practice: Practice) -> list[KitchenAsk]:
    found = KitchenAsk.objects.filter(practice=practice)
    return list(found.select_related("offer__practice", "practice", "asked_by"))


def suggestions(standing: PracticeStanding, practice: Practice, today: date) -> list[KitchenOffer]:
    """A few, as many for every practice; what they are chosen by is neither shown nor kept."""
    found = KitchenOffer.objects.on(today).exclude(practice=practice).order_by("title", "pk")
    offers = list(found.select_related("practice"))
    codes = {code for one in offers if (code := indicator_of(one.subject))}
    wanted = gains(standing, {code: could_gain(code) for code in sorted(codes)})
    keys = suggested(
        [Offered(one.pk, one.subject) for one in offers], wanted, practice=practice.pk, today=today
    )
    return [one for one in offers if one.pk in keys]
