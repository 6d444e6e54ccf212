"""A correction: it begins as what it corrects, names whatever reads otherwise, and tells nothing
before it is published."""

import copy
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone, translation

from monitoring.models import Report, ReportBuild
from monitoring.report import services
from monitoring.report.build import build_report
from monitoring.report.corrections import composed, differences
from monitoring.report.document import document_of
from monitoring.report.publishing.services import publish
from monitoring.report.quotes import services as quotes
from monitoring.report.states import BlockKind, QuoteSource
from monitoring.report.told import published
from monitoring.report.value import report_from_json, report_json
from monitoring.states import BuildState
from practices.models import Practice, User
from practices.states import RegionRoleName
from tests import factories
from tests.monitoring.report.region import stored
from tests.monitoring.report.test_formats import full_region
from tests.monitoring.report.test_versions import YEAR, counted, final, finished, newcomer, note

pytestmark = pytest.mark.django_db


@pytest.fixture
def coordinator() -> User:
    stored(full_region())
    return factories.region_user(RegionRoleName.COORDINATOR)


def corrected(report: Report, coordinator: User) -> Report:
    made = services.correct(report=report, reason="Een fout.", actor=coordinator)
    finished(ReportBuild.objects.get(state=BuildState.QUEUED))
    made.refresh_from_db()
    return made


def said(practice: Practice, text: str, coordinator: User) -> Any:
    quote = quotes.propose(
        practice=practice,
        year=YEAR,
        block=BlockKind.EXPERIENCES,
        source=QuoteSource.TYPED,
        text="Gevraagd.",
        actor=coordinator,
    )
    quotes.consent(quote=quote, text=text, actor=coordinator)
    return quote


def test_a_correction_begins_as_the_version_that_it_corrects(coordinator: User) -> None:
    first = final(counted("VGZ", coordinator), coordinator)
    assert [one["text"] for one in first.value["texts"]] == ["Meer rust in de praktijk."]
    assert [one["text"] for one in first.value["quotes"]] == ["Wij bellen minder."]
    begun = report_json(composed(corrected(first, coordinator)))
    assert begun.pop("correction") == {
        "version": 2,
        "reason": "Een fout.",
        "corrected_sha256": first.sha256,
        "differences": [],
    }
    assert begun == {name: first.value[name] for name in begun}


def test_words_of_another_insurers_draft_are_named_in_a_correction(coordinator: User) -> None:
    """A year has one text per block for all insurers: what was written since is a difference."""
    first = final(counted("VGZ", coordinator), coordinator)
    counted("CZ", coordinator)
    note("Een rustig jaar.", "", coordinator)
    practice = Practice.objects.order_by("code")[1]
    given = said(practice, "Het scheelt.", coordinator)
    newcomer()
    found = composed(corrected(first, coordinator)).correction
    assert found is not None
    told = {(one.section, one.what, one.old, one.new) for one in found.differences}
    assert ("Samenvatting", "Tekst", "", "Een rustig jaar.") in told
    assert ("Ervaringen", "Citaat", "", "Het scheelt.") in told
    assert ("Kerncijfers", "Begonnen praktijken", "7", "8") in told

    second = final(Report.objects.get(version=2), coordinator)
    quotes.decline(quote=given, actor=coordinator)
    third = composed(corrected(second, coordinator))
    assert third.correction is not None
    (taken,) = third.correction.differences
    assert (taken.what, taken.old, taken.new) == ("Citaat", "woorden van een praktijk", "")


NAMES = {
    *("intervention", "programme_year", "quarter", "question", "answer", "kind", "partner"),
    *("item", "reason", "indicator", "detail", "code", "block", "number", "status", "state"),
    *("year", "insurer", "as_of", "suppressed", "interval", "cohort"),
}
"""What a row is about, and words from a fixed list: not figures that a correction puts right."""


def leaves(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    if isinstance(value, dict):
        for name, one in value.items():
            yield from leaves(one, (*path, name))
    elif isinstance(value, list):
        for place, one in enumerate(value):
            yield from leaves(one, (*path, place))
    elif value is not None:
        yield path


def otherwise(value: Any, path: tuple[Any, ...]) -> dict[str, Any]:
    """The same value with another number, amount, day or word in one place."""
    changed = copy.deepcopy(value)
    inner = changed
    for name in path[:-1]:
        inner = inner[name]
    was = inner[path[-1]]
    if isinstance(was, int):
        inner[path[-1]] = was * 2 + 17
    elif was.replace(".", "").isdigit():
        inner[path[-1]] = f"{float(was) + 3:.4f}" if len(was) > 4 else "7.77"
    elif was[:2] == "20" and was.count("-") == 2:
        inner[path[-1]] = "2001-02-03"
    else:
        inner[path[-1]] = f"{was} Anders."
    return changed


def test_whatever_reads_otherwise_is_named(coordinator: User) -> None:
    """One leaf of the value after another: once the document reads otherwise, a difference is."""
    value = report_json(build_report(year=YEAR, insurer=factories.insurer("VGZ"), appendix=True))
    silent, seen = [], set()
    with translation.override("nl"):
        before = document_of(report_from_json(value), draft=False)
        for path in leaves(value):
            kind = ".".join(one for one in path if isinstance(one, str))
            if kind in seen or NAMES & set(path[-2:]):
                continue
            changed = report_from_json(otherwise(value, path))
            if document_of(changed, draft=False) == before:
                continue
            seen.add(kind)
            if not list(differences(report_from_json(value), changed)):
                silent.append(kind)
    assert len(seen) > 60
    assert silent == []


def test_nothing_of_a_correction_is_told_before_it_is_published(
    coordinator: User, client: Client
) -> None:
    first = final(counted("VGZ", coordinator), coordinator)
    reader = factories.region_user(RegionRoleName.INSURER_READER, insurer=first.insurer)
    publish(report=first, actor=coordinator)
    newcomer()
    second = corrected(first, coordinator)
    client.force_login(reader)

    def hidden() -> bool:
        page = client.get("/jaarverslagen/").content.decode()
        assert f"/jaarverslagen/{first.pk}/" in page
        addresses = ["", *("pdf", "xlsx", "csv", "json", "slides")]
        answers = [client.get(f"/jaarverslagen/{second.pk}/{one}").status_code for one in addresses]
        second.refresh_from_db()
        mail = {one.about for one in published(timezone.localdate())}
        next_year = build_report(year=YEAR + 1, insurer=first.insurer, appendix=False).last_year
        assert next_year is not None
        told = [
            f"/jaarverslagen/{second.pk}/" in page,
            any(code != 404 for code in answers),
            f"report-{second.pk}" in mail,
            next_year.sha256 == second.sha256,
        ]
        assert len(set(told)) == 1, told
        return not told[0]

    assert hidden()
    final(second, coordinator)
    assert hidden()
    publish(report=second, actor=coordinator)
    assert not hidden()
