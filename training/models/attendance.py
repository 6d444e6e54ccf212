"""Who was there, and how that was put down."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from practices.models import Person
from training.models.session import Session


class Attendance(models.Model):
    """Whether somebody was there; counts for the practices where the person served that day.

    Without a row it is unknown.
    """

    session = models.ForeignKey(
        Session, models.CASCADE, related_name="attendances", verbose_name=_("session")
    )
    person = models.ForeignKey(
        Person, models.CASCADE, related_name="attendances", verbose_name=_("person")
    )
    present = models.BooleanField(_("present"))

    class Meta:
        verbose_name = _("attendance")
        verbose_name_plural = _("attendances")
        ordering = ["session__held_on", "person__name"]
        constraints = [
            models.UniqueConstraint(fields=["session", "person"], name="attendance_once")
        ]
        indexes = [
            models.Index(
                fields=["person", "session"], condition=Q(present=True), name="attendance_present"
            )
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.session}"


class AttendanceMark(models.Model):
    """One tap: who put down what about whom, and when. Never changed; the last one holds.

    `change` is the number that the device gave the tap: a tap that arrives twice counts once.
    `present` is None for "unknown again". `marked_at` is the moment on the device.
    """

    session = models.ForeignKey(
        Session, models.CASCADE, related_name="marks", verbose_name=_("session")
    )
    person = models.ForeignKey(
        Person, models.CASCADE, related_name="attendance_marks", verbose_name=_("person")
    )
    present = models.BooleanField(_("present"), null=True)
    change = models.CharField(_("number of the change"), max_length=80, unique=True)
    marked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("marked by"),
    )
    marked_at = models.DateTimeField(_("marked at"))
    saved_at = models.DateTimeField(_("saved at"), default=timezone.now)

    class Meta:
        verbose_name = _("mark of attendance")
        verbose_name_plural = _("marks of attendance")
        ordering = ["saved_at", "pk"]
        indexes = [models.Index(fields=["session", "person"])]

    def __str__(self) -> str:
        return f"{self.person}: {self.session}"


class WalkIn(models.Model):
    """Somebody who was there and is not known: a name for the coordinator to look into.

    `person` is who it turned out to be; withdrawn when it was put down by mistake.
    """

    session = models.ForeignKey(
        Session, models.CASCADE, related_name="walk_ins", verbose_name=_("session")
    )
    field = models.CharField(_("number of the entry"), max_length=80, unique=True)
    change = models.CharField(_("number of the change"), max_length=80, unique=True)
    name = models.CharField(_("name"), max_length=120)
    noted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("noted by"),
    )
    noted_at = models.DateTimeField(_("noted at"))
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True, blank=True)
    person = models.ForeignKey(
        Person, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("person")
    )

    class Meta:
        verbose_name = _("unknown participant")
        verbose_name_plural = _("unknown participants")
        ordering = ["noted_at", "pk"]

    def __str__(self) -> str:
        return self.name
