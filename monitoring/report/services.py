"""Asking for a report, stopping, trying again, and freezing it."""

import logging
import secrets
from typing import Any

from django.db import transaction
from django.utils import timezone
from kombu.exceptions import OperationalError

from monitoring.models import Report, ReportBuild
from monitoring.report.corrections import composed
from monitoring.report.value import Report as ReportValue
from monitoring.report.value import report_from_json, report_json
from monitoring.states import BuildState, ReportState
from mtvp.documents.canonical import canonical_json, sha256_of
from practices.audit import record
from practices.models import Insurer, User
from practices.states import AuditAction

logger = logging.getLogger(__name__)

UNDER_WAY = (BuildState.QUEUED, BuildState.RUNNING)
STEPS = ("figures", "pdf", "xlsx", "json", "store")
MOST_ATTEMPTS = 3
"""A build whose worker was lost is taken up again, but not for ever."""


class NotPossibleError(Exception):
    """The build or report is in a state in which this cannot be done."""


class ChangedMeanwhileError(Exception):
    """The draft reads otherwise than what was seen: read it again before it is frozen."""


@transaction.atomic
def request_build(
    *, year: int, insurer: Insurer, appendix: bool, actor: User | None
) -> ReportBuild:
    """Queue the making of a report; the one under way when there is one. Choosing the appendix is
    on record here. Without an actor the system asked."""
    Insurer.objects.select_for_update(no_key=True).get(pk=insurer.pk)
    asked = {"year": year, "insurer": insurer, "appendix": appendix}
    under_way = ReportBuild.objects.filter(**asked, state__in=UNDER_WAY).first()
    if under_way is not None:
        return under_way
    newest = Report.objects.filter(**asked).first()
    build = ReportBuild.objects.create(
        code=secrets.token_urlsafe(12).replace("_", "-").lower(),
        **asked,
        version=newest.version if newest else 1,
        steps_total=len(STEPS),
        created_by=actor,
    )
    record(
        actor=actor,
        action=AuditAction.CREATE,
        obj=build,
        year=year,
        insurer=insurer.name,
        appendix=appendix,
    )
    _send(build)
    return build


@transaction.atomic
def cancel_build(*, build: ReportBuild, actor: User) -> None:
    """Stop a build that is waiting or being made; the worker notices before its next step."""
    locked = _locked(build.code)
    if locked.state not in UNDER_WAY:
        raise NotPossibleError
    _end(locked, BuildState.CANCELLED)
    record(actor=actor, action=AuditAction.CHANGE, obj=locked, state=BuildState.CANCELLED)


@transaction.atomic
def retry_build(*, build: ReportBuild, actor: User) -> None:
    """Queue a failed or cancelled build again."""
    locked = _locked(build.code)
    others = ReportBuild.objects.filter(
        year=locked.year, insurer=locked.insurer, appendix=locked.appendix, state__in=UNDER_WAY
    )
    if locked.state not in (BuildState.FAILED, BuildState.CANCELLED) or others.exists():
        raise NotPossibleError
    locked.state, locked.error, locked.step = BuildState.QUEUED, "", ""
    locked.steps_done = locked.attempts = 0
    locked.finished_at = None
    locked.save()
    record(actor=actor, action=AuditAction.CHANGE, obj=locked, state=BuildState.QUEUED)
    _send(locked)


@transaction.atomic
def make_final(*, report: Report, actor: User, seen: str = "") -> ReportBuild:
    """Freeze a draft with its hash and queue the files without the word "draft".

    Its figures are those that were counted; its words as they are now. `seen` is the hash of what
    was read: `ChangedMeanwhileError` when somebody wrote since. A build of the draft that is under
    way is stopped. One is frozen at a time, for each must be able to stand beside the others.
    """
    list(Insurer.objects.select_for_update(no_key=True).order_by("pk"))
    locked = Report.objects.select_for_update(no_key=True).get(pk=report.pk)
    if (
        locked.state == ReportState.FINAL
        or sha256_of(canonical_json(locked.value)) != locked.sha256
    ):
        raise NotPossibleError
    content = _content(report_json(composed(locked)))
    if seen and seen != content["sha256"]:
        raise ChangedMeanwhileError
    locked.value, locked.sha256 = content["value"], content["sha256"]
    locked.state, locked.final_at, locked.final_by = ReportState.FINAL, timezone.now(), actor
    locked.save()
    record(
        actor=actor,
        action=AuditAction.CHANGE,
        obj=locked,
        state=ReportState.FINAL,
        sha256=locked.sha256,
        appendix=locked.appendix,
        version=locked.version,
    )
    _stop_draft(locked, actor)
    return request_build(
        year=locked.year, insurer=locked.insurer, appendix=locked.appendix, actor=actor
    )


def _stop_draft(report: Report, actor: User) -> None:
    under_way = ReportBuild.objects.filter(
        year=report.year, insurer=report.insurer, appendix=report.appendix, state__in=UNDER_WAY
    )
    for build in under_way:
        cancel_build(build=build, actor=actor)


