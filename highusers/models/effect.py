"""The comparison of planned patients with others: of one practice and year, and of the region.

`ComparedYear`: row-level security, own practice only. `RegionEffect` holds pooled figures."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from highusers.states import EffectState
from practices.models import Practice


class ComparedYear(models.Model):
    """What the comparison for the extract until `period_end` needs of rows that are about to go:
    sums over patients without a plan, counts, and the practice's own result. Holds who was
    planned, as ids; their rows stay. `figures` is `highusers.effect.keeping.figures_of`."""

    practice = models.ForeignKey(Practice, models.CASCADE, related_name="+", db_index=False)
    period_end = models.DateField()
    figures = models.JSONField()
    kept_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("compared year")
        constraints = [
            models.UniqueConstraint(fields=["practice", "period_end"], name="compared_year_once")
        ]

    def __str__(self) -> str:
        return f"{self.practice_id} {self.period_end}"


class RegionEffect(models.Model):
    """One computation over all practices. `figures` (see `highusers.effect.pooling`) do not change
    once it is done; no patient and no practice stands in them."""

    state = models.CharField(max_length=10, choices=EffectState, default=EffectState.QUEUED)
    steps_done = models.PositiveIntegerField(default=0)
    steps_total = models.PositiveIntegerField(default=0)
    figures = models.JSONField(default=dict)
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    requested_at = models.DateTimeField(auto_now_add=True)
    heartbeat_at = models.DateTimeField(auto_now=True)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("effect of the region")
        ordering = ["-requested_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.pk} ({self.state})"
