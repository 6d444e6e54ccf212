"""A consultant on a tablet: her day, a visit planned and agreed, and the sheet on paper."""

import re
from datetime import timedelta
from io import BytesIO

import pypdf
import pytest
from django.core import mail
from django.utils import timezone
from playwright.sync_api import Page, expect

from monitoring.models import VisitAppointment
from monitoring.visit_planning.states import AppointmentState
from monitoring.visit_planning.tasks import send_visit_mail
from tests.browser.test_pages import (
    come_in,
    here,
    nothing_refused,
    too_wide,
    wrong_with,
)
from tests.monitoring.visit_planning import making

pytestmark = pytest.mark.django_db(transaction=True)

__all__ = ["here", "nothing_refused"]  # fixtures that this file uses too

TABLET = {"width": 1180, "height": 820}
PHONE = {"width": 320, "height": 640}


def test_from_the_home_to_an_agreed_visit_and_its_sheet(page: Page, browser, live_server) -> None:
    consultant = making.consultant(email="consulent@voorbeeld.example")
    practice = making.practice(consultant, name="De Linde", slug="de-linde", begun=300)
    doctor = making.owner(practice, email="huisarts@voorbeeld.example")
    page.set_viewport_size(TABLET)
    come_in(page, live_server, consultant)
    page.goto(live_server.url)
    expect(page.get_by_role("heading", name="Who needs help now")).to_be_visible()
    assert wrong_with(page) == []
    page.get_by_role("link", name=re.compile("^Plan the visit")).click()
    page.goto(f"{live_server.url}/bezoeken/")
    assert wrong_with(page) == []
    page.get_by_role("button", name=re.compile("^Invite for")).click()
    expect(page.get_by_text(re.compile("^Invited: "))).to_be_visible()
    appointment = VisitAppointment.objects.get()
    assert appointment.held_on > timezone.localdate() + timedelta(days=13)
    send_visit_mail()
    assert [one.to for one in mail.outbox] == [["huisarts@voorbeeld.example"]]

    with browser.new_context(viewport=PHONE) as phone:
        phone.add_cookies([{"name": "mtvp_language", "value": "en", "url": live_server.url}])
        of_doctor = phone.new_page()
        come_in(of_doctor, live_server, doctor)
        link = re.search(r"https?://[^/\s]+(/praktijk/\S+)", mail.outbox[0].body)
        assert link is not None
        of_doctor.goto(live_server.url + link[1])
        assert too_wide(of_doctor) <= 0
        of_doctor.get_by_role("button", name="Yes, this suits us").click()
        expect(of_doctor.get_by_text("knows that the date suits you")).to_be_visible()
    assert VisitAppointment.objects.get().state == AppointmentState.CONFIRMED

    page.goto(f"{live_server.url}/praktijk/de-linde/bezoeken/gespreksblad/")
    assert wrong_with(page) == []
    address = page.get_by_role("link", name="Print with room to write (PDF)").get_attribute("href")
    paper = page.request.get(f"{live_server.url}{address}")
    text = pypdf.PdfReader(BytesIO(paper.body())).pages[0].extract_text()
    assert "Visit sheet De Linde" in text
    for path in ("/vandaag/", "/bezoeken/", "/praktijk/de-linde/bezoeken/gespreksblad/"):
        page.set_viewport_size(PHONE)
        page.goto(live_server.url + path)
        assert too_wide(page) <= 0
