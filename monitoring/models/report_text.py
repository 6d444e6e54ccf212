"""What people write in the yearly report, block by block."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from monitoring.report.states import BlockKind, BlockState

TEXT_LENGTH = 8000


def _account(label: Any) -> Any:
    return models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=label,
    )


class ReportBlock(models.Model):
    """A part of the report of a year, shared by the reports to all insurers."""

    year = models.PositiveSmallIntegerField(_("year"))
    kind = models.CharField(_("block"), max_length=24, choices=BlockKind)
    owner = _account(_("owner"))
    due_on = models.DateField(_("ready before"), null=True, blank=True)
    state = models.CharField(
        _("state"), max_length=10, choices=BlockState, default=BlockState.TO_WRITE
    )

    class Meta:
        verbose_name = _("block of a yearly report")
        verbose_name_plural = _("blocks of yearly reports")
        ordering = ["year", "pk"]
        constraints = [models.UniqueConstraint(fields=["year", "kind"], name="report_block_once")]

    def __str__(self) -> str:
        return f"{self.year} {self.get_kind_display()}"


class BlockText(models.Model):
    """What a block said from a moment on: the latest one that is not `apart` is what it says now.

    Whoever goes on writing changes the own latest text for a while; else a new one is added, so
    every earlier text can be read and brought back. `apart` waits until somebody chooses: a
    colleague had changed the block first."""

    block = models.ForeignKey(
        ReportBlock, models.CASCADE, related_name="texts", verbose_name=_("block")
    )
    text = models.TextField(_("text"), max_length=TEXT_LENGTH, blank=True)
    apart = models.BooleanField(_("waits to be chosen"), default=False)
    written_by = _account(_("written by"))
    begun_at = models.DateTimeField(_("begun at"), default=timezone.now)
    written_at = models.DateTimeField(_("written at"), default=timezone.now)

    class Meta:
        verbose_name = _("text in a yearly report")
        verbose_name_plural = _("texts in yearly reports")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["block", "written_by"],
                condition=Q(apart=True),
                name="report_text_apart_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.block}: {self.pk}"
