"""Patients who were taken out, and V-codes that are out of use. Row-level security: own practice
only."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from practices.models import Practice
from practices.rights.states import RemovalReason


class RemovedPatient(models.Model):
    """Keeps a patient out of later extracts, and their V-code from being given out again."""

    practice = models.ForeignKey(Practice, models.CASCADE, related_name="+", db_index=False)
    patient_key = models.BinaryField(max_length=32)
    number = models.PositiveIntegerField(null=True)
    reason = models.CharField(max_length=10, choices=RemovalReason)
    removed_at = models.DateTimeField(auto_now_add=True)
    removed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("patient who was taken out")
        verbose_name_plural = _("patients who were taken out")
        constraints = [
            models.UniqueConstraint(fields=["practice", "patient_key"], name="removed_patient_once")
        ]

    def __str__(self) -> str:
        return f"{self.practice_id} {self.reason}"


class LastCode(models.Model):
    """The highest V-code of a practice whose patient is gone, so that it is not given out again."""

    practice = models.OneToOneField(Practice, models.CASCADE, primary_key=True, related_name="+")
    number = models.PositiveIntegerField()

    class Meta:
        verbose_name = _("last V-code")
        verbose_name_plural = _("last V-codes")

    def __str__(self) -> str:
        return f"{self.practice_id}: {self.number}"
