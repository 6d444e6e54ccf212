"""The business words of sessions."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.db import models

if TYPE_CHECKING:
    from practices.models import User
    from training.models import Session  # noqa: F401  (in quotes below)


class SessionQuerySet(models.QuerySet["Session"]):
    def coming(self, day: date) -> SessionQuerySet:
        return self.filter(held_on__gte=day).order_by("held_on", "starts_at", "reference")

    def facilitated_by(self, user: User) -> SessionQuerySet:
        return self.filter(facilitator=user)
