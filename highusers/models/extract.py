"""Extracts of the GP system and what is kept of them.

`Extract` holds counts of one practice and period, `PatientTotal` a row per patient (keyed hash and
sums). `ReplacedExtract` and `ReplacedTotal` hold the version before, for as long as storing can be
undone: a table of their own, so that nobody who counts extracts has to know of them. What holds
rows of patients is closed by row-level security.
"""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from highusers.imports.definitions import definition_label
from highusers.states import ExtractShape, ExtractSource, Sex
from practices.models import HeldUpload, Practice
from practices.programme_year import is_twelve_months


class Extract(models.Model):
    """`by_type` sums the contacts of all patients per "type/channel", null where the file tells no
    type: rows below the threshold do not live long enough to be added up later. `mapping` holds
    the header of each column used, for the practice's next upload. `compared` is what
    `highusers.comparing` counted when it was stored; without an earlier extract empty."""

    practice = models.ForeignKey(
        Practice, models.CASCADE, related_name="extracts", verbose_name=_("practice")
    )
    period_start = models.DateField(_("period from"))
    period_end = models.DateField(_("until"))
    source = models.CharField(_("source"), max_length=10, choices=ExtractSource)
    shape = models.CharField(_("shape"), max_length=10, choices=ExtractShape, blank=True)
    definition = models.CharField(_("contact definition"), max_length=80, blank=True)
    definition_version = models.PositiveSmallIntegerField(
        _("version of the contact definition"), null=True, blank=True
    )
    mapping = models.JSONField(_("columns"), default=dict, blank=True)
    threshold = models.PositiveSmallIntegerField(_("threshold"))
    patients = models.PositiveIntegerField(_("patients"))
    contacts = models.PositiveIntegerField(_("contacts"))
    high_users = models.PositiveIntegerField(_("high users"))
    rejected_rows = models.PositiveIntegerField(_("rejected rows"), default=0)
    by_type = models.JSONField(_("contacts by type"), null=True, blank=True)
    warnings = models.JSONField(_("warnings"), default=list)
    compared = models.JSONField(_("compared with the extract before"), default=dict, blank=True)
    undo_until = models.DateTimeField(_("may be undone until"), null=True, blank=True)
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

    @property
    def contacts_counted(self) -> str:
        """Which contacts count, as people read it: the definition and its version."""
        return definition_label(self.definition, self.definition_version)

    @property
    def version(self) -> str:
        """Which state of this extract it is, so that nobody acts on one not seen."""
        return self.stored_at.isoformat()

    @property
    def may_be_undone(self) -> bool:
        return self.undo_until is not None and timezone.now() < self.undo_until


class ReplacedExtract(models.Model):
    """The version of an extract before the one that stands; `figures` are its fields by name."""

    practice = models.ForeignKey(Practice, models.CASCADE, related_name="+")
    period_start = models.DateField()
    period_end = models.DateField()
    figures = models.JSONField()
    stored_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    kept_until = models.DateTimeField()

    class Meta:
        verbose_name = _("replaced extract")
        verbose_name_plural = _("replaced extracts")
        constraints = [
            models.UniqueConstraint(
                fields=["practice", "period_start", "period_end"], name="replaced_extract_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.practice_id} {self.period_start} – {self.period_end}"


class PatientTotal(models.Model):
    """One patient of one extract. `by_type` sums contacts per "type/channel", `by_month` per
    "2024-03"; months, birth year and sex only as far as the file has them, months only at or
    above the threshold. Row-level security: own practice only."""

    # A check per row of a foreign key would be a third of the time of storing a file. A trigger
    # keeps an extract as long as it has rows; the policy of row-level security holds them to the
    # practice at hand.
    # The unique constraint below begins with the extract and serves as its index.
    extract = models.ForeignKey(
        Extract, models.CASCADE, related_name="totals", db_index=False, db_constraint=False
    )
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
        verbose_name = _("contacts of a patient")
        verbose_name_plural = _("contacts of patients")
        constraints = [
            models.UniqueConstraint(fields=["extract", "patient_key"], name="patient_total_once")
        ]
        indexes = [models.Index(fields=["practice", "patient_key"], name="patient_total_patient")]

    def __str__(self) -> str:
        return f"{self.extract_id}: {self.contacts}"


class ReplacedTotal(models.Model):
    """A row of `PatientTotal` as it was. Row-level security: own practice only."""

    replaced = models.ForeignKey(ReplacedExtract, models.CASCADE, related_name="totals")
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
        verbose_name = _("replaced contacts of a patient")
        verbose_name_plural = _("replaced contacts of patients")

    def __str__(self) -> str:
        return f"{self.replaced_id}: {self.contacts}"


class ExtractImport(HeldUpload):
    """An upload on its way into an extract: its state, and no text of the file but the headers of
    the columns that were chosen; all else is in `highusers.uploads.holding`.

    `replaces` says which version of an earlier extract the person saw that storing would replace.
    """

    practice = models.ForeignKey(Practice, models.CASCADE, related_name="extract_imports")
    period_start = models.DateField()
    period_end = models.DateField()
    definition = models.CharField(max_length=80)
    mapping = models.JSONField(default=dict)
    replaces = models.CharField(max_length=40, blank=True)
    extract = models.ForeignKey(Extract, models.SET_NULL, null=True, related_name="+")

    class Meta(HeldUpload.Meta):
        verbose_name = _("upload of an extract")
        verbose_name_plural = _("uploads of extracts")
