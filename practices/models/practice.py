"""Practices, their way into the programme and their patients per insurer."""

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from practices import querysets
from practices.models.people import User
from practices.models.reference import Cohort, Insurer


class Practice(models.Model):
    """A GP practice that was invited to the programme; the tenant of everything it does.

    The five dates are its pipeline: invited, information meeting, enrolled, performance requested,
    started (`start_on`, else the cohort's), and perhaps stopped.
    `keyed_as` is the first code of a practice that got another one, blank when it never did.
    """

    code = models.CharField(_("AGB code"), max_length=8, unique=True)
    keyed_as = models.CharField(_("code behind the patients' keys"), max_length=8, blank=True)
    slug = models.SlugField(_("name in the address bar"), max_length=60, unique=True)
    name = models.CharField(_("name"), max_length=120)
    city = models.CharField(_("city"), max_length=80)
    neighbourhood = models.CharField(_("neighbourhood"), max_length=80, blank=True)
    cohort = models.ForeignKey(
        Cohort, models.PROTECT, related_name="practices", verbose_name=_("cohort")
    )
    start_on = models.DateField(
        _("start"), null=True, blank=True, help_text=_("Leave empty for the start of the cohort.")
    )
    preferred_insurer = models.ForeignKey(
        Insurer, models.PROTECT, null=True, blank=True, verbose_name=_("preferred insurer")
    )
    consultant = models.ForeignKey(
        User,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="practices_visited",
        verbose_name=_("consultant"),
    )
    invited_on = models.DateField(_("invited"), null=True, blank=True)
    information_on = models.DateField(_("information meeting attended"), null=True, blank=True)
    enrolled_on = models.DateField(_("enrolled"), null=True, blank=True)
    requested_on = models.DateField(_("performance requested"), null=True, blank=True)
    stopped_on = models.DateField(_("stopped"), null=True, blank=True)
    stop_reason = models.TextField(_("reason for stopping"), blank=True)
    manager_sees_plans = models.BooleanField(
        _("practice manager may read plans and HIS numbers"), default=False
    )

    objects = querysets.PracticeQuerySet.as_manager()

    class Meta:
        verbose_name = _("practice")
        verbose_name_plural = _("practices")
        ordering = ["name", "code"]
        constraints = [
            models.CheckConstraint(
                condition=Q(code__regex=r"^\d{8}$"), name="practice_agb_8_digits"
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def start(self) -> date:
        """The first day of programme year 1."""
        return self.start_on or self.cohort.start_on

    @property
    def key_code(self) -> str:
        """What the keyed hash of its patients is made with: another AGB code makes no other
        patients."""
        return self.keyed_as or self.code


class Panel(models.Model):
    """Registered patients of one insurer on the first day of a quarter (`2024Q1`)."""

    practice = models.ForeignKey(
        Practice, models.CASCADE, related_name="panels", verbose_name=_("practice")
    )
    quarter = models.CharField(_("quarter"), max_length=6)
    insurer = models.ForeignKey(Insurer, models.PROTECT, verbose_name=_("insurer"))
    patients = models.PositiveIntegerField(_("patients"))

    class Meta:
        verbose_name = _("panel")
        verbose_name_plural = _("panels")
        ordering = ["practice__name", F("quarter").desc(), "insurer__name"]
        constraints = [
            models.UniqueConstraint(fields=["practice", "quarter", "insurer"], name="panel_once"),
            models.CheckConstraint(
                condition=Q(quarter__regex=r"^\d{4}Q[1-4]$"), name="panel_quarter"
            ),
        ]
        indexes = [models.Index(fields=["quarter", "insurer"])]

    def __str__(self) -> str:
        return f"{self.practice} {self.quarter} {self.insurer}: {self.patients}"
