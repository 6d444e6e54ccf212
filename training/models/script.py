"""What a session is about: its script, the cases that people bring and what they learned."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from practices.fields import EncryptedTextField
from practices.models import Person, User
from training.models.session import Session
from training.states import SessionKind


class Script(models.Model):
    """A version of the script (draaiboek) of one session; the highest number holds.

    `questions` are for the discussion, one a line.
    """

    session = models.ForeignKey(
        Session, models.CASCADE, related_name="scripts", verbose_name=_("session")
    )
    number = models.PositiveSmallIntegerField(_("version"))
    topic = models.CharField(_("topic"), max_length=160)
    text = models.TextField(_("script"), blank=True)
    questions = models.TextField(_("questions for the discussion"), blank=True)
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("written by"),
    )
    written_at = models.DateTimeField(_("written at"), default=timezone.now)

    class Meta:
        verbose_name = _("script")
        verbose_name_plural = _("scripts")
        ordering = ["session", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["session", "number"], name="script_version_once")
        ]

    def __str__(self) -> str:
        return f"{self.topic} ({self.number})"


class DiscussionQuestion(models.Model):
    """A question that the region suggests for the discussion, by kind of session."""

    kind = models.CharField(_("kind"), max_length=20, choices=SessionKind)
    text = models.CharField(_("question"), max_length=300)
    active = models.BooleanField(_("suggested"), default=True)

    class Meta:
        verbose_name = _("question for the discussion")
        verbose_name_plural = _("questions for the discussion")
        ordering = ["kind", "pk"]

    def __str__(self) -> str:
        return self.text


class Case(models.Model):
    """A case that somebody puts forward beforehand, without data that point to a patient; it is
    about one all the same, so its text is encrypted."""

    session = models.ForeignKey(
        Session, models.CASCADE, related_name="cases", verbose_name=_("session")
    )
    person = models.ForeignKey(
        Person, models.CASCADE, related_name="cases", verbose_name=_("person")
    )
    text = EncryptedTextField(_("case"), max_length=2000)
    put_forward_at = models.DateTimeField(_("put forward at"), default=timezone.now)
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True, blank=True)

    class Meta:
        verbose_name = _("case")
        verbose_name_plural = _("cases")
        ordering = ["put_forward_at", "pk"]

    def __str__(self) -> str:
        return f"{self.session}: {self.pk}"


class LearningPoint(models.Model):
    """What a session taught; the region sees it once the facilitator agreed to that."""

    session = models.ForeignKey(
        Session, models.CASCADE, related_name="learning_points", verbose_name=_("session")
    )
    text = models.TextField(_("learning point"), max_length=1000)
    written_by = models.ForeignKey(
        User, models.SET_NULL, null=True, related_name="+", verbose_name=_("written by")
    )
    written_at = models.DateTimeField(_("written at"), default=timezone.now)
    shared_by = models.ForeignKey(
        User, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("shared by")
    )
    shared_at = models.DateTimeField(_("shared at"), null=True, blank=True)

    class Meta:
        verbose_name = _("learning point")
        verbose_name_plural = _("learning points")
        ordering = ["written_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(shared_at__isnull=False) | Q(shared_by__isnull=True),
                name="learning_point_shared_at",
            )
        ]

    def __str__(self) -> str:
        return f"{self.session}: {self.pk}"
