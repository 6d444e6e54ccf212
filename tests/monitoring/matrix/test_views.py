"""The overview of the region: who may see it, what it says, what it costs."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.utils import timezone
from python_calamine import CalamineWorkbook

from monitoring.models import Report
from monitoring.states import ReportState
from practices.models import Application, AuditEvent
from practices.states import AuditAction, RegionRoleName
from tests import factories, region_story
from tests.pages import words
from training.models import CoachingRequest, Course, TrainingClaim
from training.states import ClaimState

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def in_english(client):
    client.cookies["mtvp_language"] = "en"


@pytest.fixture
def coordinator(client):
    user = factories.region_user(RegionRoleName.COORDINATOR)
    client.force_login(user)
    return user


def started(days_ago, **fields):
    return factories.practice(start_on=timezone.localdate() - timedelta(days=days_ago), **fields)


def names(response):
    return [row.practice.name for row in response.context["rows"]]


def test_first_the_sentence_then_who_needs_help_most(client, coordinator):
    started(10, name="Begonnen")
    started(330, name="Bijna")
    started(800, name="Laat")
    response = client.get("/regio/")
    assert "3 practices. 1 on schedule, 1 attention, 1 too late." in words(response)
    assert "<title>(1) Region" in response.content.decode()
    assert names(response) == ["Laat", "Bijna", "Begonnen"]


def test_no_number_in_the_tab_when_nobody_is_late(client, coordinator):
    started(10)
    response = client.get("/regio/")
    assert "<title>Region" in response.content.decode()
    assert "No practice is too late. Well done." in words(response)


def test_names_are_text_whatever_stands_in_them(client, coordinator):
    started(10, name="<b>Wit & Zn.</b>", consultant=factories.user(name="O'<i>Neil</i>"))
    page = client.get("/regio/").content.decode()
    assert '">&lt;b&gt;Wit &amp; Zn.&lt;/b&gt;</a>' in page
    assert "O&#x27;&lt;i&gt;Neil&lt;/i&gt;</span>" in page


def test_cells_say_status_figure_and_year_and_lead_to_the_evidence(client, coordinator):
    region = region_story.build_region()
    rows = {row.practice: row for row in client.get("/regio/").context["rows"]}
    linde = [(c.content.word, c.content.figure, c.content.note) for c in rows[region.linde].cells]
    assert linde == [
        ("Attention", "3 of 5", ""),
        ("Done", "", ""),
        ("Attention", "", ""),
        ("Done", "", ""),
        ("Attention", "1 of 2", ""),
        ("Attention", "0 of 2", ""),
    ]
    assert rows[region.korvel].cells[0].content.note == "Year 1: Too late"
    assert rows[region.korvel].cells[4].content.word == "Not applicable"
    assert [cell.url for cell in rows[region.linde].cells][:3] == [
        "/praktijk/de-linde/regie/",
        "/praktijk/de-linde/triage/",
        "/praktijk/de-linde/time-out/",
    ]


@pytest.mark.parametrize(
    ("first", "expected"),
    [
        ("te-laat", ["Laat", "Bijna", "Aan"]),
        ("let-op", ["Bijna", "Laat", "Aan"]),
        ("naam", ["Aan", "Bijna", "Laat"]),
        ("onzin", ["Laat", "Bijna", "Aan"]),
    ],
)
def test_what_comes_first_is_a_choice(client, coordinator, first, expected):
    started(10, name="Aan")
    started(330, name="Bijna")
    started(800, name="Laat")
    response = client.get("/regio/", {"eerst": first})
    assert names(response) == expected
    shown = first if first != "onzin" else "te-laat"
    assert f'<option value="{shown}" selected>' in response.content.decode()


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({"wijk": "Goirle"}, ["Laat"]),
        ({"wijk": "Tilburg Noord"}, ["Bijna"]),
        ({"wijk": "Atlantis"}, ["Laat", "Bijna", "Aan"]),
        ({"alleen": "te-laat"}, ["Laat"]),
        ({"alleen": "let-op", "wijk": "Goirle"}, []),
    ],
)
def test_neighbourhood_and_need_are_filters_of_page_and_file(client, coordinator, query, expected):
    started(10, name="Aan")
    started(330, name="Bijna", neighbourhood="Noord")
    started(800, name="Laat", city="Goirle")
    assert names(client.get("/regio/", query)) == expected
    book = CalamineWorkbook.from_filelike(
        BytesIO(client.get("/regio/overzicht.xlsx", query).content)
    )
    rows = book.get_sheet_by_index(1).to_python()
    listed = [row[0] for row in rows if row[0] in {"Aan", "Bijna", "Laat"}]
    assert listed == expected


def test_what_waits_for_an_answer_stands_there_for_who_answers(client, coordinator):
    practice = started(10, name="Aan")
    assert "Nothing waits for your answer now" in words(client.get("/regio/"))
    course = Course.objects.create(title="Coaching", kind="conversation", in_practice=True)
    today = timezone.localdate()
    for _asked in range(2):
        CoachingRequest.objects.create(
            course=course, practice=practice, wish="Meekijken", from_on=today, until_on=today
        )
    person = factories.employment(practice=practice).person
    followed = {"person": person, "practice": practice, "followed_on": today, "hours": 3}
    TrainingClaim.objects.create(title="Elders", **followed)
    TrainingClaim.objects.create(title="Klaar", state=ClaimState.DECLINED, **followed)
    Report.objects.create(
        year=today.year - 1, insurer=factories.insurer("CZ"), appendix=False, value={}
    )
    for confirmed_at in (timezone.now(), None):
        Application.objects.create(
            practice_name="Wil",
            code="12000099" if confirmed_at else "12000098",
            cohort=practice.cohort,
            contact_role="gp_owner",
            confirmed_at=confirmed_at,
        )
    page = words(client.get("/regio/"))
    assert (
        "What waits for you 1 practice wants to take part"
        " 1 training followed elsewhere waits for you 2 practices ask for coaching"
        " 4 blocks of the yearly report are not ready"
    ) in page
    Report.objects.update(
        state=ReportState.FINAL, final_at=timezone.now(), final_by=coordinator, sha256="0" * 64
    )
    assert "yearly report are not ready" not in words(client.get("/regio/"))
    client.force_login(factories.region_user(RegionRoleName.CONSULTANT))
    assert "for coaching" not in words(client.get("/regio/"))


def test_filters_by_cohort_and_consultant(client, coordinator):
    sanne = factories.region_user(RegionRoleName.CONSULTANT, name="Sanne")
    cohort = factories.cohort()
    factories.practice(name="A", cohort=cohort, consultant=sanne)
    factories.practice(name="B", cohort=cohort)
    factories.practice(name="C", consultant=sanne)
    assert sorted(names(client.get("/regio/", {"lichting": cohort.pk}))) == ["A", "B"]
    assert sorted(names(client.get("/regio/", {"consulent": sanne.pk}))) == ["A", "C"]
    both = {"lichting": cohort.pk, "consulent": sanne.pk}
    assert names(client.get("/regio/", both)) == ["A"]
    assert "1 practice. " in words(client.get("/regio/", both))


@pytest.mark.parametrize("value", ["abc", "-1", "9" * 40, "١", "1 OR 1=1"])
def test_a_filter_that_is_none_shows_all(client, coordinator, value):
    factories.practice()
    assert len(names(client.get("/regio/", {"lichting": value, "consulent": value}))) == 1


def test_a_choice_that_nobody_fits_says_so(client, coordinator):
    factories.practice()
    assert "No practice fits this choice." in words(client.get("/regio/", {"lichting": 10**8}))


def test_a_region_without_practices_says_where_they_come_from(client, coordinator):
    page = client.get("/regio/").content.decode()
    assert 'class="btn btn-primary" href="/regio/inlezen/"' in page
    assert "0 practices" not in page


@pytest.mark.parametrize("path", ["/regio/", "/regio/overzicht.xlsx"])
def test_for_the_coordinator_only(client, path):
    region = region_story.build_region()
    expected = {
        region.coordinator: 200,
        region.consultant: 403,
        region.facilitator: 403,
        region.insurer_reader: 403,
        region.doctor: 403,
    }
    seen = {}
    for user in expected:
        client.force_login(user)
        seen[user] = client.get(path).status_code
    assert seen == expected


@pytest.mark.parametrize("practices", [1, 3])
def test_the_number_of_queries_does_not_grow(
    client, coordinator, practices, django_assert_num_queries
):
    for _ in range(practices):
        factories.employment(practice=factories.practice())
    with django_assert_num_queries(20):
        client.get("/regio/")


def test_the_workbook_holds_the_rows_of_the_page_and_leaves_a_trace(client, coordinator):
    region_story.build_region()
    rows = client.get("/regio/", {"eerst": "naam"}).context["rows"]
    response = client.get("/regio/overzicht.xlsx", {"eerst": "naam"})
    sheets = CalamineWorkbook.from_filelike(BytesIO(response.content))
    cells = sheets.get_sheet_by_index(1).to_python()
    header = next(i for i, row in enumerate(cells) if row and row[0] == "Practice")
    names_in_file = [row[0] for row in cells[header + 1 :] if row[0]]
    assert names_in_file == [row.practice.name for row in rows]
    first = cells[header + 1]
    shown = rows[0].cells[0].content
    assert first[5] == " · ".join(filter(None, [shown.word, shown.figure, shown.note]))
    event = AuditEvent.objects.filter(action=AuditAction.EXPORT).get()
    assert (event.actor, event.detail) == (coordinator, {"practices": 5})


def test_the_workbook_follows_the_filter(client, coordinator):
    cohort = factories.cohort()
    factories.practice(name="Wel", cohort=cohort)
    factories.practice(name="Niet")
    response = client.get("/regio/overzicht.xlsx", {"lichting": cohort.pk})
    sheet = CalamineWorkbook.from_filelike(BytesIO(response.content)).get_sheet_by_index(1)
    in_file = {cell for row in sheet.to_python() for cell in row}
    assert "Wel" in in_file
    assert "Niet" not in in_file
