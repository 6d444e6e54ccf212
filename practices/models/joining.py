"""Practices on their way into the programme: what they filled in, and the mail they get of it."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from practices.models.mail import OutgoingMail
from practices.models.practice import Practice
from practices.models.reference import Cohort
from practices.states import ApplicationState, JoiningMailKind, StaffRole

APPLICANTS = (StaffRole.GP_OWNER, StaffRole.MANAGER)
"""Who may speak for a practice."""


class Application(models.Model):
    """A practice that filled in the public form. Nothing else exists of it until the coordinator
    accepts: no practice, no account. `practice` is what it became."""

    practice_name = models.CharField(_("name of the practice"), max_length=120)
    code = models.CharField(_("AGB code"), max_length=8)
    city = models.CharField(_("city"), max_length=80)
    cohort = models.ForeignKey(
        Cohort, models.PROTECT, related_name="applications", verbose_name=_("cohort")
    )
    contact_name = models.CharField(_("name"), max_length=120)
    contact_role = models.CharField(
        _("role"),
        max_length=20,
        choices=[(role, role.label) for role in APPLICANTS],
    )
    email = models.EmailField(_("e-mail"))
    phone = models.CharField(_("telephone number"), max_length=20, blank=True)
    remark = models.TextField(_("question or remark"), max_length=1000, blank=True)
    sent_at = models.DateTimeField(_("sent at"), auto_now_add=True)
    confirmed_at = models.DateTimeField(_("confirmed at"), null=True, blank=True)
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("decided by"),
    )
    refusal = models.TextField(_("reason for declining"), max_length=1000, blank=True)
    practice = models.ForeignKey(
        Practice,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="applications",
        verbose_name=_("practice"),
    )

    class Meta:
        verbose_name = _("application of a practice")
        verbose_name_plural = _("applications of practices")
        ordering = ["-sent_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(code__regex=r"^\d{8}$"), name="application_agb_8_digits"
            ),
            models.CheckConstraint(
                condition=Q(decided_at__isnull=True, practice__isnull=True, refusal="")
                | (
                    Q(decided_at__isnull=False, confirmed_at__isnull=False)
                    & (Q(practice__isnull=False, refusal="") | Q(practice__isnull=True))
                ),
                name="application_decided_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.practice_name} ({self.code})"

    @property
    def state(self) -> ApplicationState:
        if self.confirmed_at is None:
            return ApplicationState.SENT
        if self.decided_at is None:
            return ApplicationState.CONFIRMED
        accepted = self.practice_id is not None
        return ApplicationState.ACCEPTED if accepted else ApplicationState.DECLINED


class JoiningMail(OutgoingMail):
    """A message about joining: to an applicant, or to a practice that has a step to take."""

    kind = models.CharField(_("kind"), max_length=20, choices=JoiningMailKind)
    email = models.EmailField(_("e-mail"))
    name = models.CharField(_("name"), max_length=120)
    application = models.ForeignKey(
        Application,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="mails",
        verbose_name=_("application of a practice"),
    )
    practice = models.ForeignKey(
        Practice,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="joining_mails",
        verbose_name=_("practice"),
    )

    class Meta:
        verbose_name = _("mail about joining")
        verbose_name_plural = _("mails about joining")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(application__isnull=False) | Q(practice__isnull=False),
                name="joining_mail_about_something",
            )
        ]
        indexes = [
            models.Index(
                fields=["next_try_at"],
                condition=Q(sent_at__isnull=True, given_up_at__isnull=True),
                name="joining_mail_to_send",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.email}"
