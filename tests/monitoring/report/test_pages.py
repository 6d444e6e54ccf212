from typing import Any

import pytest
from django.test import Client

from monitoring.models import Report, ReportBuild
from monitoring.report import services
from monitoring.report.build import build_report
from monitoring.report.files import FORMATS
from monitoring.report.making import folder_of
from monitoring.report.publishing.services import publish
from monitoring.report.states import ONLY_WORDS, BlockKind
from monitoring.states import BuildState, ReportState
from practices.models import AuditEvent, User
from practices.states import AuditAction, AuditOutcome, RegionRoleName
from tests import factories
from tests.monitoring.report.region import random_region, stored
from tests.pages import words

pytestmark = pytest.mark.django_db

LIST = "/regio/jaarverslag/"


@pytest.fixture
def coordinator() -> User:
    return factories.region_user(RegionRoleName.COORDINATOR)


@pytest.fixture
def office(client: Client, coordinator: User) -> Client:
    client.force_login(coordinator)
    return client


@pytest.fixture
def done(coordinator: User) -> ReportBuild:
    stored(random_region(5))
    build = services.request_build(
        year=2023, insurer=factories.insurer("VGZ"), appendix=False, actor=coordinator
    )
    return made(build)


def made(build: ReportBuild) -> ReportBuild:
    """A build with its report and with files that only look like it: these tests read no PDF."""
    claimed = services.claim(build.code)
    assert claimed is not None
    value = services.frozen_value(2023, build.insurer, appendix=False)
    value = value or build_report(year=2023, insurer=build.insurer, appendix=False)
    folder = folder_of(build.code)
    folder.mkdir(parents=True)
    for kind in FORMATS:
        (folder / f"mtvp-2023-vgz.{kind}").write_bytes(kind.encode())
    services.complete(code=build.code, value=value)
    build.refresh_from_db()
    return build


def test_asking_queues_a_build_and_leads_to_its_page(office: Client, coordinator: User) -> None:
    factories.cohort()
    insurer = factories.insurer("CZ")
    answer = office.post(LIST, {"year": "2023", "insurer": insurer.pk, "appendix": "on"})
    build = ReportBuild.objects.get()
    assert (build.year, build.insurer, build.appendix) == (2023, insurer, True)
    assert (build.state, build.created_by) == (BuildState.QUEUED, coordinator)
    assert answer.headers["Location"] == f"{LIST}opdracht/{build.code}/"


def test_a_form_without_insurer_says_so_and_keeps_the_year(office: Client) -> None:
    factories.cohort()
    answer = office.post(LIST, {"year": "2023", "insurer": ""})
    assert answer.status_code == 200
    assert not ReportBuild.objects.exists()
    assert answer.context["form"].errors.keys() == {"insurer"}
    assert '<option value="2023" selected>' in answer.content.decode()


