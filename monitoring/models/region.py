"""Figures that insurers and national sources supply."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from practices.models import Insurer, Practice


class IndicatorDefinition(models.Model):
    """A national indicator as reviewed data; `aim` in words, '' where there is none."""

    code = models.CharField(_("code"), max_length=40, unique=True)
    title = models.CharField(_("title"), max_length=120)
    why = models.TextField(_("why it matters"), blank=True)
    numerator = models.CharField(_("numerator"), max_length=160)
    denominator = models.CharField(_("denominator"), max_length=160)
    aim = models.CharField(_("aim"), max_length=160, blank=True)
    source = models.CharField(_("source"), max_length=160, blank=True)
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("indicator")
        verbose_name_plural = _("indicators")
        ordering = ["position", "code"]

    def __str__(self) -> str:
        return self.title


class IndicatorValue(models.Model):
    """A year of one indicator for a practice, or for the region (no practice).

    `detail` is what follows the colon (`referrals:<specialism>`). Denominator 0 = no figure."""

    practice = models.ForeignKey(
        Practice,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="indicator_values",
        verbose_name=_("practice"),
    )
    year = models.PositiveSmallIntegerField(_("year"))
    definition = models.ForeignKey(
        IndicatorDefinition, models.PROTECT, related_name="values", verbose_name=_("indicator")
    )
    detail = models.CharField(_("specialism"), max_length=80, blank=True)
    numerator = models.DecimalField(_("numerator"), max_digits=14, decimal_places=4)
    denominator = models.DecimalField(_("denominator"), max_digits=14, decimal_places=4)
    national = models.DecimalField(
        _("national value"), max_digits=14, decimal_places=6, null=True, blank=True
    )

    class Meta:
        verbose_name = _("indicator value")
        verbose_name_plural = _("indicator values")
        ordering = ["year", "definition__position", "detail"]
        constraints = [
            models.UniqueConstraint(
                fields=["practice", "year", "definition", "detail"],
                name="indicator_value_once",
                nulls_distinct=False,
            ),
            models.CheckConstraint(
                condition=Q(numerator__gte=0, denominator__gte=0), name="indicator_not_negative"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.practice or ''} {self.year} {self.definition_id} {self.detail}"


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
