"""What is done for a patient: actions, conversations, evaluations. Row-level security: own practice
only; text is encrypted."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from highusers.models.patient import HighUser
from highusers.models.plan import PatientPlan
from highusers.states import ActionState, AimOutcome, Outcome, PartnerKind
from practices.fields import EncryptedTextField
from practices.models import Person, Practice


class NetworkPartner(models.Model):
    """Somebody outside the practice with whom it works; nothing about a patient."""

    practice = models.ForeignKey(Practice, models.CASCADE, related_name="network_partners")
    name = models.CharField(_("name"), max_length=120)
    kind = models.CharField(_("kind"), max_length=20, choices=PartnerKind)
    reach = models.CharField(_("how to reach them"), max_length=160, blank=True)
    active = models.BooleanField(_("in use"), default=True)

    class Meta:
        verbose_name = _("network partner")
        verbose_name_plural = _("network partners")
        ordering = ["kind", "name"]
        constraints = [
            models.UniqueConstraint(fields=["practice", "name"], name="network_partner_once")
        ]

    def __str__(self) -> str:
        return self.name


class PlanAction(models.Model):
    """One thing to do, by a colleague or by a partner."""

    practice = models.ForeignKey(Practice, models.CASCADE, related_name="+", db_index=False)
    plan = models.ForeignKey(PatientPlan, models.CASCADE, related_name="actions")
    what = EncryptedTextField(_("what"))
    colleague = models.ForeignKey(
        Person,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("colleague"),
    )
    partner = models.ForeignKey(
        NetworkPartner,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("network partner"),
    )
    due_on = models.DateField(_("due on"), null=True, blank=True)
    state = models.CharField(
        _("state"), max_length=10, choices=ActionState, default=ActionState.OPEN
    )
    settled_on = models.DateField(_("settled on"), null=True, blank=True)
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("action")
        verbose_name_plural = _("actions")
        ordering = ["due_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(colleague__isnull=True) | Q(partner__isnull=True),
                name="plan_action_one_owner",
            )
        ]
        indexes = [models.Index(fields=["practice", "due_on"], name="plan_action_due")]

    def __str__(self) -> str:
        return f"{self.plan_id}: {self.state}"


class Conversation(models.Model):
    """A talk with the patient, with or without the spider web of Positive Health.

    `marks` is JSON of marks from 0 to 10 by `PositiveHealth`, only those that were given. They are
    encrypted as they are an aid in one conversation: nothing adds them up over patients."""

    practice = models.ForeignKey(Practice, models.CASCADE, related_name="+", db_index=False)
    high_user = models.ForeignKey(HighUser, models.CASCADE, related_name="conversations")
    held_on = models.DateField(_("date"))
    colleague = models.ForeignKey(
        Person,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("who talked with the patient"),
    )
    marks = EncryptedTextField(default="{}")
    note = EncryptedTextField(_("what was said"), default="")
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("conversation")
        verbose_name_plural = _("conversations")
        ordering = ["held_on", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["high_user", "held_on"], name="conversation_once")
        ]

    def __str__(self) -> str:
        return f"{self.high_user_id} {self.held_on}"


class Evaluation(models.Model):
    """What came of a plan, and what is adjusted; a hotspotter's on four aims as well [2]."""

    practice = models.ForeignKey(Practice, models.CASCADE, related_name="+", db_index=False)
    plan = models.ForeignKey(PatientPlan, models.CASCADE, related_name="evaluations")
    held_on = models.DateField(_("date"))
    outcome = models.CharField(_("goals"), max_length=10, choices=Outcome)
    findings = EncryptedTextField(_("what we see"), default="")
    adjustment = EncryptedTextField(_("what we change"), default="")
    own_control = models.CharField(
        _("own control and experienced health"), max_length=10, choices=AimOutcome, blank=True
    )
    health = models.CharField(_("health"), max_length=10, choices=AimOutcome, blank=True)
    collaboration = models.CharField(
        _("collaboration"), max_length=10, choices=AimOutcome, blank=True
    )
    insight = models.CharField(
        _("insight from data"), max_length=10, choices=AimOutcome, blank=True
    )
    saved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    saved_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("evaluation")
        verbose_name_plural = _("evaluations")
        ordering = ["held_on", "pk"]
        constraints = [models.UniqueConstraint(fields=["plan", "held_on"], name="evaluation_once")]

    def __str__(self) -> str:
        return f"{self.plan_id} {self.held_on}"
