"""The facilitator's phone: taps, a lost connection, a closed tab, two people at once."""

from collections.abc import Iterator

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from practices.drafts.exchange import Change
from practices.models import Practice, User
from practices.states import RegionRoleName, StaffRole
from tests import factories
from tests.browser.test_pages import come_in, too_wide, wrong_with
from tests.region_story import day
from training.attendance.services import mark
from training.models import Attendance, AttendanceMark, Enrolment, Session, WalkIn
from training.states import EnrolmentState, SessionKind

pytestmark = pytest.mark.django_db(transaction=True)

PHONE = {"width": 390, "height": 844}
PEOPLE = 12


@pytest.fixture
def facilitator() -> User:
    return factories.region_user(RegionRoleName.FACILITATOR, name="Noor Smit")


@pytest.fixture
def session(facilitator: User) -> Session:
    made = Session.objects.create(
        reference="intervisie-vandaag",
        kind=SessionKind.INTERVISION,
        title="Intervisie: verwijzen",
        held_on=day(0),
        starts_at="00:00",
        place="Goirle",
        facilitator=facilitator,
        capacity=12,
    )
    practice = factories.practice(name="Praktijk De Linde")
    for number in range(PEOPLE):
        _enrolled(made, practice, number)
    return made


def _enrolled(session: Session, practice: Practice, number: int) -> None:
    person = factories.person(name=f"Huisarts {number:02}")
    factories.employment(person=person, practice=practice, role=StaffRole.GP_OWNER)
    Enrolment.objects.create(
        session=session,
        person=person,
        practice=practice,
        state=EnrolmentState.CONFIRMED,
        turn=number + 1,
    )


@pytest.fixture(autouse=True)
def on_a_phone(page: Page, live_server, facilitator: User) -> Iterator[None]:
    page.set_viewport_size(PHONE)
    page.context.add_cookies([{"name": "mtvp_language", "value": "en", "url": live_server.url}])
    come_in(page, live_server, facilitator)
    refused: list[str] = []
    page.on("pageerror", lambda error: refused.append(str(error)))
    yield
    assert refused == []


def address(live_server, session: Session) -> str:
    return f"{live_server.url}/agenda/{session.pk}/presentie/"


def line(page: Page):
    return page.locator("[data-draft-line]")


def tap(page: Page, number: int) -> None:
    page.locator(".attendance__present", has_text=f"Huisarts {number:02}").click()


def rows(page: Page) -> list[list[float]]:
    """Where each row stands in the list, and how high it is."""
    places: list[list[float]] = page.locator(".attendance > li").evaluate_all(
        "found => found.map((one) => [one.offsetTop, one.offsetHeight])"
    )
    return places


def present_count() -> int:
    return Attendance.objects.filter(present=True).count()


def test_twelve_people_are_put_down_in_fourteen_taps(page, live_server, session):
    page.goto(f"{live_server.url}/agenda/")
    page.get_by_role("link", name="Attendance").first.click()  # 1
    expect(line(page)).to_contain_text("Saved")
    places = rows(page)
    for number in range(PEOPLE):  # 12
        tap(page, number)
    expect(page.get_by_role("button", name="Done: 12 present")).to_be_visible()
    expect(line(page)).to_contain_text("Saved")
    expect(page.locator("[data-draft-who]").last).to_contain_text("Noor Smit")
    assert rows(page) == places, "a row that moves takes the next tap for another person"
    assert wrong_with(page) == []
    assert too_wide(page) == 0
    page.get_by_role("button", name="Done: 12 present").click()  # 14
    expect(page.get_by_role("heading", level=1)).to_have_text("Who put down what")
    assert present_count() == PEOPLE
    assert AttendanceMark.objects.count() == PEOPLE


