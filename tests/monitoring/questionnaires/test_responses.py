"""The response to the questionnaires of a year: counted, chosen, shown and taken along."""

import io
from collections import Counter
from datetime import timedelta

import pytest
from django.utils import timezone
from openpyxl import load_workbook

from monitoring.models import QuestionnaireAnswer, QuestionnaireReminder, QuestionnaireVersion
from monitoring.questionnaires.facts import counted, distributions, responses, told
from monitoring.questionnaires.states import ResponseState
from monitoring.standing import standing
from tests import factories
from tests.monitoring.questionnaires.test_reminding import answered, begun

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()


@pytest.fixture
def consultant():
    return factories.region_user("consultant")


@pytest.fixture
def coordinator(client):
    user = factories.region_user("coordinator")
    client.force_login(user)
    return user


def said(practice, **changes):
    """Handed in on the page: with a version, and what it was asked as."""
    answer = answered(practice)
    answer.version = QuestionnaireVersion.objects.get()
    answer.asked = {"plans_made": "Plannen?"}
    answer.answers = {"experiences": changes.pop("experiences", ""), "bottlenecks": []}
    for name, value in changes.items():
        setattr(answer, name, value)
    answer.save()
    return answer


def opens_in(practice):
    return (practice.start.replace(year=practice.start.year + 1)).year


def page_of(client, practice, query=""):
    return client.get(f"/regio/uitvraag/{opens_in(practice)}/{query}")


def test_it_counts_per_cohort_and_year_against_a_plain_count():
    cohort = factories.cohort(start_on=TODAY - timedelta(days=470))
    old = factories.cohort(start_on=TODAY - timedelta(days=830))
    for number in range(7):
        practice = factories.practice(cohort=(cohort, old)[number % 2])
        if number % 3:
            answered(practice)
    factories.practice(start_on=TODAY - timedelta(days=30))
    found = responses(standing(TODAY))
    plain = Counter((one.cohort, one.programme_year, one.state) for one in found if one.is_due)
    for one in counted(found)[:-1]:
        expected = [
            plain[one.cohort, one.programme_year, state]
            for state in (ResponseState.ANSWERED, ResponseState.OPEN, ResponseState.LATE)
        ]
        assert [one.answered, one.open, one.late] == expected
        assert one.due == sum(expected)
    total = counted(found)[-1]
    assert total.due == sum(plain.values())
    assert total.answered == QuestionnaireAnswer.objects.count()


def test_what_was_answered_and_what_contradicts_the_figures():
    yes, no, words = (begun(60) for _one in range(3))
    answered(yes)
    said(no, plans_made=False, flexible_in_use=False, lasting_habit=False)
    said(words, plans_made=False, flexible_in_use=False, experiences="Rust")
    found = responses(standing(TODAY))
    against = {one.practice: one.contradicted for one in found if one.answer}
    assert against == {yes.pk: ("plans_made", "flexible_in_use"), no.pk: (), words.pk: ()}
    shown = {one.key: one for one in distributions(found)}
    assert set(shown) == {"plans_made", "lasting_habit", "flexible_in_use", "experiences"}
    assert shown["plans_made"].counts == {True: 1, False: 2}
    assert shown["lasting_habit"].counts == {True: 2, False: 1}
    assert (shown["experiences"].counts, shown["experiences"].answered) == ({}, 1)
    (text,) = told(found, "experiences")
    assert (text.practice, text.text) == (words.pk, "Rust")


def test_the_number_of_queries_is_that_of_one_practice(django_assert_num_queries):
    for number in (1, 3):
        while QuestionnaireAnswer.objects.count() < number:
            said(begun(60), experiences="Rust")
        standings = standing(TODAY)
        with django_assert_num_queries(3):
            distributions(responses(standings))


def test_the_page_takes_the_same_queries_for_one_and_three(
    client, coordinator, django_assert_num_queries
):
    for number in (1, 3):
        while QuestionnaireAnswer.objects.count() < number:
            practice = begun(60)
            factories.staff_user(begun(50))
            said(practice)
        page_of(client, practice)
        with django_assert_num_queries(22):
            page_of(client, practice)


