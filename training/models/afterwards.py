"""What follows a session: certificate, evaluation, sharing in the team."""

import uuid

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from practices.models import Person, Practice
from training.models.session import Session


class Certificate(models.Model):
    """The number under which somebody's attendance was certified; the same for every print.

    So is its accreditation, taken from the menu when it was issued: what the menu offers may change
    after the day, a paper that was given out may not. Without points there was none.
    """

    session = models.ForeignKey(
        Session, models.CASCADE, related_name="certificates", verbose_name=_("session")
    )
    person = models.ForeignKey(
        Person, models.CASCADE, related_name="certificates", verbose_name=_("person")
    )
    number = models.CharField(_("number"), max_length=20, unique=True)
    issued_at = models.DateTimeField(_("issued at"), default=timezone.now)
    accreditation_body = models.CharField(_("accreditation body"), max_length=80, blank=True)
    accreditation_points = models.DecimalField(
        _("accreditation points"), max_digits=4, decimal_places=1, null=True, blank=True
    )

    class Meta:
        verbose_name = _("certificate")
        verbose_name_plural = _("certificates")
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["session", "person"], name="certificate_once")
        ]

    def __str__(self) -> str:
        return self.number


class EvaluationDone(models.Model):
    """That somebody evaluated a session; what they said stands elsewhere, without them."""

    session = models.ForeignKey(
        Session, models.CASCADE, related_name="evaluations_done", verbose_name=_("session")
    )
    person = models.ForeignKey(
        Person, models.CASCADE, related_name="evaluations_done", verbose_name=_("person")
    )

    class Meta:
        verbose_name = _("evaluation done")
        verbose_name_plural = _("evaluations done")
        constraints = [
            models.UniqueConstraint(fields=["session", "person"], name="session_evaluation_once")
        ]

    def __str__(self) -> str:
        return f"{self.session}"


class Evaluation(models.Model):
    """Answers about a session. A random key and no moment: nothing leads back to a person."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    session = models.ForeignKey(
        Session, models.CASCADE, related_name="evaluations", verbose_name=_("session")
    )
    useful = models.PositiveSmallIntegerField(
        _("useful"), validators=[MinValueValidator(1), MaxValueValidator(5)]
    )
    applicable = models.PositiveSmallIntegerField(
        _("applicable"), validators=[MinValueValidator(1), MaxValueValidator(5)]
    )
    facilitation = models.PositiveSmallIntegerField(
        _("facilitation"), validators=[MinValueValidator(1), MaxValueValidator(5)]
    )
    remark = models.TextField(_("remark"), max_length=1000, blank=True)

    class Meta:
        verbose_name = _("evaluation")
        verbose_name_plural = _("evaluations")
        ordering = ["session", "id"]

    def __str__(self) -> str:
        return f"{self.session}"


class TeamSharing(models.Model):
    """That a practice shared a training in its team, and what it agreed there."""

    practice = models.ForeignKey(
        Practice, models.CASCADE, related_name="team_sharings", verbose_name=_("practice")
    )
    session = models.ForeignKey(
        Session, models.CASCADE, related_name="team_sharings", verbose_name=_("session")
    )
    shared_on = models.DateField(_("shared on"))
    agreed = models.TextField(_("what was agreed"), max_length=2000)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("recorded by"),
    )
    on_behalf = models.BooleanField(_("on behalf of the practice"), default=False)
    recorded_at = models.DateTimeField(_("recorded at"), default=timezone.now)

    class Meta:
        verbose_name = _("sharing in the team")
        verbose_name_plural = _("sharings in the team")
        ordering = ["-shared_on", "-pk"]

    def __str__(self) -> str:
        return f"{self.practice}: {self.shared_on}"
