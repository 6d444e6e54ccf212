"""From a report on a phone to what the region does about it; from an offer to a look; tables."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from monitoring.models import Bottleneck, KitchenAsk, SpeedDateSeat, StructuralBottleneck
from practices.states import RegionRoleName
from tests import factories
from tests.browser.test_pages import NARROW, WIDE, come_in, too_wide, wrong_with
from training.models import Enrolment, Session
from training.states import EnrolmentState, SessionKind

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def in_english(page: Page, live_server) -> None:
    page.context.add_cookies([{"name": "mtvp_language", "value": "en", "url": live_server.url}])


def as_user(page: Page, live_server, user) -> None:
    """Somebody else at the same screen; the language stays."""
    page.context.clear_cookies(name="sessionid")
    come_in(page, live_server, user)


def looks_right(page: Page) -> None:
    """At both widths, and without a fault in how it can be used."""
    for size in (WIDE, NARROW):
        page.set_viewport_size(size)
        assert wrong_with(page) == []
        assert too_wide(page) == 0


def choose(page: Page, *answers: str) -> None:
    for answer in answers:
        page.get_by_role("radio", name=answer, exact=True).click()


def report(page: Page, live_server, text: str) -> None:
    page.goto(f"{live_server.url}/praktijk/linde/knelpunten/")
    page.get_by_role("link", name="Report a bottleneck").first.click()
    choose(page, "Hospital", "Waiting time", "Badly")
    page.get_by_label("What goes wrong?").fill(text)
    page.get_by_role("button", name="Report it").click()


def test_reported_on_a_phone_put_together_and_taken_up(page: Page, live_server):
    linde = factories.practice(slug="linde", name="De Linde")
    doctor = factories.staff_user(linde)
    coordinator = factories.region_user(RegionRoleName.COORDINATOR)
    page.set_viewport_size(NARROW)
    as_user(page, live_server, doctor)
    for text in ("De oogarts kan pas over een jaar.", "Een scan duurt acht weken."):
        report(page, live_server, text)
    expect(page.get_by_role("heading", name="Een scan duurt acht weken.")).to_be_visible()
    looks_right(page)
    page.get_by_role("button", name="Withdraw").first.click()
    page.get_by_role("button", name="Put back").click()
    assert not Bottleneck.objects.exclude(withdrawn_at=None).exists()

    as_user(page, live_server, coordinator)
    page.goto(f"{live_server.url}/regio/knelpunten/")
    looks_right(page)
    for text in ("De oogarts kan", "Een scan duurt"):
        page.get_by_label(text).check()
    page.get_by_role("button", name="Put together").click()
    page.get_by_label("What is it, in a few words?").fill("Wachttijd in het ziekenhuis")
    page.get_by_label("What PrimaCura does about it").fill("Wij spreken het ziekenhuis.")
    page.get_by_role("button", name="Put together").click()
    page.get_by_label("Status").select_option("taken_up")
    page.get_by_label("What was done").fill("Gebeld.")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Noted. The practices")).to_be_visible()
    looks_right(page)
    assert StructuralBottleneck.objects.get().reports.count() == 2

    as_user(page, live_server, doctor)
    page.goto(f"{live_server.url}/praktijk/linde/knelpunten/")
    expect(page.get_by_text("Wij spreken het ziekenhuis.").first).to_be_visible()
    assert page.get_by_role("button", name="Withdraw").count() == 0


def test_from_an_offer_to_a_look_and_tables_for_a_meeting(page: Page, live_server):
    linde = factories.practice(slug="linde", name="De Linde")
    korvel = factories.practice(slug="korvel", name="Korvel")
    host, guest = factories.staff_user(linde), factories.staff_user(korvel)
    as_user(page, live_server, host)
    page.goto(f"{live_server.url}/praktijk/linde/keuken/")
    page.get_by_role("link", name="Show something ourselves").first.click()
    page.get_by_label("What is it about?").select_option("4")
    page.get_by_label("What can one come and see?").fill("Twintig minuten voor iedereen")
    page.get_by_label("About it").fill("Zo doen wij dat.")
    page.get_by_label("When does it suit?").fill("Dinsdag")
    looks_right(page)
    page.get_by_role("button", name="Offer it").click()

    as_user(page, live_server, guest)
    page.goto(f"{live_server.url}/praktijk/korvel/")
    page.get_by_role("link", name="Twintig minuten voor iedereen").click()
    expect(page.get_by_role("heading", name="What others show")).to_be_visible()
    looks_right(page)
    page.get_by_role("link", name="Ask to come and look").click()
    page.get_by_role("button", name="Ask", exact=True).click()
    expect(page.get_by_text("Asked. You hear by mail what De Linde says")).to_be_visible()
    expect(page.get_by_role("button", name="We went to look")).to_have_count(0)

    as_user(page, live_server, host)
    page.goto(f"{live_server.url}/praktijk/linde/keuken/")
    page.get_by_label("How do they reach you?").fill("013 555 01 01")
    looks_right(page)
    page.get_by_role("button", name="Yes, they may come").click()

    as_user(page, live_server, guest)
    page.goto(f"{live_server.url}/praktijk/korvel/keuken/")
    expect(page.get_by_text("013 555 01 01")).to_be_visible()
    looks_right(page)
    page.get_by_role("button", name="We went to look").click()
    assert KitchenAsk.objects.get().guest_said_at is not None
    tables(page, live_server)


def tables(page: Page, live_server) -> None:
    leader = factories.region_user(RegionRoleName.FACILITATOR)
    session = Session.objects.create(
        reference="netwerk",
        kind=SessionKind.QUESTION_HOUR,
        title="Netwerkbijeenkomst",
        held_on=timezone.localdate() + timedelta(days=7),
        facilitator=leader,
    )
    for turn in range(1, 6):
        enrolment = factories.employment()
        Enrolment.objects.create(
            session=session,
            person=enrolment.person,
            practice=enrolment.practice,
            state=EnrolmentState.CONFIRMED,
            turn=turn,
        )
    as_user(page, live_server, leader)
    page.goto(f"{live_server.url}/agenda/{session.pk}/kennismaken/tafels/")
    page.get_by_label("Rounds", exact=True).fill("1")
    page.get_by_role("button", name="Make the tables").click()
    expect(page.get_by_role("heading", name="Round 1")).to_be_visible()
    looks_right(page)
    assert SpeedDateSeat.objects.count() == 5
    page.get_by_role("checkbox").first.check()
    page.get_by_role("button", name="Make the tables again").click()
    expect(page.get_by_text("The tables are made.")).to_be_visible()
    assert SpeedDateSeat.objects.count() == 4
