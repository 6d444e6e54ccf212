"""The business words of the trail."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.db.models.functions import ExtractHour
from django.utils import timezone

from practices.states import AuditAction, AuditOutcome

if TYPE_CHECKING:
    from practices.models import AuditEvent, Practice  # noqa: F401  (the first in quotes below)

NIGHT_FROM, NIGHT_UNTIL = 22, 6
"""Hours on the clock of the Netherlands: from 22:00 up to 06:00."""


class AuditEventQuerySet(models.QuerySet["AuditEvent"]):
    def between(self, first_day: date, last_day: date) -> AuditEventQuerySet:
        """Both days included; also what lets PostgreSQL skip the other months."""
        return self.filter(at__gte=_midnight(first_day), at__lt=_midnight(last_day, days=1))

    def of_practice(self, practice: Practice) -> AuditEventQuerySet:
        return self.filter(practice=practice)

    def on_patient(self, practice: Practice, patient_key: bytes) -> AuditEventQuerySet:
        return self.filter(practice=practice, patient_key=patient_key)

    def on_all_patients(self, practice: Practice) -> AuditEventQuerySet:
        """Lists, exports and prints that showed patients of the practice together."""
        return self.filter(
            practice=practice,
            patient_key=None,
            action__in=(AuditAction.LIST, AuditAction.EXPORT, AuditAction.PRINT),
            object_type__startswith="highusers.",
        )

    def by_people(self) -> AuditEventQuerySet:
        """At a screen: what a command or a job does in somebody's name has no client."""
        return self.filter(actor__isnull=False).exclude(client="")

    def turned_away(self) -> AuditEventQuerySet:
        """Refused, or asked for what does not exist."""
        return self.filter(Q(outcome=AuditOutcome.REFUSED) | Q(action=AuditAction.DENIED))

    def at_night(self) -> AuditEventQuerySet:
        hour = ExtractHour("at", tzinfo=timezone.get_default_timezone())
        return self.alias(hour=hour).filter(Q(hour__gte=NIGHT_FROM) | Q(hour__lt=NIGHT_UNTIL))

    def with_people(self) -> AuditEventQuerySet:
        return self.select_related("actor__person", "practice", "review__reviewed_by__person")

    def unreviewed(self) -> AuditEventQuerySet:
        return self.filter(review=None)


def _midnight(day: date, days: int = 0) -> datetime:
    return timezone.make_aware(
        datetime.combine(day + timedelta(days=days), time.min), timezone.get_default_timezone()
    )
