"""Whom a change of a practice is mailed to."""

from datetime import timedelta

import pytest
from django.utils import timezone

from practices.changes import services
from practices.changes.mail import KEY, KINDS, noted
from practices.changes.undoing import undo
from practices.mailing.collecting import write_dated
from practices.models import MailItem
from practices.states import RegionRoleName
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def coordinator():
    return factories.region_user(RegionRoleName.COORDINATOR)


@pytest.fixture
def sanne():
    return factories.region_user(RegionRoleName.CONSULTANT, name="Sanne de Wit")


@pytest.fixture
def omar():
    return factories.region_user(RegionRoleName.CONSULTANT, name="Omar Bakker")


@pytest.fixture
def practice(sanne):
    return factories.practice(name="De Linde", consultant=sanne)


@pytest.fixture
def owner(practice):
    return factories.staff_user(practice, "gp_owner")


def told(today=None) -> dict[int, str]:
    items = list(noted(today or timezone.localdate()))
    assert len({item.user for item in items}) == len(items)
    return {item.user: item.values["wat"] for item in items}


def test_both_consultants_hear_of_another_consultant(practice, owner, sanne, omar, coordinator):
    factories.staff_user(practice, "assistant")
    services.change_consultant(practice=practice, consultant=omar, actor=coordinator)
    new = "De consulent is nu Omar Bakker."
    assert told() == {
        owner.pk: new,
        omar.pk: new,
        sanne.pk: f"{new} U bent dus geen consulent meer van deze praktijk.",
    }
    assert told(timezone.localdate() + timedelta(days=14)) == {}


def test_a_later_change_does_not_rewrite_what_an_earlier_one_said(
    practice, sanne, omar, coordinator
):
    services.change_consultant(practice=practice, consultant=omar, actor=coordinator)
    services.change_consultant(practice=practice, consultant=None, actor=coordinator)
    words = [item.values["wat"] for item in noted(timezone.localdate()) if item.user == omar.pk]
    assert words == [
        "De consulent is nu nog niet bekend. U bent dus geen consulent meer van deze praktijk."
    ]


def test_a_merger_is_told_to_all_who_go_along_and_both_consultants(
    practice, owner, sanne, omar, coordinator
):
    assistant = factories.staff_user(practice, "assistant")
    other = factories.practice(name="De Beuk", consultant=omar)
    there = factories.staff_user(other, "manager")
    factories.staff_user(other, "assistant")
    services.merge(practice=practice, into=other, day=timezone.localdate(), actor=coordinator)
    assert set(told()) == {user.pk for user in (owner, assistant, there, sanne, omar)}
    assert "verder in De Beuk" in told()[assistant.pk]


def test_taken_back_is_told_to_who_was_told_and_nobody_else(practice, owner, sanne, omar):
    # The coordinator who notes it needs no mail of it.
    actor = factories.region_user(RegionRoleName.COORDINATOR)
    change = services.change_consultant(practice=practice, consultant=omar, actor=actor)
    assert write_dated(timezone.now()) == 3
    undo(change=change, actor=actor)
    again = services.change_consultant(practice=practice, consultant=None, actor=actor)
    undo(change=again, actor=actor)
    back = f"Dit is teruggedraaid, alles is weer als ervoor: {change.get_kind_display()}."
    assert told() == {user.pk: back for user in (owner, sanne, omar)}
    sent = MailItem.objects.get(kind=KEY, mail__user=omar)
    assert not KINDS[0].still(omar.pk, sent.about)
