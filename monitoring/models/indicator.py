"""Indicators: what they mean, as reviewed data, and the figures that others supply."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from monitoring.mirror.states import Comparison, Direction, MirrorAction
from practices.models import Practice


class IndicatorDefinition(models.Model):
    """An indicator as reviewed data; `aim` in words, '' where there is none.

    `own`: counted from what is in the product, so no file may bring it. `minimum_size` is the list
    from which a practice is told that it differs. `explanations` has one on a line.
    """

    code = models.CharField(_("code"), max_length=40, unique=True)
    title = models.CharField(_("title"), max_length=120)
    why = models.TextField(_("why it matters"), blank=True)
    numerator = models.CharField(_("numerator"), max_length=160)
    denominator = models.CharField(_("denominator"), max_length=160)
    direction = models.CharField(
        _("direction"), max_length=10, choices=Direction, default=Direction.NONE
    )
    aim = models.CharField(_("aim"), max_length=160, blank=True)
    source = models.CharField(_("source"), max_length=160, blank=True)
    period = models.CharField(_("period"), max_length=160, blank=True)
    comparison = models.CharField(
        _("comparison"), max_length=12, choices=Comparison, default=Comparison.COURSE
    )
    decimals = models.PositiveSmallIntegerField(_("decimals"), default=1)
    minimum_size = models.PositiveIntegerField(_("smallest list"), default=1000)
    explanations = models.TextField(_("possible explanations"), blank=True)
    question_team = models.TextField(_("question for the team"), blank=True)
    question_intervision = models.TextField(_("question for intervision"), blank=True)
    action_text = models.CharField(_("what you can do"), max_length=160, blank=True)
    action = models.CharField(
        _("page where you can do it"), max_length=30, choices=MirrorAction, blank=True
    )
    own = models.BooleanField(_("counted by the product"), default=False)
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
