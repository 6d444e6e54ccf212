"""The region's overview of high users: what it says, what it hides, what it costs, its files."""

import csv
import re
from datetime import date
from html import unescape
from io import BytesIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from python_calamine import CalamineWorkbook

from practices.models import AuditEvent
from practices.states import AuditAction, RegionRoleName
from tests import factories
from tests.highusers.overview import region
from tests.pages import words

pytestmark = pytest.mark.django_db
PAGE = "/regio/veelgebruikers/"
HIDDEN = "not shown (privacy)"


@pytest.fixture(autouse=True)
def in_english(client):
    client.cookies["mtvp_language"] = "en"


@pytest.fixture
def coordinator(client):
    user = factories.region_user(RegionRoleName.COORDINATOR)
    client.force_login(user)
    return user


@pytest.fixture
def four_practices():
    """Two cohorts in two neighbourhoods; one practice has four high users."""
    first = factories.cohort(name="Lichting A", start_on=date(2022, 4, 1))
    second = factories.cohort(name="Lichting B", start_on=date(2022, 4, 1))
    made = []
    for name, cohort, place, high_users in (
        ("Anders", first, "Noord", 4),
        ("Berk", first, "Zuid", 30),
        ("Ceder", second, "Noord", 25),
        ("=Den", second, "Zuid", 41),
    ):
        one = region.practice(place, name=name, cohort=cohort)
        region.extract(one, 2024, high_users=high_users + 20)
        region.extract(one, 2025, high_users=high_users)
        made.append(one)
    return made


def table_on(response) -> list[list[str]]:
    """The first table of the page, head and rows, as somebody reads it."""
    table = re.search(r"<table.*?</table>", response.content.decode(), re.DOTALL)
    rows = re.findall(r"<tr.*?</tr>", table.group(), re.DOTALL)
    cells = [re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.DOTALL) for row in rows]
    return [[unescape(cell) for cell in row] for row in cells]


def test_first_the_sentence_then_the_table(client, coordinator, four_practices):
    response = client.get(PAGE)
    assert (
        "In 2025 4 practices had 100 high users. That is 12.5 per 1,000 registered patients;"
        " in 2024 it was 22.5." in words(response)
    )
    assert table_on(response) == [
        [
            *("Neighbourhood", "Practices", "Registered patients", "High users"),
            *("High users per 1,000 patients", "Contacts per patient"),
        ],
        ["Tilburg Noord", "2", "4,000", "29", "7.3", "4.0"],
        ["Tilburg Zuid", "2", "4,000", "71", "17.8", "4.0"],
        ["All together", "4", "8,000", "100", "12.5", "4.0"],
    ]


@pytest.mark.parametrize("choice", ["per=praktijk", "per=praktijk&lichting=x", "per=lichting"])
def test_a_small_number_is_nowhere_on_the_page_or_in_the_files(
    client, coordinator, four_practices, choice
):
    rows = {row[0]: row[1:] for row in table_on(client.get(f"{PAGE}?{choice}"))}
    if choice == "per=lichting":
        assert (rows["Lichting A"][2], rows["Lichting B"][2]) == ("34", "66")
    else:
        assert {row[1] for name, row in rows.items() if name[:5] in {"Ander", "Berk,"}} == {HIDDEN}
        assert {row[2] for name, row in rows.items() if name[:5] in {"Ceder", "=Den,"}} == {HIDDEN}
        assert rows["All together"][1] == "100"


def test_filters_pick_from_the_same_judgement(client, coordinator, four_practices):
    one = four_practices[0]
    query = f"?per=praktijk&lichting={one.cohort.number}&wijk=Tilburg+Noord&jaar=alle"
    rows = table_on(client.get(PAGE + query))
    assert [row[:4] for row in rows[1:]] == [
        ["Anders, Tilburg Noord", "2024", "2,000", "24"],
        ["Anders, Tilburg Noord", "2025", "2,000", HIDDEN],
    ]
    assert "the number of high users is not shown" in words(client.get(PAGE + query))


def test_over_the_years(client, coordinator, four_practices):
    response = client.get(f"{PAGE}?per=jaar&jaar=2025")
    assert [row[:2] for row in table_on(response)[1:]] == [["2024", "4"], ["2025", "4"]]
    assert "22.5 in 2024, 12.5 in 2025." in words(response)
    assert "not what plans brought about" in words(response)


