"""Who was there."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from practices.models import Person
from training.models.session import Session


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
