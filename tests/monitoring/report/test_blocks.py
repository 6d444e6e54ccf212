"""Writing in the blocks of a report: nobody's text is lost, and a frozen year stays as it is."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone, translation

from monitoring.models import BlockText, Report, ReportBlock
from monitoring.report.blocks import services
from monitoring.report.blocks.page import shown_blocks, year_cards
from monitoring.report.states import BlockKind, BlockState
from monitoring.report.told import blocks as block_mail
from monitoring.report.wording import texts
from monitoring.states import ReportState
from practices.beside import Outcome, Way, mark_of
from practices.models import User
from practices.states import RegionRoleName
from tests import factories

pytestmark = pytest.mark.django_db

YEAR = 2023
KIND = BlockKind.SUMMARY
ADDRESS = f"/regio/jaarverslag/{YEAR}/blok/samenvatting/"


@pytest.fixture
def sanne() -> User:
    factories.cohort()
    return factories.region_user(RegionRoleName.COORDINATOR, name="Sanne")


@pytest.fixture
def lotte() -> User:
    return factories.region_user(RegionRoleName.COORDINATOR, name="Lotte")


def write(text: str, seen: str, actor: User) -> Outcome:
    return services.write(year=YEAR, kind=KIND, text=text, seen=mark_of(seen), actor=actor)


def said() -> list[str]:
    return [one.text for one in texts(YEAR)]


def test_what_somebody_goes_on_writing_is_one_version(sanne: User) -> None:
    assert write("Wij", "", sanne) is Outcome.SAVED
    assert write("Wij zien rust.", "Wij", sanne) is Outcome.SAVED
    assert said() == ["Wij zien rust."]
    assert BlockText.objects.count() == 1
    BlockText.objects.update(begun_at=timezone.now() - timedelta(hours=1))
    assert write("Wij zien meer rust.", "Wij zien rust.", sanne) is Outcome.SAVED
    assert [one.text for one in BlockText.objects.all()] == [
        "Wij zien meer rust.", "Wij zien rust.",
    ]  # fmt: skip


def test_a_colleague_adds_a_version_and_the_earlier_one_comes_back(
    sanne: User, lotte: User
) -> None:
    write("Wij zien rust.", "", sanne)
    write("Wij zien weinig.", "Wij zien rust.", lotte)
    earlier = BlockText.objects.get(text="Wij zien rust.")
    services.bring_back(earlier=earlier, actor=sanne)
    assert said() == ["Wij zien rust."]
    assert BlockText.objects.count() == 3


@pytest.mark.parametrize(
    ("way", "expected"),
    [
        (Way.MINE, "Van Lotte."),
        (Way.THEIRS, "Van Sanne."),
        (Way.BOTH, "Van Sanne.\n\nVan Lotte."),
    ],
)
def test_two_at_the_same_time_choose_and_nothing_is_lost(
    sanne: User, lotte: User, way: Way, expected: str
) -> None:
    write("Van Sanne.", "", sanne)
    assert write("Van Lotte.", "", lotte) is Outcome.APART
    assert said() == ["Van Sanne."]
    waiting = BlockText.objects.get(apart=True)
    stale = services.choose(waiting=waiting, way=way, seen=mark_of(""), actor=lotte)
    assert stale is Outcome.APART
    seen = mark_of("Van Sanne.")
    assert services.choose(waiting=waiting, way=way, seen=seen, actor=lotte) is Outcome.SAVED
    assert said() == [expected]
    assert not BlockText.objects.filter(apart=True).exists()


def test_writing_makes_a_ready_block_one_to_look_at_again(sanne: User) -> None:
    write("Klaar.", "", sanne)
    services.mark(year=YEAR, kind=KIND, ready=True, actor=sanne)
    assert ReportBlock.objects.get().state == BlockState.READY
    write("Toch niet.", "Klaar.", sanne)
    assert ReportBlock.objects.get().state == BlockState.WRITING


def test_a_year_whose_reports_are_all_final_takes_no_words(sanne: User) -> None:
    first, second = (
        Report.objects.create(year=YEAR, insurer=factories.insurer(name)) for name in ("CZ", "VGZ")
    )
    frozen = {"state": ReportState.FINAL, "final_at": timezone.now(), "sha256": "0" * 64}
    Report.objects.filter(pk=first.pk).update(**frozen)
    assert write("Nog niet alles is definitief.", "", sanne) is Outcome.SAVED
    Report.objects.filter(pk=second.pk).update(**frozen)
    with pytest.raises(services.FrozenError):
        write("Te laat.", "Nog niet alles is definitief.", sanne)


def test_blocks_with_figures_are_ready_once_they_were_counted(sanne: User) -> None:
    def shown(year: int) -> dict[BlockKind, tuple[bool, str]]:
        with translation.override("en"):
            return {one.kind: (one.ready, one.words) for one in shown_blocks(year, today)}

    today = timezone.localdate()
    written = {
        BlockKind.SUMMARY, BlockKind.EXPERIENCES, BlockKind.ADDED_VALUE, BlockKind.REQUESTS,
    }  # fmt: skip
    assert {kind for kind, (ready, _words) in shown(YEAR).items() if ready} == set()
    assert shown(YEAR)[BlockKind.HIGH_USERS] == (False, "To be counted")
    for year in (YEAR, today.year):
        Report.objects.create(year=year, insurer=factories.insurer("CZ"))
    assert {kind for kind, (ready, _words) in shown(YEAR).items() if not ready} == written
    assert shown(YEAR)[BlockKind.HIGH_USERS] == (True, "Ready (automatic, 31 December)")
    assert shown(today.year)[BlockKind.HIGH_USERS] == (False, "Not yet: 31 December")

    cards = year_cards([today.year, YEAR, YEAR - 1], Report.objects.all(), today)
    assert [one.ready for one in cards] == [0, len(BlockKind) - len(written), 0]


def test_an_owner_is_reminded_a_week_ahead_and_not_once_it_is_ready(
    sanne: User, lotte: User
) -> None:
    today = timezone.localdate()
    services.assign(
        year=YEAR, kind=KIND, owner=lotte, due_on=today + timedelta(days=6), actor=sanne
    )
    block = ReportBlock.objects.get()
    assert [(one.user, one.about) for one in block_mail(today)] == [
        (lotte.pk, f"block-{block.pk}-week")
    ]
    services.mark(year=YEAR, kind=KIND, ready=True, actor=lotte)
    assert list(block_mail(today)) == []


def test_the_page_saves_by_itself_and_refuses_a_citizen_number(client: Client, sanne: User) -> None:
    client.force_login(sanne)
    part = client.post(
        f"{ADDRESS}tekst/",
        {"text": "Wij zien rust.", "seen": mark_of("")},
        headers={"HX-Request": "true"},
    ).content.decode()
    assert "<html" not in part
    assert f'value="{mark_of("Wij zien rust.")}"' in part
    refused = client.post(
        f"{ADDRESS}tekst/",
        {"text": "Nummer 111222333 belde.", "seen": mark_of("Wij zien rust.")},
    )
    assert refused.status_code == 200
    assert "Nummer 111222333 belde." in refused.content.decode()
    assert said() == ["Wij zien rust."]


@pytest.mark.parametrize("number", [1, 3])
def test_the_builder_takes_the_same_number_of_queries(
    client: Client, sanne: User, number: int, django_assert_num_queries
) -> None:
    for place, kind in enumerate(list(BlockKind)[:number]):
        services.write(year=YEAR, kind=kind, text=f"Tekst {place}", seen=mark_of(""), actor=sanne)
        Report.objects.create(year=YEAR, insurer=factories.insurer(f"Verzekeraar {place}"))
    client.force_login(sanne)
    client.get(f"/regio/jaarverslag/{YEAR}/")
    with django_assert_num_queries(YEAR_QUERIES):
        client.get(f"/regio/jaarverslag/{YEAR}/")


YEAR_QUERIES = 27