def test_contacts_as_the_regional_performance_counts_them(client, coordinator):
    kinds = {"consultation/practice": 5000, "visit/home": 1000, "telephone/remote": 2000}
    region.extract(region.practice(), 2025, by_type=kinds)
    rows = table_on(client.get(f"{PAGE}?telling=regioprestatie"))
    assert (rows[0][-1], rows[1][-1]) == ("Consultations and visits per patient", "3.0")
    assert table_on(client.get(PAGE))[1][-1] == "4.0"


def test_page_workbook_and_csv_hold_the_same_figures(client, coordinator, four_practices):
    for query in ("per=wijk", "per=praktijk&jaar=alle", "per=lichting", "per=jaar"):
        page = table_on(client.get(f"{PAGE}?{query}"))
        lines = client.get(f"{PAGE}overzicht.csv?{query}").content.decode("utf-8-sig")
        in_csv = list(csv.reader(lines.splitlines(), delimiter=";"))
        plain = [[cell.replace(",", "") for cell in row[1:]] for row in page]
        assert [[cell.replace(",", "") for cell in row[1:]] for row in in_csv] == plain
        content = client.get(f"{PAGE}overzicht.xlsx?{query}").content
        book = CalamineWorkbook.from_filelike(BytesIO(content))
        sheet = book.get_sheet_by_name("High users").to_python()
        head = next(place for place, row in enumerate(sheet) if row[0] == page[0][0])
        for row, shown in zip(sheet[head + 1 :], page[1:], strict=False):
            for cell, text in zip(row[1:], shown[1:], strict=False):
                assert cell == text or float(cell) == float(text.replace(",", ""))


def test_a_name_that_looks_like_a_formula_is_text_in_the_files(client, coordinator, four_practices):
    lines = client.get(f"{PAGE}overzicht.csv?per=praktijk").content.decode("utf-8-sig")
    assert "'=Den, Tilburg Zuid" in lines
    content = client.get(f"{PAGE}overzicht.xlsx?per=praktijk").content
    sheet = CalamineWorkbook.from_filelike(BytesIO(content)).get_sheet_by_name("High users")
    assert "=Den, Tilburg Zuid" in [row[0] for row in sheet.to_python()]


@pytest.mark.parametrize("ending", ["xlsx", "csv"])
def test_an_export_stands_in_the_trail(client, coordinator, four_practices, ending):
    response = client.get(f"{PAGE}overzicht.{ending}?per=lichting")
    assert response["Content-Disposition"].endswith(f'.{ending}"')
    event = AuditEvent.objects.get(action=AuditAction.EXPORT)
    assert (event.actor, event.object_type) == (coordinator, "region_high_users")
    assert event.detail["per"] == "lichting"


def test_without_extracts_the_page_says_so_and_where_to_go(client, coordinator):
    response = client.get(PAGE)
    assert "No practice has handed in an extract of twelve months yet." in words(response)
    assert 'href="/regio/"' in response.content.decode()
    assert client.get(f"{PAGE}overzicht.xlsx").status_code == 200


def test_a_choice_that_fits_no_practice_leads_back(client, coordinator, four_practices):
    cohort = four_practices[0].cohort
    factories.practice(cohort=cohort)
    other = region.practice("West", cohort=factories.cohort(start_on=date(2022, 4, 1)))
    region.extract(other, 2025)
    response = client.get(f"{PAGE}?lichting={cohort.number}&wijk=Tilburg+West")
    assert "No practice fits this choice." in words(response)
    assert "There is no extract of twelve months for this choice." in words(response)


@pytest.mark.parametrize("query", ["per=x&jaar=1&lichting=²&wijk=%00&telling=", "jaar=9" * 40])
def test_an_address_that_means_nothing_shows_the_region(client, coordinator, four_practices, query):
    assert table_on(client.get(f"{PAGE}?{query}")) == table_on(client.get(PAGE))


@pytest.mark.parametrize("practices", [1, 3])
def test_the_number_of_queries_does_not_depend_on_the_number_of_practices(
    client, coordinator, practices
):
    for _number in range(practices):
        one = region.practice()
        region.extract(one, 2025)
        region.panel(one, "2025Q1", 2100)
    client.get(PAGE)
    with CaptureQueriesContext(connection) as queries:
        client.get(PAGE)
    assert len(queries) == 11, [query["sql"] for query in queries]
