"""What goes of the files of reports, and what stays."""

from datetime import date, datetime, timedelta

import pytest
from django.test import TestCase
from django.utils import timezone

from monitoring.models import Report, ReportBuild
from monitoring.report.making import folder_of
from monitoring.states import BuildState, ReportState
from practices.models import AuditEvent, User
from practices.retention import delete_expired
from practices.states import AuditAction
from tests import factories

pytestmark = pytest.mark.django_db
TODAY = date(2026, 6, 1)


@pytest.fixture
def actor() -> User:
    return factories.region_user("coordinator")


def report(year: int, *, final: bool = False) -> Report:
    frozen = {"state": ReportState.FINAL, "final_at": timezone.now(), "sha256": "a" * 64}
    return Report.objects.create(
        year=year, insurer=factories.insurer("VGZ"), **(frozen if final else {})
    )


def build(of: Report, actor: User, days_ago: int, state: BuildState = BuildState.DONE) -> str:
    made = ReportBuild.objects.create(
        code=f"{of.year}-{days_ago}-{state}",
        year=of.year,
        insurer=of.insurer,
        state=state,
        report=of if state == BuildState.DONE else None,
        created_by=actor,
    )
    when = timezone.make_aware(datetime(2026, 6, 1, 3, 30)) - timedelta(days=days_ago)
    ReportBuild.objects.filter(pk=made.pk).update(created_at=when)
    folder_of(made.code).mkdir(parents=True)
    (folder_of(made.code) / "mtvp.pdf").write_bytes(b"%PDF")
    return made.code


def test_drafts_made_anew_and_old_builds_go_with_their_files_and_the_newest_of_a_final_stays(
    actor: User, settings: object
) -> None:
    draft, old_draft, final = report(2025), report(2020), report(2019, final=True)
    stays = {
        build(draft, actor, 1),
        build(final, actor, 2000),
        build(draft, actor, 3, BuildState.FAILED),
        build(draft, actor, 0, BuildState.RUNNING),
    }
    goes = {
        build(draft, actor, 2),
        build(final, actor, 2001),
        build(old_draft, actor, 366),
        build(draft, actor, 366, BuildState.CANCELLED),
    }
    with TestCase.captureOnCommitCallbacks(execute=True):
        deleted = {one.model: one.rows for one in delete_expired(today=TODAY)}

    assert deleted["monitoring.ReportBuild"] == len(goes)
    assert set(ReportBuild.objects.values_list("code", flat=True)) == stays
    assert {path.name for path in settings.REPORT_DIR.iterdir()} == stays
    assert AuditEvent.objects.filter(action=AuditAction.DELETE).count() == 1
    assert Report.objects.count() == 3


def test_files_stay_when_their_rows_do(actor: User) -> None:
    """A job that fails after this step takes nothing away."""
    kept = report(2025)
    code = build(kept, actor, 2)
    build(kept, actor, 1)
    list(delete_expired(today=TODAY))
    assert (folder_of(code) / "mtvp.pdf").exists()
