"""The business words of looks in each other's kitchen."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.utils import timezone

if TYPE_CHECKING:
    from monitoring.models import KitchenAsk, KitchenOffer  # noqa: F401  (in quotes below)
    from practices.models import Practice


class OfferQuerySet(models.QuerySet["KitchenOffer"]):
    def on(self, day: date) -> OfferQuerySet:
        """What stands open on a day; not of a practice that takes part no more."""
        shown = self.filter(withdrawn_at=None, until__gte=day)
        return shown.exclude(practice__stopped_on__lte=day)


class AskQuerySet(models.QuerySet["KitchenAsk"]):
    def held_up(self) -> AskQuerySet:
        """Neither taken back nor declined."""
        return self.filter(withdrawn_at=None, declined_at=None)

    def without_words(self) -> AskQuerySet:
        """For who is neither host nor guest, or does not show it: nothing is decrypted."""
        return self.defer("contact", "host_contact", "message")

    def unanswered(self) -> AskQuerySet:
        """Nobody said that it happened."""
        return self.held_up().filter(host_said_at=None, guest_said_at=None)

    def waiting_since(self, moment: datetime) -> AskQuerySet:
        waiting = self.unanswered().filter(asked_at__lt=moment)
        return waiting.of_participants(timezone.localdate())

    def of_participants(self, day: date) -> AskQuerySet:
        """Neither host nor guest stopped: of the others nothing comes any more."""
        hosts = self.exclude(offer__practice__stopped_on__lte=day)
        return hosts.exclude(practice__stopped_on__lte=day)

    def between(self, practice: Practice) -> AskQuerySet:
        """With this practice as guest or as host."""
        return self.filter(Q(practice=practice) | Q(offer__practice=practice))
