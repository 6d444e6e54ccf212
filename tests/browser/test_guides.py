"""The page where each role begins, as its guide says, and the pictures of docs/guides.md.

`make guides` keeps the pictures; otherwise they go with the test.
"""

import os
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from monitoring.help.texts import GUIDES
from practices.models import User
from practices.states import RegionRoleName, StaffRole
from tests import factories
from tests.browser.test_pages import come_in, too_wide
from tests.region_story import Region, build_region

pytestmark = pytest.mark.django_db(transaction=True)

DESK, TABLET, PHONE = (1280, 800), (820, 1000), (390, 760)


@dataclass(frozen=True)
class Picture:
    """Where the guide `subject` begins, what stands on top there, and on what it is read."""

    subject: str
    path: str
    heading: str
    screen: tuple[int, int]


PICTURES = (
    Picture("manager", "/praktijk/de-linde/", "De Linde", DESK),
    Picture("huisarts", "/praktijk/de-linde/veelgebruikers/", "Veelgebruikers", DESK),
    Picture("poh", "/praktijk/de-linde/taken/", "Taken", PHONE),
    Picture("assistent", "/agenda/", "Agenda", PHONE),
    Picture("consulent", "/vandaag/", "Sanne de Wit", TABLET),
    Picture("ekc", "/agenda/", "Agenda", PHONE),
    Picture("coordinator", "/regio/", "Regio-overzicht", DESK),
    Picture("beheerder", "/beheer/", "Stamgegevens", DESK),
    Picture("verzekeraar", "/jaarverslagen/", "Jaarverslagen", DESK),
    Picture("toezicht", "/toezicht/", "Toezicht", DESK),
)


def people(region: Region) -> dict[str, User]:
    return {
        "manager": region.manager,
        "huisarts": region.doctor,
        "poh": factories.staff_user(region.linde, StaffRole.POH),
        "assistent": region.assistant,
        "consulent": region.consultant,
        "ekc": region.facilitator,
        "coordinator": region.coordinator,
        "beheerder": factories.region_user(RegionRoleName.ADMIN, is_staff=True),
        "verzekeraar": region.insurer_reader,
        "toezicht": factories.region_user(RegionRoleName.PRIVACY_OFFICER),
    }


def test_each_guide_has_a_picture_of_where_it_begins(page: Page, live_server, tmp_path: Path):
    assert [picture.subject for picture in PICTURES] == list(GUIDES)
    folder = Path(os.environ.get("MTVP_GUIDE_IMAGES", tmp_path))
    accounts = people(build_region())
    for picture in PICTURES:
        width, height = picture.screen
        page.set_viewport_size({"width": width, "height": height})
        come_in(page, live_server, accounts[picture.subject])
        page.goto(f"{live_server.url}{picture.path}")
        expect(page.get_by_role("heading", level=1).first).to_contain_text(picture.heading)
        assert too_wide(page) <= 0, picture
        page.screenshot(path=folder / f"{picture.subject}.png")
    assert {one.stem for one in folder.glob("*.png")} == set(GUIDES)
