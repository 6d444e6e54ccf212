"""Freezing what was read, correcting it in a next version, and publishing."""

from datetime import date

import pytest
from django.test import Client
from django.utils import timezone

from monitoring.models import Report, ReportBuild, ReportReading
from monitoring.report import services
from monitoring.report.blocks.services import write
from monitoring.report.build import build_report
from monitoring.report.corrections import composed
from monitoring.report.document import document_of
from monitoring.report.publishing.services import publish
from monitoring.report.states import BlockKind, ReadingKind
from monitoring.report.tasks import prepare_drafts
from monitoring.report.told import published
from monitoring.report.value import report_from_json, report_json
from monitoring.states import BuildState, ReportState
from mtvp.documents.canonical import canonical_json, sha256_of
from practices.beside import mark_of
from practices.models import AuditEvent, Cohort, Panel, User
from practices.states import RegionRoleName
from tests import factories
from tests.monitoring.report.region import random_region
from tests.monitoring.report.region import stored as rows_stored

pytestmark = pytest.mark.django_db

YEAR = 2023


@pytest.fixture
def coordinator() -> User:
    rows_stored(random_region(5))
    return factories.region_user(RegionRoleName.COORDINATOR)


def counted(name: str, coordinator: User) -> Report:
    """A draft as a worker leaves it, without its files."""
    insurer = factories.insurer(name)
    build = services.request_build(year=YEAR, insurer=insurer, appendix=False, actor=coordinator)
    return finished(build)


def finished(build: ReportBuild) -> Report:
    assert services.claim(build.code) is not None
    value = build_report(year=YEAR, insurer=build.insurer, appendix=False)
    services.complete(code=build.code, value=value)
    build.refresh_from_db()
    assert build.report is not None
    return build.report


def final(report: Report, coordinator: User) -> Report:
    build = services.make_final(report=report, actor=coordinator)
    assert services.claim(build.code) is not None
    report.refresh_from_db()
    services.complete(code=build.code, value=report_from_json(report.value))
    return report


def newcomer() -> None:
    factories.practice(cohort=Cohort.objects.order_by("number").first(), start_on=date(YEAR, 1, 1))


def note(text: str, seen: str, actor: User) -> None:
    write(year=YEAR, kind=BlockKind.SUMMARY, text=text, seen=mark_of(seen), actor=actor)


def test_words_of_the_moment_are_frozen_with_the_figures_that_were_counted(
    coordinator: User,
) -> None:
    report = counted("CZ", coordinator)
    figures = report.value["practices"]
    newcomer()
    note("Een goed jaar.", "", coordinator)
    final(report, coordinator)
    assert report.value["practices"] == figures
    assert {"block": "samenvatting", "text": "Een goed jaar."} in report.value["texts"]
    assert report.sha256 == sha256_of(canonical_json(report.value))


def test_what_was_not_read_is_not_frozen(client: Client, coordinator: User) -> None:
    report = counted("CZ", coordinator)
    seen = sha256_of(canonical_json(report_json(composed(report))))
    note("Snel nog iets.", "", coordinator)
    with pytest.raises(services.ChangedMeanwhileError):
        services.make_final(report=report, actor=coordinator, seen=seen)
    client.force_login(coordinator)
    client.post(f"/regio/jaarverslag/verslag/{report.pk}/vaststellen/", {"seen": seen})
    report.refresh_from_db()
    assert report.state == ReportState.DRAFT


def test_a_correction_lists_every_difference_and_the_earlier_version_stays(
    coordinator: User,
) -> None:
    note("Een goed jaar.", "", coordinator)
    first = final(counted("CZ", coordinator), coordinator)
    was = first.value["practices"]
    newcomer()
    second = services.correct(report=first, reason="Een praktijk vergeten.", actor=coordinator)
    with pytest.raises(services.NotPossibleError):
        services.correct(report=first, reason="Nog eens.", actor=coordinator)
    finished(ReportBuild.objects.get(state=BuildState.QUEUED))
    note("Een beter jaar.", "Een goed jaar.", coordinator)
    second.refresh_from_db()
    final(second, coordinator)

    assert (second.version, second.value["practices"]) == (2, was + 1)
    correction = second.value["correction"]
    assert correction["reason"] == "Een praktijk vergeten."
    assert correction["corrected_sha256"] == first.sha256
    found = {(one["what"], one["old"], one["new"]) for one in correction["differences"]}
    assert ("Tekst", "Een goed jaar.", "Een beter jaar.") in found
    assert any(old == str(was) and new == str(was + 1) for _what, old, new in found)
    shown = document_of(report_from_json(second.value), draft=False)
    table = next(table for _section, table in shown.tables())
    assert list(table.rows) == [
        (one["section"], one["what"], one["old"] or "(niets)", one["new"] or "(niets)")
        for one in correction["differences"]
    ]
    first.refresh_from_db()
    assert (first.value["practices"], first.state) == (was, ReportState.FINAL)
    newest = services.frozen_value(YEAR, first.insurer, appendix=False)
    assert newest is not None
    assert newest.practices == was + 1


