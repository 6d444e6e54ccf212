"""What a practice does about consultation length [1]."""

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from practices.models import Practice


class ConsultationSchedule(models.Model):
    """A form of flexible consultation length; without a date it is designed, not in use.

    `in_use_until` is the last day of its use. Who said so last, and whether that was on behalf of
    the practice, is unknown for what came from the region's spreadsheets.
    """

    practice = models.ForeignKey(
        Practice, models.CASCADE, related_name="schedules", verbose_name=_("practice")
    )
    pattern = models.CharField(_("pattern"), max_length=160)
    in_use_from = models.DateField(_("in use from"), null=True, blank=True)
    in_use_until = models.DateField(_("last day in use"), null=True, blank=True)
    said_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("filled in by"),
    )
    said_at = models.DateTimeField(_("filled in at"), null=True, blank=True)
    on_behalf = models.BooleanField(_("on behalf of the practice"), default=False)

    class Meta:
        verbose_name = _("consultation schedule")
        verbose_name_plural = _("consultation schedules")
        ordering = ["practice__name", "pattern"]
        constraints = [
            models.UniqueConstraint(fields=["practice", "pattern"], name="schedule_once"),
            models.CheckConstraint(
                condition=Q(in_use_until__isnull=True)
                | Q(in_use_from__isnull=False, in_use_until__gte=F("in_use_from")),
                name="schedule_ends_after_start",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.practice}: {self.pattern}"

    def in_use(self, day: date) -> bool:
        begun = self.in_use_from is not None and self.in_use_from <= day
        return begun and (self.in_use_until is None or self.in_use_until >= day)
