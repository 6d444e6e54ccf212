"""The page behind each status, and the team list."""

from datetime import timedelta

import pytest
from django.utils import timezone

from practices.joining.texts import REGION_CONTACT
from practices.states import RegionRoleName, StaffRole
from practices.texts.registry import find
from practices.texts.services import save_text
from tests import factories, region_story
from tests.pages import words
from training.models import Attendance, Session
from training.states import SessionKind

pytestmark = pytest.mark.django_db

FOLDERS = ["regie", "triage", "time-out", "consultduur", "gesprek", "intervisie", "team"]


@pytest.fixture(autouse=True)
def in_english(client):
    client.cookies["mtvp_language"] = "en"


def started(days_ago, **fields):
    return factories.practice(start_on=timezone.localdate() - timedelta(days=days_ago), **fields)


def open_page(client, practice, folder, user=None):
    client.force_login(user or factories.staff_user(practice))
    return client.get(f"/praktijk/{practice.slug}/{folder}/")


@pytest.mark.parametrize("folder", FOLDERS)
def test_for_colleagues_consultant_and_coordinator_only(client, folder):
    region = region_story.build_region()
    expected = {
        region.doctor: 200,
        region.manager: 200,
        region.assistant: 200,
        region.consultant: 200,
        region.coordinator: 200,
        factories.staff_user(region.korvel): 404,
        factories.region_user(RegionRoleName.CONSULTANT): 404,
        region.facilitator: 404,
        region.insurer_reader: 404,
    }
    seen = {user: open_page(client, region.linde, folder, user).status_code for user in expected}
    assert seen == expected


def test_norm_figure_deadline_and_rule_stand_together(client):
    practice = started(100)
    factories.employment(practice=practice, role=StaffRole.GP_LOCUM)
    said = words(open_page(client, practice, "intervisie"))
    assert "At least half of the GPs took part in 2 sessions" in said
    assert "0 of 2 GPs done · 1 more GP needed" in said
    assert "Sessions in the programme year count." in said
    assert "Year 2 From" in said


def test_who_counts_and_on_which_days(client):
    practice, today = started(100), timezone.localdate()
    user = factories.staff_user(practice)
    locum = factories.employment(practice=practice, role=StaffRole.GP_LOCUM).person
    factories.employment(practice=practice, role=StaffRole.POH)
    for number, offset in enumerate((-150, -30, -10, 5)):
        session = Session.objects.create(
            reference=f"s{number}",
            kind=SessionKind.INTERVISION,
            title="Verwijzen",
            held_on=today + timedelta(days=offset),
        )
        Attendance.objects.create(session=session, person=user.person, present=True)
        Attendance.objects.create(session=session, person=locum, present=offset == -10)
    response = open_page(client, practice, "intervisie", user)
    year_1 = response.context["attendance"][0]
    assert year_1.year == 1
    assert {(p.name, p.days, p.done) for p in year_1.people} == {
        (user.name, (today - timedelta(days=30), today - timedelta(days=10)), True),
        (locum.name, (today - timedelta(days=10),), False),
    }


def test_the_names_are_those_behind_the_figure(client):
    region = region_story.build_region()
    for folder, group in (("triage", "assistants"), ("gesprek", "professionals")):
        response = open_page(client, region.linde, folder, region.doctor)
        people = response.context["attendance"][0].people
        part = response.context["years"][0].parts[0]
        done = sum(person.done for person in people)
        assert f"{done} of {len(people)}" in part.figure, group


def test_an_exemption_is_shown_with_its_reason(client):
    region = region_story.build_region()
    said = words(open_page(client, region.korvel, "gesprek", region.coordinator))
    assert "De POH was een jaar met verlof." in said
    assert "Does not apply" in said


def test_the_region_sees_no_number_of_high_users(client):
    region = region_story.build_region()
    said = words(open_page(client, region.linde, "regie", region.coordinator))
    assert "3 of 5 plans" in said
    assert " 31 " not in said


def test_the_team_says_who_counts_and_how_many_are_half(client):
    practice = started(100)
    user = factories.staff_user(practice)
    roles = [StaffRole.GP_LOCUM, StaffRole.POH, StaffRole.MANAGER]
    for role in roles:
        factories.employment(practice=practice, role=role)
    factories.employment(practice=practice, person=user.person, role=StaffRole.POH)
    factories.employment(practice=practice, ended_on=timezone.localdate() - timedelta(days=1))
    response = open_page(client, practice, "team", user)
    sizes = [
        (group.title, len(group.names), group.needed) for group in response.context["team"].groups
    ]
    assert sizes == [("Assistants", 0, 0), ("GPs and POHs", 3, 2), ("GPs", 2, 1)]
    assert len(response.context["team"].others) == 1
    members = {member.name: member for member in response.context["team"].members}
    assert len(members) == 4, "a person with two roles is one line"
    mine = members[user.person.name]
    assert (len(mine.roles), len(mine.counts), mine.since) == (
        2,
        2,
        user.person.employments.earliest("started_on").started_on,
    )
    assert sorted(len(member.counts) for member in members.values()) == [0, 1, 2, 2]
    assert "Nobody yet. PrimaCura chooses one for you." in words(response)
    assert "Nobody works in this role" in words(response)


def test_the_address_of_the_region_is_missed_by_the_coordinator_only(client):
    practice, missed = started(100), "Practices see no address or e-mail address of PrimaCura yet."
    doctor = factories.staff_user(practice)
    coordinator = factories.region_user(RegionRoleName.COORDINATOR)
    assert "PrimaCura" not in words(open_page(client, practice, "team", doctor)).partition(
        "Whom to call"
    )[2].replace("PrimaCura keeps it", "").replace("PrimaCura chooses", "")
    assert missed in words(open_page(client, practice, "team", coordinator))
    page = client.get("/regio/deelname/contacten/")
    assert missed in words(page)
    assert "/regio/teksten/region-contact/" in page.content.decode()
    text = find(REGION_CONTACT)
    save_text(text=text, title="PrimaCura", body="Dorpsstraat 1", based_on=0, actor=coordinator)
    assert "Dorpsstraat 1" in words(open_page(client, practice, "team", doctor))
    page = words(open_page(client, practice, "team", coordinator))
    assert missed not in page
    assert "Change the address that practices see" in page


@pytest.mark.parametrize(("folder", "queries"), [("intervisie", 25), ("team", 14)])
def test_the_number_of_queries_does_not_grow(client, folder, queries, django_assert_num_queries):
    user = factories.region_user(RegionRoleName.COORDINATOR)
    client.force_login(user)
    for people in (1, 3):
        practice = started(100)
        for _ in range(people):
            factories.employment(practice=practice)
        with django_assert_num_queries(queries):
            client.get(f"/praktijk/{practice.slug}/{folder}/")
