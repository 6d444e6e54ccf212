"""The processing agreement between a practice and the region."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from practices.models.practice import Practice


class ProcessingAgreement(models.Model):
    """Who agreed for the practice, when, and to which version of the text.

    It ends when the practice goes to another owner, who agrees anew."""

    practice = models.ForeignKey(
        Practice, models.CASCADE, related_name="agreements", verbose_name=_("practice")
    )
    version = models.CharField(_("version"), max_length=20)
    agreed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("agreed by")
    )
    agreed_at = models.DateTimeField(_("agreed at"), default=timezone.now)
    ended_at = models.DateTimeField(_("ended at"), null=True, blank=True)

    class Meta:
        verbose_name = _("processing agreement")
        verbose_name_plural = _("processing agreements")
        ordering = ["practice__name", "-agreed_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["practice", "version"],
                condition=models.Q(ended_at=None),
                name="agreement_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.practice} {self.version}"