def test_no_tap_is_lost_when_the_network_goes_and_the_tab_is_closed(page, live_server, session):
    context = page.context
    page.goto(address(live_server, session))
    for number in range(4):
        tap(page, number)
    expect(line(page)).to_contain_text("Saved")
    _page_is_kept(page)
    context.set_offline(True)
    for number in range(4, 7):
        tap(page, number)
    expect(line(page)).to_contain_text("Not saved. On this device: 3 changes. We try again.")
    expect(page.get_by_role("button", name="Done: 7 present")).to_be_visible()
    assert present_count() == 4
    # A tab that closes may still get something out without hearing the answer: it counts once.
    page.close()

    page = context.new_page()
    page.goto(address(live_server, session))
    expect(page.get_by_role("button", name="Done: 7 present")).to_be_visible()
    expect(line(page)).to_contain_text("Not saved. On this device: 3 changes. We try again.")
    for number in range(7, PEOPLE):
        tap(page, number)
    page.locator("summary", has_text="Note the name").click()
    page.get_by_label("Name", exact=True).fill("Dokter Onbekend")
    page.get_by_role("button", name="Note this name").click()
    expect(page.get_by_text("Dokter Onbekend")).to_be_visible()
    expect(line(page)).to_contain_text("On this device: 9 changes.")

    context.set_offline(False)
    expect(line(page)).to_contain_text("Saved", timeout=20_000)
    assert present_count() == PEOPLE
    assert AttendanceMark.objects.count() == PEOPLE
    assert [one.name for one in WalkIn.objects.all()] == ["Dokter Onbekend"]
    assert _kept_changes(page) == 0
    page.close()


def test_what_waits_is_sent_from_any_page(page, live_server, session):
    context = page.context
    page.goto(address(live_server, session))
    expect(line(page)).to_contain_text("Saved")
    context.set_offline(True)
    tap(page, 3)
    expect(line(page)).to_contain_text("On this device: 1 change.")
    page.close()
    context.set_offline(False)
    page = context.new_page()
    with page.expect_response(lambda response: response.request.method == "POST"):
        page.goto(f"{live_server.url}/agenda/")
    assert present_count() == 1
    page.close()


def test_what_a_colleague_put_down_meanwhile_is_shown_and_not_overwritten(
    page, live_server, session
):
    page.goto(address(live_server, session))
    expect(line(page)).to_contain_text("Saved")
    page.context.set_offline(True)
    tap(page, 0)
    expect(line(page)).to_contain_text("Not saved.")
    _colleague_says_absent(session)
    page.context.set_offline(False)
    dispute = page.get_by_role("group").filter(has_text="Lotte Maas put in")
    expect(dispute).to_contain_text("“absent”")
    expect(dispute).to_contain_text("You put in “present”.")
    assert present_count() == 0
    assert wrong_with(page) == []
    page.get_by_role("button", name="Use mine").click()
    expect(line(page)).to_contain_text("Saved")
    assert present_count() == 1
    said = AttendanceMark.objects.order_by("pk").values_list("present", flat=True)
    assert list(said) == [False, True]


def _nothing_gets_in(session: Session) -> None:
    """The server turns the facilitator away: cutting requests in the browser would miss those that
    go by way of the page's worker."""
    Session.objects.filter(pk=session.pk).update(facilitator=None)


def test_signing_out_asks_first_and_then_leaves_nothing_on_the_device(page, live_server, session):
    page.goto(address(live_server, session))
    expect(line(page)).to_contain_text("Saved")
    _page_is_kept(page)
    _nothing_gets_in(session)
    tap(page, 0)
    expect(line(page)).to_contain_text("Not saved.")
    asked: list[str] = []
    page.once("dialog", lambda dialog: (asked.append(dialog.message), dialog.dismiss()))
    page.locator("details.menu > summary").click()
    with page.expect_event("dialog"):
        page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Who is there?")
    assert asked == ["Not saved yet, on this device: 1. Sign out and lose it?"]
    page.once("dialog", lambda dialog: dialog.accept())
    page.get_by_role("button", name="Sign out").click()
    page.wait_for_url("**/accounts/login/**")
    assert page.evaluate("localStorage.length") == 0
    assert page.evaluate("caches.keys()") == []


