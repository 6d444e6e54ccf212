"""Keeping what the comparison needs before rows go, and computing the figures of the region."""

import logging
from collections.abc import Collection
from datetime import timedelta

from django.db import transaction
from django.db.models import F, QuerySet
from django.utils import timezone
from kombu.exceptions import OperationalError

from highusers.effect.figures import figures_of, kept_form
from highusers.effect.pooling import region_figures
from highusers.models import ComparedYear, Extract, RegionEffect
from highusers.states import EffectState, ExtractSource
from practices.audit import record
from practices.models import Practice, User
from practices.states import AuditAction

logger = logging.getLogger(__name__)

UNDER_WAY = (EffectState.QUEUED, EffectState.RUNNING)
SILENT_FOR = timedelta(minutes=10)
"""A computation without a sign of life for this long is given up: its worker is gone."""


def keep_years(practice: Practice, losing_rows: Collection[int]) -> None:
    """Keep the years that read these extracts, before rows of them go; the scope must be open."""
    for figures in figures_of(practice):
        year = figures.year
        extracts = {one.pk for one in (year.before, year.later) if one is not None}
        kept = ComparedYear.objects.filter(practice=practice, period_end=year.period_end)
        if not figures.sums or extracts.isdisjoint(losing_rows):
            continue
        if not kept.filter(kept_at__gt=year.last_stored_at).exists():
            ComparedYear.objects.update_or_create(
                practice=practice,
                period_end=year.period_end,
                defaults={"figures": kept_form(figures)},
            )


def running() -> RegionEffect | None:
    """The computation that waits or goes on, unless it was silent for too long."""
    alive = timezone.now() - SILENT_FOR
    return RegionEffect.objects.filter(state__in=UNDER_WAY, heartbeat_at__gte=alive).first()


def newest() -> RegionEffect | None:
    """The last computation that is ready."""
    return RegionEffect.objects.filter(state=EffectState.DONE).first()


def last_asked() -> RegionEffect | None:
    return RegionEffect.objects.first()


@transaction.atomic
def request_region_effect(*, actor: User | None) -> RegionEffect:
    """Ask for the figures of the region; one that is under way already answers too."""
    under_way = running()
    if under_way is not None:
        return under_way
    RegionEffect.objects.filter(state__in=UNDER_WAY).update(state=EffectState.FAILED)
    asked = RegionEffect.objects.create(requested_by=actor)
    record(actor=actor, action=AuditAction.CREATE, obj=asked)
    transaction.on_commit(lambda: _send(asked.pk))
    return asked


def compute_region_effect(*, effect_id: int) -> None:
    """Gather over all practices with an upload; nothing when another worker has taken it up."""
    claimed = RegionEffect.objects.filter(pk=effect_id, state=EffectState.QUEUED)
    practices = list(_with_uploads())
    if not claimed.update(
        state=EffectState.RUNNING, steps_total=2 * len(practices), heartbeat_at=timezone.now()
    ):
        return
    try:
        figures = region_figures(practices, lambda: _step(effect_id))
    except Exception:
        _finish(effect_id, state=EffectState.FAILED)
        raise
    _finish(effect_id, state=EffectState.DONE, figures=figures)


def _with_uploads() -> QuerySet[Practice]:
    uploads = Extract.objects.filter(source=ExtractSource.UPLOAD)
    return Practice.objects.filter(pk__in=uploads.values("practice")).order_by("code")


def _step(effect_id: int) -> None:
    RegionEffect.objects.filter(pk=effect_id).update(
        steps_done=F("steps_done") + 1, heartbeat_at=timezone.now()
    )


def _finish(effect_id: int, **fields: object) -> None:
    now = timezone.now()
    RegionEffect.objects.filter(pk=effect_id, state=EffectState.RUNNING).update(
        finished_at=now, heartbeat_at=now, **fields
    )


def _send(effect_id: int) -> None:
    """With the broker away it waits until it is given up; the next night computes anew."""
    from highusers.effect.tasks import compute

    try:
        compute.delay(effect_id)
    except OperationalError:
        logger.warning("the effect of the region waits: the broker is not there")
