"""The business words of what the region records."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models

if TYPE_CHECKING:
    from monitoring.models import Exemption  # noqa: F401  (in quotes below)
    from practices.models import Practice


class ExemptionQuerySet(models.QuerySet["Exemption"]):
    def of(self, practice: Practice, intervention: int) -> ExemptionQuerySet:
        return self.filter(practice=practice, intervention=intervention).order_by("programme_year")