def test_the_progress_page_asks_again_while_it_is_made(office: Client, coordinator: User) -> None:
    insurer = factories.insurer("CZ")
    build = services.request_build(year=2023, insurer=insurer, appendix=False, actor=coordinator)
    address = f"{LIST}opdracht/{build.code}/"
    assert 'hx-trigger="every 2s"' in office.get(address).content.decode()
    part = office.get(address, headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in part
    assert 'hx-trigger="every 2s"' in part


def test_stopping_and_trying_again(office: Client, coordinator: User) -> None:
    insurer = factories.insurer("CZ")
    build = services.request_build(year=2023, insurer=insurer, appendix=False, actor=coordinator)
    address = f"{LIST}opdracht/{build.code}/"
    office.post(f"{address}stop/")
    build.refresh_from_db()
    assert build.state == BuildState.CANCELLED
    assert "hx-trigger" not in office.get(address).content.decode()
    office.post(f"{address}opnieuw/")
    build.refresh_from_db()
    assert build.state == BuildState.QUEUED
    assert office.get(f"{address}stop/").status_code == 405


def test_it_says_how_far_it_is_and_what_stopping_left(
    office: Client, coordinator: User, done: ReportBuild
) -> None:
    office.cookies["mtvp_language"] = "en"
    again = services.request_build(
        year=2023, insurer=done.insurer, appendix=False, actor=coordinator
    )
    address = f"{LIST}opdracht/{again.code}/"
    assert "Step" not in words(office.get(address))  # it waits
    services.claim(again.code)
    services.begin_step(again.code, "pdf")
    assert "Step 2 of 5: Writing the PDF" in words(office.get(address))
    office.post(f"{address}stop/")
    text = words(office.get(address))
    assert "Nothing of it was kept." in text
    assert "The draft of" in text
    assert "stays as it was." in text
    assert office.get(address).context["before"] == done.report


def test_a_draft_has_its_contents_with_how_far_each_block_is(
    office: Client, done: ReportBuild
) -> None:
    """Every entry points at a section of the page, and a block that nobody wrote at its form."""
    address = f"{LIST}verslag/{done.report.pk}/"
    page = office.get(address)
    sections = page.context["sections"]
    html = page.content.decode()
    for one in sections:
        if one.part:
            assert html.count(f'href="#{one.part.anchor}"') == 2  # beside and folded
            assert html.count(f'id="{one.part.anchor}"') == 1
    told = [one.part.anchor for one in sections if one.block and one.part]
    assert told == [kind for kind in BlockKind if kind in told]  # in the order of the report
    assert {"samenvatting", "deelname", "regioprestatie"} <= set(told)
    absent = [one.block.kind for one in sections if not one.part]
    assert absent == [one for one in BlockKind if one in ONLY_WORDS and one not in told]
    assert BlockKind.ADDED_VALUE in absent
    assert f"{LIST}2023/blok/meerwaarde/" in html

    office.post(f"{address}vaststellen/")
    page = office.get(address)
    assert not any(one.block for one in page.context["sections"])
    assert 'href="#samenvatting"' in page.content.decode()


@pytest.mark.parametrize("kind", ["pdf", "xlsx", "json"])
def test_a_download_is_on_record(office: Client, done: ReportBuild, kind: str) -> None:
    answer = office.get(f"{LIST}opdracht/{done.code}/{kind}")
    assert (answer.status_code, answer.content) == (200, kind.encode())
    disposition = answer.headers["Content-Disposition"]
    assert disposition == f'attachment; filename="mtvp-2023-vgz.{kind}"'
    event = AuditEvent.objects.get(action=AuditAction.EXPORT)
    assert (event.outcome, event.detail) == (
        AuditOutcome.DONE, {"format": kind, "appendix": False},
    )  # fmt: skip


def test_files_stay_when_a_namesake_comes(office: Client, done: ReportBuild) -> None:
    factories.insurer("VGZ!")
    answer = office.get(f"{LIST}opdracht/{done.code}/pdf")
    assert (answer.status_code, answer.content) == (200, b"pdf")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="mtvp-2023-vgz.pdf"'


def test_unknown_codes_kinds_and_reports_are_not_found(office: Client, done: ReportBuild) -> None:
    for address in ("opdracht/nergens/", f"opdracht/{done.code}/exe", "verslag/999999/"):
        assert office.get(f"{LIST}{address}").status_code == 404


def test_the_report_is_read_on_the_page_and_made_final_there(
    office: Client, done: ReportBuild
) -> None:
    report = Report.objects.get()
    text = office.get(f"{LIST}verslag/{report.pk}/").content.decode()
    assert text.count("<svg") > 2
    assert "style=" not in text
    assert f"{LIST}verslag/{report.pk}/vaststellen/" in text

    answer = office.post(f"{LIST}verslag/{report.pk}/vaststellen/")
    report.refresh_from_db()
    assert report.state == ReportState.FINAL
    assert answer.headers["Location"].startswith(f"{LIST}opdracht/")
    text = office.get(f"{LIST}verslag/{report.pk}/").content.decode()
    assert report.sha256 in text
    assert "vaststellen/" not in text
    assert done.code not in text  # its files say that they are a draft


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_takes_the_same_number_of_queries(
    office: Client, coordinator: User, number: int, django_assert_num_queries: Any
) -> None:
    for place in range(number):
        insurer = factories.insurer(f"Verzekeraar {place}")
        Report.objects.create(year=2023, insurer=insurer)
        services.request_build(year=2023, insurer=insurer, appendix=False, actor=coordinator)
    office.get(LIST)
    with django_assert_num_queries(LIST_QUERIES):
        office.get(LIST)


LIST_QUERIES = 13


@pytest.mark.parametrize(
    "role", [RegionRoleName.CONSULTANT, RegionRoleName.FACILITATOR, RegionRoleName.ADMIN]
)
def test_other_roles_do_not_see_reports(client: Client, role: str, done: ReportBuild) -> None:
    client.force_login(factories.region_user(role))
    report = Report.objects.get()
    for address in (LIST, f"{LIST}verslag/{report.pk}/", f"{LIST}opdracht/{done.code}/pdf"):
        assert client.get(address).status_code == 403
    assert client.get("/jaarverslagen/").status_code == 403


def test_an_insurer_reads_its_own_final_reports_and_nothing_else(
    client: Client, done: ReportBuild, coordinator: User
) -> None:
    report, own = Report.objects.get(), factories.insurer("VGZ")
    reader = factories.region_user(RegionRoleName.INSURER_READER, insurer=own)
    other = factories.region_user(RegionRoleName.INSURER_READER, insurer=factories.insurer("CZ"))
    address = f"/jaarverslagen/{report.pk}/pdf"
    client.force_login(reader)
    assert client.get(address).status_code == 404  # still a draft

    final = services.make_final(report=report, actor=coordinator)
    assert "2023 VGZ" not in client.get("/jaarverslagen/").content.decode()
    made(final)
    assert client.get(address).status_code == 404  # final, and not published
    publish(report=report, actor=coordinator)
    assert client.get(address).status_code == 200
    assert address in client.get("/jaarverslagen/").content.decode()
    assert client.get(f"{LIST}verslag/{report.pk}/").status_code == 403
    client.force_login(other)
    assert client.get(address).status_code == 404
    assert address not in client.get("/jaarverslagen/").content.decode()
