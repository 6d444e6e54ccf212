"""The business words of practices and employment; views never spell these filters."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q

if TYPE_CHECKING:
    from practices.models import Employment, Person, Practice  # noqa: F401  (in quotes below)


class PracticeQuerySet(models.QuerySet["Practice"]):
    def in_region_order(self) -> PracticeQuerySet:
        return self.select_related("cohort", "consultant").order_by("name", "code")


class EmploymentQuerySet(models.QuerySet["Employment"]):
    def in_service(self, day: date) -> EmploymentQuerySet:
        return self.filter(Q(ended_on__isnull=True) | Q(ended_on__gte=day), started_on__lte=day)

    def of(self, person: Person) -> EmploymentQuerySet:
        return self.filter(person=person)
