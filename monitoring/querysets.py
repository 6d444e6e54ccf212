"""The business words of what the region records."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import TYPE_CHECKING

from django.db import models

if TYPE_CHECKING:
    from monitoring.models import (  # noqa: F401  (in quotes below)
        Announcement,
        Exemption,
        QuestionnaireVersion,
    )
    from practices.models import Practice, User


class ExemptionQuerySet(models.QuerySet["Exemption"]):
    def of(self, practice: Practice, intervention: int) -> ExemptionQuerySet:
        return self.filter(practice=practice, intervention=intervention).order_by("programme_year")


class AnnouncementQuerySet(models.QuerySet["Announcement"]):
    def standing(self) -> AnnouncementQuerySet:
        """Not taken down."""
        return self.filter(taken_down_at=None)

    def on(self, day: date) -> AnnouncementQuerySet:
        return self.standing().filter(shown_from__lte=day, shown_until__gte=day)

    def over(self, day: date) -> AnnouncementQuerySet:
        return self.standing().filter(shown_until__lt=day)

    def of(self, audiences: Collection[str]) -> AnnouncementQuerySet:
        return self.filter(audience__in=audiences)

    def unread_by(self, user: User) -> AnnouncementQuerySet:
        return self.exclude(readers__user=user)


class QuestionnaireVersionQuerySet(models.QuerySet["QuestionnaireVersion"]):
    def drafts(self) -> QuestionnaireVersionQuerySet:
        """One at most."""
        return self.filter(published_at=None)

    def asked_on(self, day: date) -> QuestionnaireVersionQuerySet:
        """What was published to be asked by then; the first is the one that is asked."""
        return self.filter(holds_from__lte=day).order_by("-holds_from", "-number")
