"""The business words of reported bottlenecks."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q

from monitoring.bottlenecks.states import BottleneckState

if TYPE_CHECKING:
    from monitoring.models import Bottleneck  # noqa: F401  (in quotes below)
    from practices.models import Practice, User


class BottleneckQuerySet(models.QuerySet["Bottleneck"]):
    def standing(self) -> BottleneckQuerySet:
        """Not withdrawn."""
        return self.filter(withdrawn_at=None)

    def of_practice(self, practice: Practice) -> BottleneckQuerySet:
        return self.filter(practice=practice)

    def of_consultant(self, user: User) -> BottleneckQuerySet:
        return self.filter(practice__consultant=user)

    def reported_by(self, moment: datetime) -> BottleneckQuerySet:
        """As far as known at a moment."""
        known = Q(withdrawn_at=None) | Q(withdrawn_at__gt=moment)
        return self.filter(known, reported_at__lte=moment)

    def without_words(self) -> BottleneckQuerySet:
        """For who counts: nothing is decrypted."""
        return self.defer("text", "partner_name")

    def in_state(self, state: str) -> BottleneckQuerySet:
        """That of the structural one it is part of; new without one."""
        if state == BottleneckState.NEW:
            return self.filter(structural=None)
        return self.filter(structural__state=state)
