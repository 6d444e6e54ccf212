"""What the region keeps about itself: cohorts, insurers, tariffs and norms."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from practices import querysets
from practices.states import TariffKind


class Cohort(models.Model):
    """A start moment of the programme with its four dates [1, annex]."""

    number = models.PositiveSmallIntegerField(_("number"), unique=True)
    name = models.CharField(_("name"), max_length=80)
    information_meeting_on = models.DateField(_("information meeting"))
    enrol_before = models.DateField(_("enrol before"))
    request_before = models.DateField(_("request performance before"))
    start_on = models.DateField(_("start"))

    class Meta:
        verbose_name = _("cohort")
        verbose_name_plural = _("cohorts")
        ordering = ["number"]

    def __str__(self) -> str:
        return self.name


class Insurer(models.Model):
    name = models.CharField(_("name"), max_length=80, unique=True)

    class Meta:
        verbose_name = _("insurer")
        verbose_name_plural = _("insurers")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    @property
    def slug(self) -> str:
        """As in the names of report files: `mtvp-2024-cz.pdf`."""
        return slugify(self.name)


def _no_two_at_once(kind: TariffKind) -> ExclusionConstraint:
    """One tariff of this kind per insurer and day. Ranges alone need no extension in PostgreSQL:
    an insurer is the range of its one number, no insurer that of nought."""
    whose = Coalesce("insurer_id", Value(0, output_field=models.BigIntegerField()))
    return ExclusionConstraint(
        name=f"tariff_alone_{kind.value}",
        expressions=[
            (Func(whose, whose, Value("[]"), function="int8range"), RangeOperators.OVERLAPS),
            (
                Func("valid_from", "valid_until", Value("[]"), function="daterange"),
                RangeOperators.OVERLAPS,
            ),
        ],
        condition=Q(kind=kind, withdrawn_at=None),
        violation_error_message=_("Another tariff holds on some of these days."),
    )


class Tariff(models.Model):
    """An amount per registered patient per quarter; without insurer it holds for all.

    From `valid_from` up to and including `valid_until`, or until further notice. A tariff that was
    recorded by mistake is withdrawn and stays as history: it is never changed or deleted.
    """

    kind = models.CharField(_("kind"), max_length=20, choices=TariffKind)
    insurer = models.ForeignKey(
        Insurer, models.CASCADE, null=True, blank=True, verbose_name=_("insurer")
    )
    valid_from = models.DateField(_("valid from"))
    valid_until = models.DateField(_("valid until"), null=True, blank=True)
    amount = models.DecimalField(
        _("amount per patient per quarter"), max_digits=8, decimal_places=2
    )
    recorded_at = models.DateTimeField(_("recorded"), default=timezone.now, editable=False)
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True)

    objects = querysets.TariffQuerySet.as_manager()

    class Meta:
        verbose_name = _("tariff")
        verbose_name_plural = _("tariffs")
        ordering = ["kind", "insurer__name", "valid_from"]
        constraints = [
            *map(_no_two_at_once, TariffKind),
            models.CheckConstraint(
                condition=Q(valid_until=None) | Q(valid_until__gte=F("valid_from")),
                name="tariff_period",
            ),
            models.CheckConstraint(condition=Q(amount__gte=0), name="tariff_not_negative"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.insurer or ''} {self.valid_from}: {self.amount}"


class Norm(models.Model):
    """A number of `practices/norms.py` from a date on, for all practices or one cohort."""

    key = models.CharField(_("key"), max_length=60)
    cohort = models.ForeignKey(
        Cohort, models.CASCADE, null=True, blank=True, verbose_name=_("cohort")
    )
    valid_from = models.DateField(_("valid from"))
    value = models.PositiveIntegerField(_("value"))

    class Meta:
        verbose_name = _("norm")
        verbose_name_plural = _("norms")
        ordering = ["key", F("cohort__number").asc(nulls_first=True), "valid_from"]
        constraints = [
            models.UniqueConstraint(
                fields=["key", "cohort", "valid_from"], name="norm_once", nulls_distinct=False
            )
        ]

    def __str__(self) -> str:
        return f"{self.key} = {self.value} ({self.valid_from})"