def test_a_final_report_stays_though_it_is_counted_once_more(coordinator: User) -> None:
    report = final(counted("CZ", coordinator), coordinator)
    was, sha256 = report.value, report.sha256
    newcomer()
    again = finished(
        services.request_build(year=YEAR, insurer=report.insurer, appendix=False, actor=coordinator)
    )
    assert (again, again.value, again.sha256) == (report, was, sha256)


def test_last_year_is_what_its_final_report_says(coordinator: User) -> None:
    report = final(counted("CZ", coordinator), coordinator)
    frozen = report.value["practices"]
    newcomer()
    next_year = build_report(year=YEAR + 1, insurer=report.insurer, appendix=False)
    assert next_year.last_year is not None
    assert (next_year.last_year.practices, next_year.last_year.sha256) == (frozen, report.sha256)
    report.delete()
    anew = build_report(year=YEAR + 1, insurer=report.insurer, appendix=False).last_year
    assert anew is not None
    assert (anew.practices, anew.sha256) == (frozen + 1, "")


def test_publishing_is_a_step_of_its_own_and_readers_leave_a_trail(
    client: Client, coordinator: User
) -> None:
    report = counted("CZ", coordinator)
    reader = factories.region_user(RegionRoleName.INSURER_READER, insurer=report.insurer)
    with pytest.raises(services.NotPossibleError):
        publish(report=report, actor=coordinator)
    final(report, coordinator)
    client.force_login(reader)
    assert client.get(f"/jaarverslagen/{report.pk}/").status_code == 404
    publish(report=report, actor=coordinator)
    today = timezone.localdate()
    assert [(one.user, one.about) for one in published(today)] == [
        (reader.pk, f"report-{report.pk}")
    ]
    assert client.get(f"/jaarverslagen/{report.pk}/").status_code == 200
    csv = client.get(f"/jaarverslagen/{report.pk}/csv")
    assert csv.headers["Content-Disposition"] == 'attachment; filename="mtvp-2023-cz.csv"'
    assert client.get(f"/jaarverslagen/{report.pk}/pdf").status_code == 404  # no such file here
    read = ReportReading.objects.order_by("pk").values_list("what", "reader")
    assert list(read) == [(ReadingKind.PAGE, reader.pk), (ReadingKind.CSV, reader.pk)]
    client.force_login(coordinator)
    page = client.get(f"/regio/jaarverslag/verslag/{report.pk}/").content.decode()
    assert str(reader) in page
    with pytest.raises(services.NotPossibleError):
        publish(report=report, actor=coordinator)


def test_a_correction_begun_by_mistake_is_thrown_away(coordinator: User, client: Client) -> None:
    first = final(counted("CZ", coordinator), coordinator)
    second = services.correct(report=first, reason="Vergissing.", actor=coordinator)
    client.force_login(coordinator)
    response = client.post(f"/regio/jaarverslag/verslag/{second.pk}/correctie/weg/")
    assert response["Location"] == f"/regio/jaarverslag/verslag/{first.pk}/"
    assert list(Report.objects.all()) == [first]
    assert not ReportBuild.objects.filter(state=BuildState.QUEUED).exists()
    with pytest.raises(services.NotPossibleError):
        services.drop_correction(report=first, actor=coordinator)
    again = services.correct(report=first, reason="Toch.", actor=coordinator)
    assert again.version == 2


def test_a_corrected_version_is_told_anew(coordinator: User) -> None:
    first = final(counted("CZ", coordinator), coordinator)
    reader = factories.region_user(RegionRoleName.INSURER_READER, insurer=first.insurer)
    publish(report=first, actor=coordinator)
    second = services.correct(report=first, reason="Typefout.", actor=coordinator)
    finished(ReportBuild.objects.get(state=BuildState.QUEUED))
    second.refresh_from_db()
    publish(report=final(second, coordinator), actor=coordinator)
    told = {(one.user, one.about) for one in published(timezone.localdate())}
    assert told == {(reader.pk, f"report-{first.pk}"), (reader.pk, f"report-{second.pk}")}


def test_a_report_has_one_build_under_way_at_most(coordinator: User) -> None:
    insurer = factories.insurer("CZ")
    asked = {"year": YEAR, "insurer": insurer, "actor": coordinator}
    first = services.request_build(**asked, appendix=False)
    assert services.request_build(**asked, appendix=False) == first
    assert services.request_build(**asked, appendix=True) != first
    services.cancel_build(build=first, actor=coordinator)
    second = services.request_build(**asked, appendix=False)
    with pytest.raises(services.NotPossibleError):
        services.retry_build(build=first, actor=coordinator)
    assert second.state == BuildState.QUEUED


def test_the_drafts_of_january_are_asked_once_and_without_an_appendix() -> None:
    last_year = timezone.localdate().year - 1
    practice = factories.practice()
    for name in ("CZ", "VGZ"):
        Panel.objects.create(
            practice=practice, insurer=factories.insurer(name), quarter=f"{last_year}Q1", patients=9
        )
    factories.insurer("Zonder patiënten")
    prepare_drafts()
    prepare_drafts()
    asked = ReportBuild.objects.values_list("year", "insurer__name", "appendix", "created_by")
    assert sorted(asked) == [(last_year, "CZ", False, None), (last_year, "VGZ", False, None)]
    assert AuditEvent.objects.filter(object_type="monitoring.reportbuild").count() == 2