def test_somebody_else_on_the_same_device_sees_and_sends_nothing(page, live_server, session):
    context = page.context
    page.goto(address(live_server, session))
    expect(line(page)).to_contain_text("Saved")
    _page_is_kept(page)
    _nothing_gets_in(session)
    tap(page, 0)
    expect(line(page)).to_contain_text("Not saved.")
    page.close()
    # The session ended without signing out, and a colleague signs in.
    page = context.new_page()
    come_in(page, live_server, factories.region_user(RegionRoleName.COORDINATOR))
    page.goto(address(live_server, session))
    expect(page.get_by_role("button", name="Done: 0 present")).to_be_visible()
    page.wait_for_load_state("networkidle")
    assert _kept_changes(page) == 1
    assert present_count() == 0
    page.close()


def test_a_session_that_ended_keeps_the_taps_until_signed_in_again(page, live_server, session):
    page.goto(address(live_server, session))
    expect(line(page)).to_contain_text("Saved")
    page.wait_for_load_state("networkidle")
    page.context.clear_cookies(name="sessionid")
    tap(page, 0)
    expect(line(page)).to_contain_text("On this device: 1 change. You are signed out.")
    expect(page.get_by_role("link", name="Sign in again")).to_be_visible()
    come_in(page, live_server, session.facilitator)
    page.goto(address(live_server, session))
    expect(line(page)).to_contain_text("Saved")
    assert present_count() == 1


def test_a_learning_point_without_network_stays_on_the_page_and_goes_later(
    page, live_server, session
):
    page.goto(f"{live_server.url}/agenda/{session.pk}/leerpunten/")
    page.get_by_label("Learning point").fill("Vraag eerst wat iemand zelf wil.")
    page.context.set_offline(True)
    page.once("dialog", lambda dialog: dialog.accept())
    with page.expect_event("dialog") as said:
        page.get_by_role("button", name="Save").click()
    assert "What you typed stays here." in said.value.message
    page.context.set_offline(False)
    expect(page.get_by_label("Learning point")).to_have_value("Vraag eerst wat iemand zelf wil.")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("The learning point is saved.")).to_be_visible()


def test_a_page_whose_token_is_of_an_earlier_sign_in_asks_for_a_new_one(page, live_server, session):
    page.goto(address(live_server, session))
    page.wait_for_load_state("networkidle")
    page.context.clear_cookies(name="csrftoken")
    with page.expect_response(lambda response: response.status == 403):
        tap(page, 0)
    expect(line(page)).to_contain_text("Saved")
    assert present_count() == 1


def test_the_list_works_without_scripts(browser, live_server, session):
    context = browser.new_context(java_script_enabled=False, viewport=PHONE)
    page = context.new_page()
    context.add_cookies([{"name": "mtvp_language", "value": "en", "url": live_server.url}])
    come_in(page, live_server, session.facilitator)
    page.goto(address(live_server, session))
    tap(page, 0)
    tap(page, 1)
    page.get_by_role("button", name="Done:").click()
    expect(page.get_by_text("2 changes are saved.")).to_be_visible()
    assert present_count() == 2
    context.close()


def _page_is_kept(page: Page) -> None:
    page.wait_for_function(
        "async () => !!(await caches.match(location.pathname))"
        " && !!(await navigator.serviceWorker.getRegistration())?.active"
    )


def _kept_changes(page: Page) -> int:
    return page.evaluate("Object.keys(localStorage).filter((k) => k.includes('|change|')).length")


def _colleague_says_absent(session: Session) -> None:
    person = session.enrolments.get(person__name="Huisarts 00").person
    change = Change("van-een-ander-1", f"p{person.pk}", "absent", "", timezone.now())
    colleague = factories.region_user(RegionRoleName.COORDINATOR, name="Lotte Maas")
    mark(change, session=session, person=person, actor=colleague)
