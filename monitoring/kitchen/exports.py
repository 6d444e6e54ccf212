"""Who looks where and what practices show, as a workbook for the coordinator. How somebody is
reached, and what they wrote to each other, is not in it."""

from collections.abc import Mapping, Sequence
from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _

from monitoring.models import KitchenAsk, KitchenOffer
from mtvp.documents.model import Column, Kind, Table
from mtvp.documents.snapshot import snapshot
from mtvp.documents.xlsx import workbook


def kitchens_workbook(
    asks: Sequence[tuple[KitchenAsk, bool]],
    offers: Sequence[KitchenOffer],
    names: Mapping[str, str],
    as_of: date,
) -> bytes:
    """With each question whether it waits for too long."""
    title = _("Looking in each other's kitchen")
    return workbook(snapshot(title, _asks(asks, names), _offers(offers, names), as_of=as_of))


def _asks(asks: Sequence[tuple[KitchenAsk, bool]], names: Mapping[str, str]) -> Table:
    words = (_("Guest"), _("Host"), _("Subject"), _("What one can see"))
    columns = (
        *map(Column, words),
        Column(_("Asked on"), Kind.DATE),
        Column(_("Status")),
        Column(_("Waits for more than three weeks")),
    )
    rows = tuple(
        (
            one.practice.name,
            one.offer.practice.name,
            names.get(one.offer.subject, ""),
            one.offer.title,
            timezone.localdate(one.asked_at),
            str(one.state.label),
            _("Yes") if late else _("No"),
        )
        for one, late in asks
    )
    return Table(_("Who wants to look where"), columns, rows, sheet=_("Questions"))


def _offers(offers: Sequence[KitchenOffer], names: Mapping[str, str]) -> Table:
    words = (_("Practice"), _("Subject"), _("What one can see"), _("When it suits"))
    columns = (*map(Column, words), Column(_("Until"), Kind.DATE))
    rows = tuple(
        (one.practice.name, names.get(one.subject, ""), one.title, one.when_it_suits, one.until)
        for one in offers
    )
    return Table(_("What practices show"), columns, rows, sheet=_("Offers"))
