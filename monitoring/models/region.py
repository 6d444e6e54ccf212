"""Lists of participants that insurers supply."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from practices.models import Insurer, Practice


class RegionalFeeListing(models.Model):
    """A practice on an insurer's list for the regional fee; `until_on` included [4]."""

    practice = models.ForeignKey(
        Practice, models.CASCADE, related_name="fee_listings", verbose_name=_("practice")
    )
    insurer = models.ForeignKey(Insurer, models.CASCADE, verbose_name=_("insurer"))
    from_on = models.DateField(_("from"))
    until_on = models.DateField(_("until"), null=True, blank=True)

    class Meta:
        verbose_name = _("participant in the regional fee")
        verbose_name_plural = _("participants in the regional fee")
        ordering = ["insurer__name", "practice__name", "from_on"]
        constraints = [
            models.UniqueConstraint(
                fields=["practice", "insurer", "from_on"], name="fee_listing_once"
            ),
            models.CheckConstraint(
                condition=Q(until_on__isnull=True) | Q(until_on__gte=F("from_on")),
                name="fee_listing_period",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.practice} {self.insurer} {self.from_on}"