def test_the_choice_stands_in_the_address(client, coordinator, consultant):
    mine = begun(60, consultant=consultant, name="Mijn praktijk")
    other = begun(60, name="Andere praktijk")
    answered(other)
    for query, names in (
        ("", {"Mijn praktijk", "Andere praktijk"}),
        ("?stand=ingevuld", {"Andere praktijk"}),
        ("?stand=open", {"Mijn praktijk"}),
        ("?stand=te-laat", set()),
        (f"?consulent={consultant.pk}", {"Mijn praktijk"}),
        (f"?lichting={other.cohort_id}", {"Andere praktijk"}),
        ("?over=2", set()),
        ("?signaal=ja", {"Andere praktijk"}),
        ("?stand=onzin&over=9&lichting=x", {"Mijn praktijk", "Andere praktijk"}),
    ):
        rows = page_of(client, mine, query).context["rows"]
        assert {row.practice.name for row, _on in rows} == names, query


def test_a_consultant_sees_and_reminds_the_own_practices_only(client, consultant):
    mine = begun(60, consultant=consultant, name="Mijn praktijk")
    other = begun(60, name="Andere praktijk")
    for practice in (mine, other):
        factories.staff_user(practice)
    client.force_login(consultant)
    page = page_of(client, mine)
    assert {row.practice for row, _on in page.context["rows"]} == {mine}
    assert "Andere praktijk" not in page.content.decode()
    client.post(f"/regio/uitvraag/{opens_in(mine)}/herinneren/")
    assert [one.practice for one in QuestionnaireReminder.objects.all()] == [mine]


def test_reminding_from_the_page_keeps_to_the_choice_and_says_what_it_did(client, coordinator):
    late, open_one = begun(-9, name="Te laat"), begun(60, name="Nog open")
    for practice in (late, open_one):
        factories.staff_user(practice)
    year = opens_in(late)
    assert year == opens_in(open_one)
    address = f"/regio/uitvraag/{year}/herinneren/"
    answer = client.post(f"{address}?stand=te-laat", follow=True)
    assert answer.redirect_chain == [(f"/regio/uitvraag/{year}/?stand=te-laat", 302)]
    assert "1 questionnaire: the practice was mailed." in answer.content.decode()
    client.post(address, {"only": f"{open_one.pk}-1"})
    assert QuestionnaireReminder.objects.count() == 2
    answer = client.post(address, follow=True)
    assert "2 reminded today already." in answer.content.decode()


def test_what_practices_wrote_is_read_on_its_own_page_and_on_record(client, coordinator):
    practice = said(begun(60, name="De Linde"), experiences="Rust\nen tijd").practice
    page = client.get(f"/regio/uitvraag/{opens_in(practice)}/antwoorden/experiences/")
    assert "Rust<br>en tijd" in page.content.decode()
    assert "De Linde" in page.content.decode()
    other = client.get(f"/regio/uitvraag/{opens_in(practice)}/antwoorden/plans_made/")
    assert other.status_code == 404


def test_the_workbook_has_the_rows_of_the_page_and_no_words(client, coordinator):
    practice = said(begun(60, name="De Linde"), experiences="Rust en tijd").practice
    begun(60, name="De Beuk")
    answer = client.get(f"/regio/uitvraag/{opens_in(practice)}/overzicht.xlsx")
    book = load_workbook(io.BytesIO(answer.content))
    cells = [
        [str(cell) for cell in row if cell is not None]
        for sheet in book
        for row in sheet.iter_rows(values_only=True)
    ]
    flat = {cell for row in cells for cell in row}
    assert {"De Linde", "De Beuk"} <= flat
    assert not any("Rust en tijd" in cell for cell in flat)
    assert any({"De Linde", "Answered"} <= set(row) for row in cells)
