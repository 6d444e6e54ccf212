"""Offering to be looked at, asking, and saying that it happened."""

from dataclasses import asdict, dataclass
from datetime import date

from django.db import transaction
from django.utils import timezone

from monitoring.kitchen import told
from monitoring.kitchen.rules import Problem, can_accept, can_ask, can_end, can_say
from monitoring.kitchen.states import AskState
from monitoring.models import KitchenAsk, KitchenOffer
from monitoring.states import SENT_TWICE
from practices.audit import record
from practices.models import Practice, User
from practices.states import AuditAction


class KitchenProblemError(Exception):
    """It cannot be done (any more): `problems` say why."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__(", ".join(one.name for one in problems))
        self.problems = problems


@dataclass(frozen=True, slots=True)
class Offering:
    subject: str
    title: str
    text: str
    when_it_suits: str
    until: date


@transaction.atomic
def offer_kitchen(
    *, practice: Practice, offering: Offering, actor: User, on_behalf: bool = False
) -> KitchenOffer:
    """Sent twice, it is offered once."""
    Practice.objects.select_for_update(no_key=True).get(pk=practice.pk)
    own = KitchenOffer.objects.filter(practice=practice, offered_by=actor, withdrawn_at=None)
    same = own.filter(offered_at__gt=timezone.now() - SENT_TWICE, **asdict(offering))
    if (known := same.first()) is not None:
        return known
    made = KitchenOffer.objects.create(
        practice=practice, **asdict(offering), offered_by=actor, on_behalf=on_behalf
    )
    record(actor=actor, action=AuditAction.CREATE, obj=made, practice=practice)
    return made


@transaction.atomic
def change_offer(*, offer: KitchenOffer, offering: Offering, actor: User) -> None:
    fresh = _locked_offer(offer)
    for name, value in asdict(offering).items():
        setattr(fresh, name, value)
    fresh.save(update_fields=list(asdict(offering)))
    record(actor=actor, action=AuditAction.CHANGE, obj=fresh, practice=fresh.practice)


@transaction.atomic
def withdraw_offer(*, offer: KitchenOffer, withdrawn: bool, actor: User) -> None:
    """Nobody can ask any more, who asked already still can come; `withdrawn` False: undo."""
    fresh = _locked_offer(offer)
    fresh.withdrawn_at = timezone.now() if withdrawn else None
    fresh.save(update_fields=["withdrawn_at"])
    record(
        actor=actor,
        action=AuditAction.CHANGE,
        obj=fresh,
        practice=fresh.practice,
        withdrawn=withdrawn,
    )


@transaction.atomic
def ask_to_look(
    *, offer: KitchenOffer, practice: Practice, contact: str, message: str, actor: User
) -> KitchenAsk:
    """The host hears at once who asks; how to reach them once it says yes."""
    fresh = _locked_offer(offer)
    asked = KitchenAsk.objects.held_up().filter(offer=fresh, practice=practice)
    known = any(ask.host_said_at is None or ask.guest_said_at is None for ask in asked)
    problems = can_ask(fresh, practice, open_already=known, today=timezone.localdate())
    if problems:
        raise KitchenProblemError(problems)
    made = KitchenAsk.objects.create(
        offer=fresh, practice=practice, contact=contact, message=message, asked_by=actor
    )
    record(actor=actor, action=AuditAction.CREATE, obj=made, practice=practice)
    told.asked(made)
    return made


@transaction.atomic
def take_ask_back(*, ask: KitchenAsk, actor: User) -> None:
    fresh = _still_open(ask)
    fresh.withdrawn_at = timezone.now()
    _end(fresh)
    record(actor=actor, action=AuditAction.CHANGE, obj=fresh, practice=fresh.practice, ended=True)


@transaction.atomic
def accept_ask(*, ask: KitchenAsk, contact: str, actor: User) -> None:
    """They may come: from now on each reads how to reach the other, the guest by mail, too."""
    fresh = _locked_ask(ask)
    if problems := can_accept(fresh, timezone.localdate()):
        raise KitchenProblemError(problems)
    fresh.accepted_at, fresh.host_contact = timezone.now(), contact
    fresh.save(update_fields=["accepted_at", "host_contact"])
    host = fresh.offer.practice
    record(actor=actor, action=AuditAction.CHANGE, obj=fresh, practice=host, accepted=True)
    told.accepted(fresh)


@transaction.atomic
def decline_ask(*, ask: KitchenAsk, actor: User) -> None:
    """It does not suit the host; who asked hears so."""
    fresh = _still_open(ask)
    fresh.declined_at = timezone.now()
    _end(fresh)
    record(
        actor=actor, action=AuditAction.CHANGE, obj=fresh, practice=fresh.offer.practice, ended=True
    )
    told.declined(fresh)


@transaction.atomic
def say_it_happened(*, ask: KitchenAsk, practice: Practice, happened: bool, actor: User) -> None:
    """As host or as guest, whichever this practice is; `happened` False takes it back."""
    fresh = _locked_ask(ask)
    problems = can_say(fresh)
    if not happened and _asked_anew(fresh):
        problems.append(Problem.ASKED_ALREADY)
    if problems:
        raise KitchenProblemError(problems)
    side = "host_said_at" if fresh.offer.practice_id == practice.pk else "guest_said_at"
    setattr(fresh, side, timezone.now() if happened else None)
    fresh.save(update_fields=[side])
    record(actor=actor, action=AuditAction.CHANGE, obj=fresh, practice=practice, happened=happened)


def _asked_anew(ask: KitchenAsk) -> bool:
    """After a look that happened the guest may ask again; then the first stays as it is."""
    others = KitchenAsk.objects.held_up().filter(offer=ask.offer_id, practice=ask.practice_id)
    return any(one.state is not AskState.HAPPENED for one in others.exclude(pk=ask.pk))


def _still_open(ask: KitchenAsk) -> KitchenAsk:
    fresh = _locked_ask(ask)
    if problems := can_end(fresh):
        raise KitchenProblemError(problems)
    return fresh


def _end(ask: KitchenAsk) -> None:
    """Nobody has to reach anybody any more."""
    ask.contact = ask.host_contact = None
    ask.message = ""
    ask.save(update_fields=["withdrawn_at", "declined_at", "contact", "host_contact", "message"])


def _locked_offer(offer: KitchenOffer) -> KitchenOffer:
    return KitchenOffer.objects.select_for_update(no_key=True).get(pk=offer.pk)


def _locked_ask(ask: KitchenAsk) -> KitchenAsk:
    asks = KitchenAsk.objects.select_for_update(no_key=True, of=("self",))
    return asks.select_related("offer__practice", "practice").get(pk=ask.pk)