@transaction.atomic
def correct(*, report: Report, reason: str, actor: User) -> Report:
    """Open the next version of a final report, as a draft that is being counted.

    `NotPossibleError` when it is no final one, or a next version was begun already.
    """
    Insurer.objects.select_for_update(no_key=True).get(pk=report.insurer_id)
    locked = Report.objects.select_for_update(no_key=True).get(pk=report.pk)
    newest = Report.objects.filter(
        year=locked.year, insurer=locked.insurer, appendix=locked.appendix
    ).first()
    if locked.state != ReportState.FINAL or newest is None or newest.pk != locked.pk:
        raise NotPossibleError
    made = Report.objects.create(
        year=locked.year,
        insurer=locked.insurer,
        appendix=locked.appendix,
        version=locked.version + 1,
        reason=reason,
        value=locked.value,
        sha256=locked.sha256,
    )
    record(actor=actor, action=AuditAction.CREATE, obj=made, version=made.version)
    request_build(year=made.year, insurer=made.insurer, appendix=made.appendix, actor=actor)
    return made


@transaction.atomic
def drop_correction(*, report: Report, actor: User) -> Report:
    """Throw a correction away that is no more than a draft; returns the version it was of.

    `NotPossibleError` when it is final, or no correction.
    """
    locked = Report.objects.select_for_update(no_key=True).filter(pk=report.pk).first()
    if locked is None or locked.state != ReportState.DRAFT or locked.version == 1:
        raise NotPossibleError
    _stop_draft(locked, actor)
    record(actor=actor, action=AuditAction.DELETE, obj=locked, version=locked.version)
    before = Report.objects.get(
        year=locked.year,
        insurer=locked.insurer,
        appendix=locked.appendix,
        version=locked.version - 1,
    )
    locked.delete()
    return before


@transaction.atomic
def claim(code: str) -> ReportBuild | None:
    """Take up a build for making it; None when it is at an end.

    The caller holds the lock of the build, so a build that is "running" was left by a lost worker.
    """
    build = _locked(code)
    if build.state not in UNDER_WAY:
        return None
    if build.attempts >= MOST_ATTEMPTS:
        build.error = "interrupted"
        _end(build, BuildState.FAILED)
        return None
    build.state, build.attempts = BuildState.RUNNING, build.attempts + 1
    build.steps_done, build.heartbeat_at = 0, timezone.now()
    build.save()
    return build


def begin_step(code: str, step: str) -> bool:
    """Show what is being made; False when the build was cancelled in the meantime."""
    done = STEPS.index(step)
    changed = ReportBuild.objects.filter(code=code, state=BuildState.RUNNING).update(
        step=step, steps_done=done, heartbeat_at=timezone.now()
    )
    return changed == 1


@transaction.atomic
def complete(*, code: str, value: ReportValue) -> None:
    """Store the report as draft (a final one stays as it is) and end the build."""
    build = _locked(code)
    if build.state != BuildState.RUNNING:
        return
    data = report_json(value)
    report, created = Report.objects.select_for_update(no_key=True).get_or_create(
        year=build.year,
        insurer=build.insurer,
        appendix=build.appendix,
        version=build.version,
        defaults=_content(data),
    )
    if not created and report.state == ReportState.DRAFT:
        for field, content in _content(data).items():
            setattr(report, field, content)
        report.save()
    build.report, build.steps_done = report, len(STEPS)
    _end(build, BuildState.DONE)


@transaction.atomic
def fail(*, code: str, error: str) -> None:
    """End a build with the name of what went wrong; see `monitoring.report.words`."""
    build = _locked(code)
    if build.state == BuildState.RUNNING:
        build.error = error
        _end(build, BuildState.FAILED)


def frozen_value(year: int, insurer: Insurer, *, appendix: bool) -> ReportValue | None:
    """The value of the latest final version; None when there is only a draft or nothing."""
    report = Report.objects.filter(
        year=year, insurer=insurer, appendix=appendix, state=ReportState.FINAL
    ).first()
    return report_from_json(report.value) if report else None


def stored_report(build: ReportBuild) -> Report | None:
    """The version that a build is of, once there is one."""
    return Report.objects.filter(
        year=build.year, insurer=build.insurer, appendix=build.appendix, version=build.version
    ).first()


def _content(data: dict[str, Any]) -> dict[str, Any]:
    return {"value": data, "sha256": sha256_of(canonical_json(data))}


def _locked(code: str) -> ReportBuild:
    return (
        ReportBuild.objects.select_related("insurer")
        .select_for_update(of=("self",), no_key=True)
        .get(code=code)
    )


def _end(build: ReportBuild, state: BuildState) -> None:
    build.state, build.finished_at = state, timezone.now()
    build.save()


def _send(build: ReportBuild) -> None:
    """Once stored. With the broker away the build waits; `recover_builds` sends it later."""
    from monitoring.report.tasks import make_report

    def send() -> None:
        try:
            make_report.delay(build.code)
        except OperationalError:
            logger.warning("report %s waits: the broker is not there", build.code)

    transaction.on_commit(send)
