"""The yearly report: the frozen value, the job that makes its files, and who read it."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from monitoring.report.states import ReadingKind
from monitoring.states import BuildState, ReportState
from practices.models import Insurer


class Report(models.Model):
    """One version of one year for one insurer, with or without the appendix per practice.

    `value` is the whole report as JSON and `sha256` the hash of its canonical bytes. A draft is
    computed anew; from `final` on neither changes: what must be put right afterwards becomes the
    next version, with the `reason`. Its insurer reads it from `published_at` on."""

    year = models.PositiveSmallIntegerField(_("year"))
    insurer = models.ForeignKey(Insurer, models.PROTECT, verbose_name=_("insurer"))
    appendix = models.BooleanField(_("with appendix per practice"), default=False)
    version = models.PositiveSmallIntegerField(_("version"), default=1)
    reason = models.TextField(_("reason for the correction"), max_length=1000, blank=True)
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
    published_at = models.DateTimeField(_("published since"), null=True, blank=True)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = _("yearly report")
        verbose_name_plural = _("yearly reports")
        ordering = [F("year").desc(), "insurer__name", "appendix", F("version").desc()]
        constraints = [
            models.UniqueConstraint(
                fields=["year", "insurer", "appendix", "version"], name="report_once"
            ),
            models.UniqueConstraint(
                fields=["year", "insurer", "appendix"],
                condition=Q(state=ReportState.DRAFT),
                name="report_one_draft",
            ),
            models.CheckConstraint(
                condition=Q(version=1) | ~Q(reason=""), name="report_corrected_with_reason"
            ),
            models.CheckConstraint(
                condition=Q(published_at__isnull=True) | Q(state=ReportState.FINAL),
                name="report_published_is_final",
            ),
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
    """A job; its page may be closed and opened again by `code`. Of one report one is under way at
    most. Without `created_by` the system began it: the drafts of January."""

    code = models.CharField(max_length=24, unique=True)
    year = models.PositiveSmallIntegerField()
    insurer = models.ForeignKey(Insurer, models.PROTECT)
    appendix = models.BooleanField(default=False)
    version = models.PositiveSmallIntegerField(default=1)
    state = models.CharField(max_length=10, choices=BuildState, default=BuildState.QUEUED)
    step = models.CharField(max_length=40, blank=True)
    steps_done = models.PositiveSmallIntegerField(default=0)
    steps_total = models.PositiveSmallIntegerField(default=0)
    error = models.TextField(blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    heartbeat_at = models.DateTimeField(null=True)
    report = models.ForeignKey(Report, models.SET_NULL, null=True, related_name="builds")
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("making of a yearly report")
        ordering = ["-created_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["year", "insurer", "appendix"],
                condition=Q(state__in=(BuildState.QUEUED, BuildState.RUNNING)),
                name="report_build_one_under_way",
            )
        ]

    def __str__(self) -> str:
        return f"{self.code} ({self.state})"


class ReportReading(models.Model):
    """That somebody at the insurer opened a published report or took a file of it along."""

    report = models.ForeignKey(
        Report, models.CASCADE, related_name="readings", verbose_name=_("yearly report")
    )
    reader = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("reader"),
    )
    what = models.CharField(_("what"), max_length=8, choices=ReadingKind)
    at = models.DateTimeField(_("at"), default=timezone.now)

    class Meta:
        verbose_name = _("reading of a yearly report")
        verbose_name_plural = _("readings of yearly reports")
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.report} {self.what}"
