"""The trail: who did what for whom, when, with what outcome (NEN 7513). No content."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from practices.models.practice import Practice
from practices.states import AuditAction, AuditOutcome


class AuditEvent(models.Model):
    """Append-only: the application's log-in may insert and read, not change or delete."""

    at = models.DateTimeField(_("at"), default=timezone.now, db_index=True)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("who")
    )
    role = models.CharField(_("role"), max_length=20, blank=True)
    practice = models.ForeignKey(
        Practice, models.PROTECT, null=True, related_name="+", verbose_name=_("practice")
    )
    action = models.CharField(_("event"), max_length=10, choices=AuditAction)
    object_type = models.CharField(_("kind of object"), max_length=60)
    object_id = models.CharField(_("object"), max_length=60, blank=True)
    outcome = models.CharField(
        _("outcome"), max_length=10, choices=AuditOutcome, default=AuditOutcome.DONE
    )
    detail = models.JSONField(_("detail"), default=dict)

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")
        ordering = ["-at", "-id"]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.action} {self.object_type} {self.object_id}"
