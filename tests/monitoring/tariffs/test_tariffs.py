"""Tariffs: what takes over from what, what the database refuses, and the page."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from monitoring.regional_fee.facts import fee_tariffs
from monitoring.tariffs.rules import tariff_on
from monitoring.tariffs.services import TariffRefusedError, record_tariff, withdraw_tariff
from practices.models import AuditEvent, Insurer, Tariff, User
from practices.states import RegionRoleName, TariffKind
from tests import factories
from tests.pages import words

pytestmark = pytest.mark.django_db

PROGRAMME = TariffKind.PROGRAMME


@pytest.fixture
def coordinator(client: Client) -> User:
    user = factories.region_user(RegionRoleName.COORDINATOR)
    client.force_login(user)
    client.cookies["mtvp_language"] = "en"
    return user


def recorded(
    first: date, amount: str = "2.88", *, last: date | None = None, insurer: Insurer | None = None
) -> Tariff:
    return record_tariff(
        kind=PROGRAMME,
        insurer=insurer,
        amount=Decimal(amount),
        valid_from=first,
        valid_until=last,
        actor=None,
    )


def test_shipped_are_the_regional_fee_and_the_one_known_maximum() -> None:
    found = {(one.kind, one.amount, one.valid_until) for one in Tariff.objects.all()}
    assert found == {
        ("regional_fee", Decimal("0.50"), None),
        ("programme_max", Decimal("3.23"), date(2025, 12, 31)),
    }


def test_a_tariff_that_goes_on_makes_room_for_the_next_and_stays_as_history() -> None:
    menzis = factories.insurer("Menzis")
    first = recorded(date(2023, 1, 1), insurer=menzis)
    second = recorded(date(2024, 1, 1), "3.01", insurer=menzis)
    first.refresh_from_db()
    assert (first.valid_until, second.valid_until) == (date(2023, 12, 31), None)
    known = list(Tariff.objects.standing())
    on = {year: tariff_on(known, PROGRAMME, menzis.pk, date(year, 7, 1)) for year in (2022, 2023)}
    assert on == {2022: None, 2023: first}
    assert tariff_on(known, PROGRAMME, menzis.pk, date(2024, 1, 1)) == second


@pytest.mark.parametrize(
    ("first", "last"),
    [
        (date(2023, 12, 31), None),
        (date(2022, 6, 1), date(2023, 1, 1)),
        (date(2022, 1, 1), None),
        (date(2023, 3, 1), date(2023, 4, 1)),
    ],
)
def test_days_that_are_taken_are_refused(first: date, last: date | None) -> None:
    recorded(date(2023, 1, 1), last=date(2023, 12, 31))
    with translation.override("en"), pytest.raises(TariffRefusedError, match="Choose other days"):
        recorded(first, "3.00", last=last)
    assert Tariff.objects.filter(kind=PROGRAMME).count() == 1


def test_the_database_itself_keeps_two_tariffs_from_holding_on_one_day() -> None:
    """Also for all insurers, where the insurer is empty; other insurers and kinds stand apart."""
    cz = factories.insurer("CZ")
    day = {"kind": PROGRAMME, "valid_from": date(2023, 1, 1), "amount": 1}
    for insurer in (None, cz):
        Tariff.objects.create(**day, insurer=insurer, valid_until=date(2023, 6, 30))
        with pytest.raises(IntegrityError), transaction.atomic():
            Tariff.objects.create(
                **day | {"valid_from": date(2023, 6, 30)}, insurer=insurer, valid_until=None
            )
        Tariff.objects.create(**day | {"valid_from": date(2023, 7, 1)}, insurer=insurer)


def test_what_is_withdrawn_counts_no_longer_and_stays_in_sight(coordinator: User) -> None:
    wrong = recorded(date(2023, 1, 1), "28.80")
    assert withdraw_tariff(tariff=wrong, actor=coordinator, going_on=True)
    assert not withdraw_tariff(tariff=wrong, actor=coordinator, going_on=True)
    right = recorded(date(2023, 1, 1), "2.88")
    known = list(Tariff.objects.standing())
    assert tariff_on(known, PROGRAMME, None, date(2023, 5, 5)) == right
    assert Tariff.objects.get(pk=wrong.pk).withdrawn_at is not None
    actions = AuditEvent.objects.filter(object_type="practices.tariff").order_by("pk")
    assert list(actions.values_list("action", flat=True)) == ["create", "change", "create"]


@pytest.mark.parametrize("going_on", [True, False])
def test_what_made_room_for_a_mistake_goes_on_when_somebody_says_so(
    coordinator: User, *, going_on: bool
) -> None:
    cz = factories.insurer("CZ")
    first = recorded(date(2023, 1, 1), insurer=cz)
    wrong = recorded(date(2024, 1, 1), "30.10", last=date(2024, 12, 31), insurer=cz)
    later = recorded(date(2025, 1, 1), "3.10", insurer=cz)
    recorded(date(2023, 1, 1), "9.99", last=date(2023, 12, 31))
    assert withdraw_tariff(tariff=wrong, actor=coordinator, going_on=going_on)
    known = list(Tariff.objects.standing())
    in_2024 = tariff_on(known, PROGRAMME, cz.pk, date(2024, 7, 1))
    assert in_2024 == (first if going_on else None)
    assert tariff_on(known, PROGRAMME, cz.pk, date(2025, 1, 1)) == later


def test_an_insurers_own_regional_fee_comes_before_the_one_for_all() -> None:
    vgz, cz = factories.insurer("VGZ"), factories.insurer("CZ")
    record_tariff(
        kind=TariffKind.REGIONAL_FEE,
        insurer=cz,
        amount=Decimal("0.60"),
        valid_from=date(2024, 7, 1),
        valid_until=None,
        actor=None,
    )
    assert set(fee_tariffs(2024, vgz).values()) == {Decimal("0.50")}
    assert list(fee_tariffs(2024, cz).values()) == [
        Decimal(a) for a in ("0.5", "0.5", "0.6", "0.6")
    ]


def test_recording_and_withdrawing_on_the_page(client: Client, coordinator: User) -> None:
    menzis = factories.insurer("Menzis")
    asked = {"kind": "programme", "insurer": menzis.pk, "amount": "2,88"}
    client.cookies["mtvp_language"] = "nl"
    response = client.post("/regio/tarieven/", asked | {"valid_from": "2025-01-01"})
    assert (response.status_code, response.url) == (302, "/regio/tarieven/")
    client.cookies["mtvp_language"] = "en"
    tariff = Tariff.objects.get(kind=PROGRAMME)
    assert (tariff.amount, tariff.valid_from) == (Decimal("2.88"), date(2025, 1, 1))
    again = client.post("/regio/tarieven/", asked | {"amount": "3.4", "valid_from": "2025-01-01"})
    assert "Another tariff holds on some of these days" in words(again)
    recorded(date(2025, 1, 1), "3.40")
    assert "above the national maximum of € 3.23" in words(client.get("/regio/tarieven/"))
    assert "No tariff holds on these days then" in words(client.get("/regio/tarieven/"))
    client.post(f"/regio/tarieven/{tariff.pk}/intrekken/")
    page = words(client.get("/regio/tarieven/"))
    assert "Menzis € 2.88 1 jan 2025 further notice withdrawn" in page


def test_the_page_says_from_which_quarter_a_tariff_counts(
    client: Client, coordinator: User
) -> None:
    asked = {"kind": "programme", "insurer": "", "amount": "2.88"}

    def said(first: str, last: str = "") -> str:
        days = {"valid_from": first, "valid_until": last}
        page = words(client.post("/regio/tarieven/", asked | days, follow=True))
        assert "The tariff is recorded." in page
        Tariff.objects.filter(kind=PROGRAMME).delete()
        return page

    assert "a quarter goes by the tariff of its first day" not in said("2025-04-01")
    assert "It counts from the quarter that begins on April 1, 2025" in said("2025-02-15")
    assert "It counts from the quarter that begins on Jan. 1, 2026" in said("2025-12-31")
    assert "It counts for no quarter" in said("2025-02-15", "2025-03-31")


def test_a_gap_between_tariffs_is_said(client: Client, coordinator: User) -> None:
    cz = factories.insurer("CZ")
    Tariff.objects.all().delete()
    recorded(date(2024, 1, 1), last=date(2024, 6, 30), insurer=cz)
    recorded(date(2024, 7, 1), last=date(2024, 9, 30), insurer=cz)
    recorded(date(2025, 1, 1), insurer=cz)
    page = words(client.get("/regio/tarieven/"))
    assert page.count("no tariff is known from") == 1
    assert "no tariff is known from 1 oct 2024" in page
    recorded(date(2024, 1, 1), last=date(2024, 12, 31))
    page = words(client.get("/regio/tarieven/"))
    assert "no tariff is known from 1 oct 2024" not in page
    assert "The tariff for all insurers (€ 2.88) then holds." in page


def test_room_that_was_made_stands_in_the_trail() -> None:
    first = recorded(date(2024, 1, 1))
    recorded(date(2025, 1, 1), "3.00")
    changed = AuditEvent.objects.get(action="change", object_type="practices.tariff")
    assert (changed.object_id, changed.detail["fields"]) == (str(first.pk), ["valid_until"])


@pytest.mark.parametrize("year", ["0001", "1999", "2100", "9999"])
def test_days_far_away_are_refused(client: Client, coordinator: User, year: str) -> None:
    asked = {"kind": "programme", "amount": "2.88", "valid_from": f"{year}-12-31"}
    page = client.post("/regio/tarieven/", asked)
    assert list(page.context["form"].errors) == ["valid_from"]
    assert "Fill in a date between 2000 and 2100" in page.content.decode()


def test_what_is_not_right_is_said_at_its_field(client: Client, coordinator: User) -> None:
    page = client.post(
        "/regio/tarieven/",
        {
            "kind": "programme_max",
            "insurer": factories.insurer("CZ").pk,
            "amount": "-1",
            "valid_from": "2025-02-01",
            "valid_until": "2025-01-01",
        },
    )
    errors = page.context["form"].errors
    assert set(errors) == {"insurer", "amount", "valid_until"}
    assert "<title>Error:" in page.content.decode()


@pytest.mark.parametrize("insurers", [1, 3])
def test_the_page_asks_the_same_whatever_the_number_of_tariffs(
    client: Client, coordinator: User, insurers: int
) -> None:
    for number in range(insurers):
        recorded(date(2023, 1, 1), insurer=factories.insurer(f"Verzekeraar {number}"))
    client.get("/regio/tarieven/")
    with CaptureQueriesContext(connection) as queries:
        client.get("/regio/tarieven/")
    assert sum("practices_tariff" in one["sql"] for one in queries) == 1
