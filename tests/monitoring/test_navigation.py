"""The menu shows the doors that open for somebody, and marks where one is."""

import pytest

from practices.states import RegionRoleName
from tests import factories, region_story

pytestmark = pytest.mark.django_db


def menu(client, user, path):
    client.cookies["mtvp_language"] = "en"
    client.force_login(user)
    return client.get(path).context["menu"]


def labels(entries):
    return [entry.label for entry in entries]


def doors(shown):
    return [entry for group in shown.groups for entry in group.entries]


def test_every_door_in_the_menu_opens(client):
    region = region_story.build_region()
    users = [region.doctor, region.manager, region.assistant, region.consultant]
    users += [region.coordinator, region.facilitator]
    for user in users:
        shown = menu(client, user, "/agenda/")
        for entry in (*shown.entries, *doors(shown)):
            assert client.get(entry.url, follow=True).status_code == 200, (user.email, entry)


def test_the_menu_of_a_practice_is_the_same_on_its_pages_and_on_the_agenda(client):
    region = region_story.build_region()
    start = menu(client, region.assistant, "/praktijk/de-linde/")
    agenda = menu(client, region.assistant, "/agenda/")
    assert labels(start.entries) == labels(agenda.entries) == ["Start", "Telephone card", "Agenda"]
    assert (start.place, start.consultant) == ("De Linde", "Sanne de Wit")
    assert labels(doors(start)) == [
        "Team",
        "Tasks",
        "Our plan",
        "Bottlenecks",
        "Look in another kitchen",
        "Our training",
        "Shared in the team",
        "Start package",
        "The programme explained",
        "Examples",
        "News",
        "Help",
    ]


def test_the_many_doors_of_the_coordinator_stand_in_groups_of_at_most_eight(client):
    region = region_story.build_region()
    groups = menu(client, region.coordinator, "/regio/tarieven/").groups
    assert [group.name for group in groups] == [
        "Practices",
        "Figures",
        "Fees",
        "Training",
        "What practices read",
        "Files and accounts",
        "To read",
    ]
    assert all(1 <= len(group.entries) <= 8 for group in groups)
    marked = [(one.label, one.current) for group in groups for one in group.entries if one.current]
    assert marked == [("Tariffs", "page")]
    reader = menu(client, region.insurer_reader, "/jaarverslagen/").groups
    assert [group.name for group in reader] == ["To read"]


def test_one_entry_is_marked_as_here(client):
    region = region_story.build_region()
    marks = {
        path: [entry.current for entry in menu(client, region.doctor, path).entries]
        for path in (
            "/praktijk/de-linde/",
            "/praktijk/de-linde/triage/",
            "/praktijk/de-linde/plannen/v-01/",
            "/agenda/",
        )
    }
    assert list(marks.values()) == [
        ["page", "", "", "", "", ""],
        ["true", "", "", "", "", ""],
        ["", "page", "", "", "", ""],
        ["", "", "", "", "", "page"],
    ]


def test_costs_of_training_lie_under_training(client):
    region = region_story.build_region()
    entries = menu(client, region.coordinator, "/regio/scholingskosten/").entries
    assert [one.label for one in entries if one.current] == ["Training"]


def test_the_coordinator_finds_the_way_back_to_the_region(client):
    region = region_story.build_region()
    assert labels(menu(client, region.coordinator, "/praktijk/de-linde/").entries)[0] == "Region"
    of_consultant = labels(menu(client, region.consultant, "/praktijk/de-linde/").entries)
    assert of_consultant[:2] == ["Today", "My practices"]


def test_a_page_of_a_practice_that_is_not_yours_shows_nothing_of_it(client):
    region_story.build_region()
    shown = menu(client, factories.staff_user(factories.practice()), "/praktijk/de-linde/")
    assert shown.place != "De Linde"
    assert shown.consultant == ""


def test_without_a_second_factor_there_is_only_the_account(client, settings):
    settings.SECOND_FACTOR_REQUIRED = True
    user = factories.region_user(RegionRoleName.COORDINATOR)
    shown = menu(client, user, "/accounts/2fa/")
    assert (shown.entries, shown.groups, shown.account) == ((), (), user.email)
