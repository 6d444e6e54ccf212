"""A new version of the questionnaire, from drawing up to a practice that hands it in on a phone."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from monitoring.models import Bottleneck, QuestionnaireAnswer, QuestionnaireDraft
from tests import factories
from tests.browser.test_choosing import come_in
from tests.browser.test_pages import NARROW, WIDE, here, nothing_refused, too_wide, wrong_with

pytestmark = pytest.mark.django_db(transaction=True)

__all__ = ["here", "nothing_refused"]  # fixtures that this file uses too


def draws_up(page: Page, live_server) -> None:
    page.set_viewport_size(WIDE)
    page.goto(f"{live_server.url}/regio/vragenlijsten/")
    page.get_by_role("button", name="Draw up a new version").click()
    page.get_by_role("link", name="Add a question").click()
    page.get_by_label("Question", exact=True).fill("Hoe vaak bespreekt het team de plannen?")
    page.get_by_label("One of some answers").check()
    page.get_by_label("Answers to choose from").fill("Elke maand\nElk kwartaal")
    assert wrong_with(page) == []
    page.get_by_role("button", name="Save").click()
    page.get_by_role("button", name="Up Hoe vaak").click()
    assert wrong_with(page) == []
    page.set_viewport_size(NARROW)
    assert not too_wide(page)
    page.set_viewport_size(WIDE)
    page.get_by_role("link", name="See it as a practice does").click()
    expect(page.get_by_text("Hoe vaak bespreekt het team")).to_be_visible()
    assert wrong_with(page) == []
    page.get_by_role("link", name="Back to the questions").click()
    page.get_by_role("button", name="Publish this version").click()
    expect(page.get_by_text("Published. Who begins on that day")).to_be_visible()


def begins(page: Page, live_server) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"{live_server.url}/praktijk/de-linde/vragenlijst/1/")
    assert wrong_with(page) == []
    assert not too_wide(page)
    with page.expect_response(lambda answer: answer.request.method == "POST"):
        page.get_by_label("Elk kwartaal").check()
    expect(page.locator("#saved")).to_contain_text("Saved")
    assert QuestionnaireDraft.objects.get().answers["q1"] == "Elk kwartaal"
    page.reload()
    expect(page.get_by_label("Elk kwartaal")).to_be_checked()


def hands_in(page: Page) -> None:
    page.get_by_label("With whom?").first.select_option("ggz")
    page.get_by_role("button", name="Hand in").click()
    expect(page.locator(".error-summary")).to_contain_text("Say in a sentence what goes wrong.")
    expect(page.locator(".error-summary")).to_contain_text("Choose yes or no")
    assert wrong_with(page) == []
    page.get_by_role("group", name="vaste gewoonte").get_by_label("Yes").check()
    page.get_by_label("What is it about?").first.select_option("waiting")
    page.get_by_label("How much does it hinder you?").first.select_option("3")
    page.get_by_label("What goes wrong?").first.fill("De wachttijd is lang.")
    expect(page.locator("#saved")).to_contain_text("Saved")
    page.set_viewport_size(WIDE)
    page.get_by_role("button", name="Hand in").click()
    expect(page.get_by_text("The questionnaire is handed in.")).to_be_visible()
    assert wrong_with(page) == []
    answer = QuestionnaireAnswer.objects.get()
    assert (answer.version.number, answer.answers["q1"]) == (2, "Elk kwartaal")
    assert Bottleneck.objects.get().text == "De wachttijd is lang."


def follows(page: Page, live_server, year: int) -> None:
    page.goto(f"{live_server.url}/regio/uitvraag/{year}/")
    assert wrong_with(page) == []
    page.get_by_role("button", name="Remind De Beuk").click()
    expect(page.get_by_text("1 questionnaire: the practice was mailed.")).to_be_visible()
    page.set_viewport_size(NARROW)
    assert not too_wide(page)
    page.goto(f"{live_server.url}/mijn-mail/")
    assert not too_wide(page)
    page.goto(f"{live_server.url}/mijn-mail/volgende/")
    assert wrong_with(page) == []
    page.goto(f"{live_server.url}/regio/mail/")
    page.set_viewport_size(WIDE)
    assert wrong_with(page) == []


def test_from_drawing_up_to_handing_in_and_the_response(page: Page, live_server) -> None:
    today = timezone.localdate()
    start = today - timedelta(days=380)
    practice = factories.practice(slug="de-linde", name="De Linde", start_on=start)
    factories.staff_user(factories.practice(name="De Beuk", start_on=start))
    coordinator = factories.region_user("coordinator", name="Lotte Maas")
    come_in(page.context, live_server, coordinator)
    draws_up(page, live_server)
    come_in(page.context, live_server, factories.staff_user(practice))
    begins(page, live_server)
    hands_in(page)
    come_in(page.context, live_server, coordinator)
    follows(page, live_server, practice.start.year + 1)
