"""Help: one's own guide first, and what stands open for everybody."""

import pytest

from monitoring.help.texts import GUIDES, OF_ROLE, TEXTS
from practices.models import RegionRole
from practices.states import RegionRoleName, StaffRole
from tests import factories
from tests.pages import words

pytestmark = pytest.mark.django_db


def own_of(client, user):
    client.force_login(user)
    response = client.get("/hulp/")
    assert len(response.context["own"]) + len(response.context["others"]) == len(GUIDES)
    return [subject for subject, _title in response.context["own"]]


def test_every_role_has_a_guide():
    assert set(OF_ROLE) == {*StaffRole.values, *RegionRoleName.values}
    assert set(OF_ROLE.values()) == set(GUIDES)


@pytest.mark.parametrize("role", [StaffRole.MANAGER, StaffRole.ASSISTANT, StaffRole.PA])
def test_the_guide_of_who_works_in_a_practice_stands_first(client, role):
    user = factories.staff_user(factories.practice(), role)
    assert own_of(client, user) == [OF_ROLE[role]]


def test_who_plays_two_parts_finds_both(client):
    user = factories.region_user(RegionRoleName.COORDINATOR)
    RegionRole.objects.create(user=user, role=RegionRoleName.ADMIN)
    assert own_of(client, user) == ["coordinator", "beheerder"]


def test_the_footer_of_each_page_leads_there(client):
    client.force_login(factories.region_user(RegionRoleName.FACILITATOR))
    page = client.get("/hulp/ekc/")
    assert "Voor de EKC-er" in words(page)
    for address in ("/hulp/", "/privacy/", "/toegankelijkheid/"):
        assert f'href="{address}"' in page.text
        assert client.get(address).status_code == 200


def test_nobody_has_to_sign_in_for_privacy_and_accessibility(client):
    assert "Uw rechten" in words(client.get("/privacy/"))
    assert "WCAG 2.2" in words(client.get("/toegankelijkheid/"))
    assert client.get("/hulp/manager/").status_code == 302
    assert 'href="/hulp/"' not in client.get("/privacy/").text


def test_an_unknown_guide_is_not_there(client):
    client.force_login(factories.region_user(RegionRoleName.FACILITATOR))
    assert client.get("/hulp/onzin/").status_code == 404


def test_each_text_has_a_title_and_headings():
    for text in TEXTS:
        assert text.title and "#" not in text.title
        assert "\n" in text.body
