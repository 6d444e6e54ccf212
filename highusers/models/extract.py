"""Extracts of the GP system and what is kept of them.

`Extract` holds counts of one practice and period. `PatientTotal` holds a row per patient (keyed
hash and sums) and is closed by row-level security.
"""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from highusers.states import ExtractShape, ExtractSource, ImportState, Sex
from practices.models import Practice
from practices.programme_year import is_twelve_months


class Extract(models.Model):
    practice = models.ForeignKey(
        Practice, models.CASCADE, related_name="extracts", verbose_name=_("practice")
    )
    period_start = models.DateField(_("period from"))
    period_end = models.DateField(_("until"))
    source = models.CharField(_("source"), max_length=10, choices=ExtractSource)
    shape = models.CharField(_("shape"), max_length=10, choices=ExtractShape, blank=True)
    definition = models.CharField(_("contact definition"), max_length=80, blank=True)
    threshold = models.PositiveSmallIntegerField(_("threshold"))
    patients = models.PositiveIntegerField(_("patients"))
    contacts = models.PositiveIntegerField(_("contacts"))
    high_users = models.PositiveIntegerField(_("high users"))
    rejected_rows = models.PositiveIntegerField(_("rejected rows"), default=0)
    warnings = models.JSONField(_("warnings"), default=list)
    stored_at = models.DateTimeField(_("stored at"), auto_now=True)
    stored_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("stored by"),
    )

    class Meta:
        verbose_name = _("extract")
        verbose_name_plural = _("extracts")
        ordering = ["practice__name", F("period_end").desc()]
        constraints = [
            models.UniqueConstraint(
                fields=["practice", "period_start", "period_end"], name="extract_once"
            ),
            models.CheckConstraint(
                condition=Q(period_end__gte=F("period_start")), name="extract_period"
            ),
            models.CheckConstraint(
                condition=Q(high_users__lte=F("patients")), name="extract_high_users_are_patients"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.practice} {self.period_start} – {self.period_end}"

    @property
    def is_twelve_months(self) -> bool:
        return is_twelve_months(self.period_start, self.period_end)


class PatientTotal(models.Model):
    """One patient of one extract. `by_type` sums contacts per "type/channel", `by_month` per
    "2024-03"; months, birth year and sex only as far as the file has them, months only at or
    above the threshold. Row-level security: own practice only."""

    extract = models.ForeignKey(Extract, models.CASCADE, related_name="totals")
    # The policy of row-level security holds it to the practice at hand, and a check per row of a
    # foreign key besides would be a third of the time of storing a file.
    practice = models.ForeignKey(
        Practice, models.CASCADE, related_name="+", db_index=False, db_constraint=False
    )
    patient_key = models.BinaryField(max_length=32)
    contacts = models.PositiveIntegerField()
    by_type = models.JSONField(null=True)
    by_month = models.JSONField(null=True)
    birth_year = models.PositiveSmallIntegerField(null=True)
    sex = models.CharField(max_length=1, choices=Sex, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["extract", "patient_key"], name="patient_total_once")
        ]
        indexes = [models.Index(fields=["practice", "patient_key"], name="patient_total_patient")]

    def __str__(self) -> str:
        return f"{self.extract_id}: {self.contacts}"


class ExtractImport(models.Model):
    """An upload on its way into an extract. Holds counts and headers, no cell of the file: those
    lie encrypted outside the database until confirmed, or for one hour."""

    code = models.CharField(max_length=24, unique=True)
    practice = models.ForeignKey(Practice, models.CASCADE, related_name="extract_imports")
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=ImportState, default=ImportState.UPLOADED)
    period_start = models.DateField()
    period_end = models.DateField()
    definition = models.CharField(max_length=80)
    mapping = models.JSONField(default=dict)
    rows_done = models.PositiveIntegerField(default=0)
    rows_total = models.PositiveIntegerField(default=0)
    result = models.JSONField(default=dict)
    refusal = models.TextField(blank=True)
    extract = models.ForeignKey(Extract, models.SET_NULL, null=True, related_name="+")

    class Meta:
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return f"{self.code} ({self.state})"
