"""High users under their V-code, and the plans made for them. Row-level security: own practice
only; text is encrypted."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from highusers.states import Influenceable, PlanState
from practices.fields import EncryptedTextField
from practices.models import Practice


class PatientProfile(models.Model):
    """One of the region's six profiles for judging influenceability; their text is the region's."""

    number = models.PositiveSmallIntegerField(_("number"), unique=True)
    name = models.CharField(_("name"), max_length=120, blank=True)
    description = models.TextField(_("description"), blank=True)

    class Meta:
        verbose_name = _("patient profile")
        verbose_name_plural = _("patient profiles")
        ordering = ["number"]

    def __str__(self) -> str:
        return self.name or str(
            _("Profile %(number)s (to be filled in by PrimaCura)") % {"number": self.number}
        )


class HighUser(models.Model):
    """A patient who once stood at or above the threshold, or for whom a plan was recorded.

    `number` gives the code that people use, V-03; stable over the years. The HIS number is there
    only for patients of an uploaded extract."""

    practice = models.ForeignKey(Practice, models.CASCADE, related_name="+", db_index=False)
    patient_key = models.BinaryField(max_length=32)
    number = models.PositiveIntegerField()
    his_number = EncryptedTextField(null=True)

    class Meta:
        verbose_name = _("high user")
        verbose_name_plural = _("high users")
        constraints = [
            models.UniqueConstraint(fields=["practice", "patient_key"], name="high_user_once"),
            models.UniqueConstraint(fields=["practice", "number"], name="high_user_number_once"),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def code(self) -> str:
        return f"V-{self.number:02d}"


class PatientPlan(models.Model):
    """What the team agreed for one patient; counts for the year in which it was drawn up.

    `contacts_before` comes from `plans.csv` only: there it stands in for the extract."""

    practice = models.ForeignKey(Practice, models.CASCADE, related_name="+", db_index=False)
    high_user = models.ForeignKey(HighUser, models.CASCADE, related_name="plans")
    drafted_on = models.DateField(_("drawn up on"))
    contacts_before = models.PositiveIntegerField(null=True)
    state = models.CharField(
        _("state"), max_length=10, choices=PlanState, default=PlanState.DRAWN_UP
    )
    profile = models.ForeignKey(
        PatientProfile, models.SET_NULL, null=True, blank=True, verbose_name=_("profile")
    )
    influenceable = models.CharField(
        _("influenceable"), max_length=5, choices=Influenceable, blank=True
    )
    reason = EncryptedTextField(_("reason for the high use"), default="")
    who = EncryptedTextField(_("who acts"), default="")
    how = EncryptedTextField(_("how"), default="")
    moment = EncryptedTextField(_("right moment"), default="")
    goals = EncryptedTextField(_("goals"), default="")
    evaluate_on = models.DateField(_("evaluate on"), null=True, blank=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("plan for a patient")
        verbose_name_plural = _("plans for patients")
        constraints = [
            models.UniqueConstraint(fields=["high_user", "drafted_on"], name="patient_plan_once")
        ]
        indexes = [models.Index(fields=["practice", "drafted_on"], name="patient_plan_drafted")]

    def __str__(self) -> str:
        return f"{self.high_user_id} {self.drafted_on}"

    @property
    def patient_key(self) -> bytes:
        return bytes(self.high_user.patient_key)
