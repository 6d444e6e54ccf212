"""What a practice does about consultation length [1]."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from practices.models import Practice


class ConsultationSchedule(models.Model):
    """A form of flexible consultation length; without a date it is designed, not in use."""

    practice = models.ForeignKey(
        Practice, models.CASCADE, related_name="schedules", verbose_name=_("practice")
    )
    pattern = models.CharField(_("pattern"), max_length=160)
    in_use_from = models.DateField(_("in use from"), null=True, blank=True)

    class Meta:
        verbose_name = _("consultation schedule")
        verbose_name_plural = _("consultation schedules")
        ordering = ["practice__name", "pattern"]
        constraints = [
            models.UniqueConstraint(fields=["practice", "pattern"], name="schedule_once")
        ]

    def __str__(self) -> str:
        return f"{self.practice}: {self.pattern}"
