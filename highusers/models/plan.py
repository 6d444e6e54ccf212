"""The plan for a patient with its earlier versions. Row-level security: own practice only; text is
encrypted."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from highusers.models.patient import HighUser, PatientProfile
from highusers.states import CloseReason, Influenceable, InviteMoment, PlanState
from practices.fields import EncryptedTextField
from practices.models import Practice


class PatientPlan(models.Model):
    """What the team agreed for one patient; counts for the year in which it was drawn up.

    `contacts_before` comes from `plans.csv` only: there it stands in for the extract.
    `period_end` is the last day of the extract on which the patient was chosen; without it, the
    latest extract over by `drafted_on`. `life_domains` holds codes of `LifeDomain` with commas.
    `consent_on` and `consent_by`: when the patient agreed to sharing across domains, and who
    noted it."""

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
    period_end = models.DateField(_("chosen on the extract until"), null=True, blank=True)
    moment_kind = models.CharField(
        _("how the conversation comes about"), max_length=10, choices=InviteMoment, blank=True
    )
    instruction = EncryptedTextField(_("instruction for the telephone"), default="")
    life_domains = EncryptedTextField(_("life domains"), default="")
    hotspotter = models.BooleanField(_("hotspotter"), default=False)
    consent_on = models.DateField(_("consent for sharing across domains"), null=True, blank=True)
    consent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    evaluate_on = models.DateField(_("evaluate on"), null=True, blank=True)
    closed_on = models.DateField(_("closed on"), null=True, blank=True)
    close_reason = models.CharField(
        _("reason for closing"), max_length=10, choices=CloseReason, blank=True
    )
    close_note = EncryptedTextField(_("note on closing"), default="")
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("plan for a patient")
        verbose_name_plural = _("plans for patients")
        constraints = [
            models.UniqueConstraint(fields=["high_user", "drafted_on"], name="patient_plan_once"),
        ]
        indexes = [models.Index(fields=["practice", "drafted_on"], name="patient_plan_drafted")]

    def __str__(self) -> str:
        return f"{self.high_user_id} {self.drafted_on}"

    @property
    def patient_key(self) -> bytes:
        return bytes(self.high_user.patient_key)


class PlanVersion(models.Model):
    """A plan as it read after each change; `content` is JSON of its fields by name."""

    practice = models.ForeignKey(Practice, models.CASCADE, related_name="+", db_index=False)
    plan = models.ForeignKey(PatientPlan, models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    content = EncryptedTextField()
    saved_at = models.DateTimeField(auto_now_add=True)
    saved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )

    class Meta:
        verbose_name = _("earlier text of a plan")
        verbose_name_plural = _("earlier texts of plans")
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["plan", "number"], name="plan_version_once")]

    def __str__(self) -> str:
        return f"{self.plan_id} v{self.number}"
