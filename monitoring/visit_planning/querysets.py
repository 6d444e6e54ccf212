"""The business words of appointments; views never spell these filters."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from django.db import models

from monitoring.visit_planning.states import OPEN

if TYPE_CHECKING:
    from monitoring.models import VisitAppointment  # noqa: F401  (in quotes below)
    from practices.models import Practice, User


class AppointmentQuerySet(models.QuerySet["VisitAppointment"]):
    def open(self) -> AppointmentQuerySet:
        """Neither cancelled nor begun as a visit."""
        return self.filter(state__in=OPEN)

    def of_practices(self, practices: Iterable[Practice]) -> AppointmentQuerySet:
        return self.filter(practice__in=list(practices))

    def by(self, consultant: User) -> AppointmentQuerySet:
        return self.filter(consultant=consultant)

    def between(self, first: date, last: date) -> AppointmentQuerySet:
        return self.filter(held_on__range=(first, last))

    def in_order(self) -> AppointmentQuerySet:
        with_names = self.select_related("practice__cohort", "consultant__person")
        return with_names.order_by("held_on", "starts_at", "pk")
