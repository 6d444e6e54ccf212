"""The yearly report: the frozen value, and the job that makes its files."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from monitoring.states import BuildState, ReportState
from practices.models import Insurer


class Report(models.Model):
    """One year for one insurer, with or without the appendix per practice.

    `value` is the whole report as JSON and `sha256` the hash of its canonical bytes. A draft is
    computed anew; from `final` on neither changes."""

    year = models.PositiveSmallIntegerField(_("year"))
    insurer = models.ForeignKey(Insurer, models.PROTECT, verbose_name=_("insurer"))
    appendix = models.BooleanField(_("with appendix per practice"), default=False)
    state = models.CharField(
        _("state"), max_length=10, choices=ReportState, default=ReportState.DRAFT
    )
    value = models.JSONField(_("value"), default=dict)
    sha256 = models.CharField(_("hash"), max_length=64, blank=True)
    built_at = models.DateTimeField(_("made at"), auto_now=True)
    final_at = models.DateTimeField(_("final since"), null=True, blank=True)
    final_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = _("yearly report")
        verbose_name_plural = _("yearly reports")
        ordering = [F("year").desc(), "insurer__name", "appendix"]
        constraints = [
            models.UniqueConstraint(fields=["year", "insurer", "appendix"], name="report_once"),
            models.CheckConstraint(
                condition=Q(state=ReportState.DRAFT, final_at__isnull=True)
                | Q(
                    state=ReportState.FINAL, final_at__isnull=False, sha256__regex="^[0-9a-f]{64}$"
                ),
                name="report_final_is_frozen",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.year} {self.insurer}"


class ReportBuild(models.Model):
    """A job; its page may be closed and opened again by `code`."""

    code = models.CharField(max_length=24, unique=True)
    year = models.PositiveSmallIntegerField()
    insurer = models.ForeignKey(Insurer, models.PROTECT)
    appendix = models.BooleanField(default=False)
    state = models.CharField(max_length=10, choices=BuildState, default=BuildState.QUEUED)
    step = models.CharField(max_length=40, blank=True)
    steps_done = models.PositiveSmallIntegerField(default=0)
    steps_total = models.PositiveSmallIntegerField(default=0)
    error = models.TextField(blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    heartbeat_at = models.DateTimeField(null=True)
    report = models.ForeignKey(Report, models.SET_NULL, null=True, related_name="builds")
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("making of a yearly report")
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return f"{self.code} ({self.state})"
