"""The yearly meeting with the insurers: its minutes and what was agreed."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from monitoring.report.states import AgreementState

MINUTES_LENGTH = 4000


class YearMeeting(models.Model):
    """One a year, about the report of `year`. From `closed_at` on, when it was signed off, only
    the agreements still change: whether they were kept."""

    year = models.PositiveSmallIntegerField(_("year of the report"), unique=True)
    held_on = models.DateField(_("date"), null=True, blank=True)
    insurers = models.TextField(_("for the insurers"), max_length=1000, blank=True)
    delegation = models.TextField(_("delegation of GPs"), max_length=1000, blank=True)
    region = models.TextField(_("for the region"), max_length=1000, blank=True)
    discussed = models.TextField(_("what was discussed"), max_length=MINUTES_LENGTH, blank=True)
    adjustments = models.TextField(_("adjustments"), max_length=MINUTES_LENGTH, blank=True)
    signed_off_by = models.TextField(_("signed off by"), max_length=1000, blank=True)
    signed_off_on = models.DateField(_("signed off on"), null=True, blank=True)
    closed_at = models.DateTimeField(_("closed at"), null=True, blank=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = _("yearly meeting")
        verbose_name_plural = _("yearly meetings")
        ordering = ["-year"]
        constraints = [
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True)
                | Q(held_on__isnull=False, signed_off_on__isnull=False) & ~Q(signed_off_by=""),
                name="year_meeting_signed_off",
            )
        ]

    def __str__(self) -> str:
        return str(self.year)


class MeetingAgreement(models.Model):
    meeting = models.ForeignKey(
        YearMeeting, models.CASCADE, related_name="agreements", verbose_name=_("yearly meeting")
    )
    text = models.TextField(_("agreement"), max_length=1000)
    owner = models.CharField(_("who"), max_length=120)
    due_on = models.DateField(_("before"), null=True, blank=True)
    state = models.CharField(
        _("state"), max_length=10, choices=AgreementState, default=AgreementState.OPEN
    )
    outcome = models.TextField(_("how it went"), max_length=1000, blank=True)

    class Meta:
        verbose_name = _("agreement of a yearly meeting")
        verbose_name_plural = _("agreements of yearly meetings")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.meeting}: {self.pk}"
