"""What the region records about the obligations of a practice."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from monitoring import querysets
from practices.models import Practice


class Exemption(models.Model):
    """An obligation that a practice need not meet, with the reason; holds from `recorded_on`."""

    practice = models.ForeignKey(
        Practice, models.CASCADE, related_name="exemptions", verbose_name=_("practice")
    )
    intervention = models.PositiveSmallIntegerField(_("intervention"))
    programme_year = models.PositiveSmallIntegerField(_("programme year"))
    recorded_on = models.DateField(_("recorded on"))
    reason = models.TextField(_("reason"))

    objects = querysets.ExemptionQuerySet.as_manager()

    class Meta:
        verbose_name = _("exemption")
        verbose_name_plural = _("exemptions")
        ordering = ["practice__name", "intervention", "programme_year"]
        constraints = [
            models.UniqueConstraint(
                fields=["practice", "intervention", "programme_year"], name="exemption_once"
            ),
            models.CheckConstraint(
                condition=Q(programme_year=1, intervention__range=(1, 6))
                | Q(programme_year=2, intervention__in=[1, 6]),
                name="exemption_of_an_obligation",
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="exemption_has_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.practice} {self.intervention}/{self.programme_year}"
