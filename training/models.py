"""Menu, sessions and who was there."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from practices.models import Person
from training import querysets
from training.states import Level, SessionKind


class Course(models.Model):
    """An offer on the menu of triage or of the other conversation [1]."""

    title = models.CharField(_("title"), max_length=120, unique=True)
    kind = models.CharField(_("kind"), max_length=20, choices=SessionKind)
    level = models.CharField(_("level"), max_length=10, choices=Level, blank=True)
    description = models.TextField(_("what you learn"), blank=True)
    active = models.BooleanField(_("on the menu"), default=True)

    class Meta:
        verbose_name = _("course")
        verbose_name_plural = _("courses")
        ordering = ["kind", "title"]

    def __str__(self) -> str:
        return self.title


class Session(models.Model):
    """A meeting on one day; what counts for a norm follows from its kind."""

    reference = models.CharField(_("reference"), max_length=60, unique=True)
    kind = models.CharField(_("kind"), max_length=20, choices=SessionKind)
    course = models.ForeignKey(
        Course, models.PROTECT, null=True, blank=True, verbose_name=_("course")
    )
    title = models.CharField(_("title"), max_length=160)
    held_on = models.DateField(_("date"))
    starts_at = models.TimeField(_("starts at"), null=True, blank=True)
    place = models.CharField(_("place"), max_length=120, blank=True)
    facilitator = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="sessions_facilitated",
        verbose_name=_("facilitator"),
    )
    capacity = models.PositiveSmallIntegerField(_("capacity"), null=True, blank=True)

    objects = querysets.SessionQuerySet.as_manager()

    class Meta:
        verbose_name = _("session")
        verbose_name_plural = _("sessions")
        ordering = ["held_on", "starts_at", "reference"]
        indexes = [models.Index(fields=["kind", "held_on"])]

    def __str__(self) -> str:
        return f"{self.held_on}: {self.title}"


class Attendance(models.Model):
    """Whether somebody was there; counts for the practices where the person served that day."""

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
