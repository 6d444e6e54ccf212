"""High users under their V-code, and the region's profiles. Row-level security: own practice
only."""

from django.db import models
from django.utils.translation import gettext_lazy as _

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
