"""The table of questions, the five steps, and what patients read."""

from io import BytesIO

import pytest
from pypdf import PdfReader

from interventions.models import QuestionLength, StepDone
from interventions.schedules.questions import example_lines, grouped
from interventions.schedules.texts import TEXTS
from practices.states import RegionRoleName
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def practice():
    return factories.practice()


@pytest.fixture
def owner(practice, client):
    user = factories.staff_user(practice)
    client.force_login(user)
    return user


def address(practice, rest):
    return f"/praktijk/{practice.slug}/consultduur/{rest}"


def test_a_text_of_the_region_is_read_as_a_table():
    body = "# 15 minuten, huisarts\n- Uitslag\n\n# 7 minuten\n* Kort\n# Bel terug\n- Recept\nTekst"
    assert example_lines(body) == [
        ("Uitslag", 15, "huisarts"),
        ("Kort", None, "7 minuten"),
        ("Recept", None, "Bel terug"),
    ]


def test_the_example_is_copied_once_and_then_changed(practice, owner, client):
    client.post(address(practice, "vragen/overnemen/"))
    copied = QuestionLength.objects.filter(practice=practice)
    assert copied.count() == len(example_lines(TEXTS[0].body)) > 15
    assert [lines[0].minutes for _title, lines in grouped(copied)] == [5, 10, 15, 20, 30, None]
    client.post(address(practice, "vragen/overnemen/"))
    assert copied.count() == len(example_lines(TEXTS[0].body))
    line = copied.filter(minutes=15).first()
    typed = {"question": line.question, "minutes": "20", "with_whom": "", "based_on": "1"}
    client.post(address(practice, f"vragen/{line.pk}/"), typed)
    line.refresh_from_db()
    assert (line.minutes, line.version) == (20, 2)
    page = client.post(address(practice, f"vragen/{line.pk}/"), typed | {"minutes": "30"})
    line.refresh_from_db()
    assert (page.status_code, line.minutes) == (200, 20)
    assert 'name="based_on" value="2"' in page.content.decode()
    client.post(address(practice, f"vragen/{line.pk}/"), {"remove": "1", "based_on": "2"})
    assert not copied.filter(pk=line.pk).exists()


def test_a_question_stands_in_the_table_once(practice, owner, client):
    typed = {"question": "Uitslag", "minutes": "15", "with_whom": ""}
    assert client.post(address(practice, "vragen/"), typed).status_code == 302
    page = client.post(address(practice, "vragen/"), typed | {"question": "uitslag"})
    assert (page.status_code, QuestionLength.objects.count()) == (200, 1)


@pytest.mark.parametrize("paper", ["vragen/pdf/", "patienten/poster/", "patienten/tekst/"])
def test_papers_are_one_page(paper, practice, owner, client):
    client.post(address(practice, "vragen/overnemen/"))
    answer = client.get(address(practice, paper))
    assert answer["Content-Type"] == "application/pdf"
    pages = PdfReader(BytesIO(answer.content)).pages
    assert len(pages) == 1
    assert practice.name in pages[0].extract_text()


def test_a_step_is_ticked_with_who_and_when_and_undone(practice, client):
    coordinator = factories.region_user(RegionRoleName.COORDINATOR)
    client.force_login(coordinator)
    client.post(address(practice, "stappen/"), {"step": "2", "do": "tick"})
    done = StepDone.objects.get()
    assert (done.step, done.ticked_by, done.on_behalf) == (2, coordinator, True)
    client.force_login(factories.staff_user(practice))
    client.post(address(practice, "stappen/"), {"step": "2", "do": "tick"})
    page = client.get(address(practice, "stappen/"))
    assert (StepDone.objects.get().ticked_by, page.context["done"]) == (coordinator, 1)
    client.post(address(practice, "stappen/"), {"step": "2", "do": "untick"})
    assert StepDone.objects.count() == 0
    assert client.post(address(practice, "stappen/"), {"step": "6"}).status_code == 404


def test_a_line_of_another_practice_says_nothing_of_itself(practice, owner, client):
    other = QuestionLength.objects.create(
        practice=factories.practice(), question="Oorpijn", version=77
    )
    page = address(practice, f"vragen/{other.pk}/")
    assert client.get(page).status_code == 404
    for typed in ({"question": ""}, {"question": "", "remove": "1"}, {"question": "Rugpijn"}):
        answer = client.post(page, typed | {"based_on": "77"})
        assert b'value="77"' not in answer.content
        assert b"Oorpijn" not in answer.content
    other.refresh_from_db()
    assert (other.question, other.version) == ("Oorpijn", 77)
