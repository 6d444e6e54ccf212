"""The reader of an insurer: what somebody sees who opens a version that was corrected since."""

import pytest
from django.test import Client

from monitoring.models import Report, ReportBuild
from monitoring.report import services
from monitoring.report.publishing.services import publish
from monitoring.states import BuildState
from practices.models import User
from practices.states import RegionRoleName
from tests import factories
from tests.monitoring.report.region import random_region, stored
from tests.monitoring.report.test_versions import counted, final, finished
from tests.pages import words

pytestmark = pytest.mark.django_db


@pytest.fixture
def coordinator() -> User:
    stored(random_region(1))
    return factories.region_user(RegionRoleName.COORDINATOR)


def corrected(report: Report, actor: User) -> Report:
    made = services.correct(report=report, reason="Een fout.", actor=actor)
    finished(ReportBuild.objects.get(state=BuildState.QUEUED))
    made.refresh_from_db()
    return made


def test_a_version_that_was_replaced_says_so_once_the_later_one_is_published(
    coordinator: User, client: Client
) -> None:
    first = final(counted("VGZ", coordinator), coordinator)
    publish(report=first, actor=coordinator)
    reader = factories.region_user(RegionRoleName.INSURER_READER, insurer=first.insurer)
    client.force_login(reader)
    client.cookies["mtvp_language"] = "en"
    second = final(corrected(first, coordinator), coordinator)
    assert "was replaced" not in words(client.get(f"/jaarverslagen/{first.pk}/"))
    publish(report=second, actor=coordinator)
    page = client.get(f"/jaarverslagen/{first.pk}/")
    assert "This version was replaced on" in words(page)
    assert f'href="/jaarverslagen/{second.pk}/">Read version 2' in page.content.decode()
    assert "was replaced" not in words(client.get(f"/jaarverslagen/{second.pk}/"))
