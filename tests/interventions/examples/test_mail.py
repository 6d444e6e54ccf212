"""Whoever offered an example hears what became of it."""

from datetime import timedelta

import pytest
from django.utils import timezone

from interventions.examples import mail, services
from interventions.examples.services import Written
from interventions.schedules import designing, sharing
from practices.states import RegionRoleName
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def coordinator():
    return factories.region_user(RegionRoleName.COORDINATOR)


@pytest.fixture
def practice():
    return factories.practice(slug="linde")


@pytest.fixture
def poh(practice):
    return factories.staff_user(practice, "poh")


WRITTEN = Written("script", "Eerst bellen", "Bel eerst.", None, None)


def told(days: int = 0) -> list[tuple[int, str, bool]]:
    items = mail.decided(timezone.localdate() + timedelta(days=days))
    return [
        (item.user, item.values["titel"], "nam het op" in item.values["besluit"]) for item in items
    ]


def test_an_example_published_or_kept_out_is_told_without_the_reason(practice, poh, coordinator):
    services.write(written=WRITTEN, actor=coordinator)
    made = services.offer(written=WRITTEN, practice=practice, named=False, actor=poh)
    assert told() == []
    services.publish(example=made, written=WRITTEN, actor=coordinator)
    assert told() == [(poh.pk, "Eerst bellen", True)]
    services.decline(example=made, reason="Mevrouw Jansen is herkenbaar", actor=coordinator)
    (item,) = mail.decided(timezone.localdate())
    assert "Jansen" not in str(item.values)
    assert item.values["link"].endswith("/praktijk/linde/voorbeeld/")
    assert told(days=mail.NEW_DAYS) == []


def test_a_week_published_or_not_is_told_too(practice, poh, coordinator):
    week = designing.start_template(
        practice=practice, name="Onze week", week=[], actor=poh, on_behalf=False
    )
    offer = {"template": week, "name": "Onze week", "explanation": "", "named": False}
    sharing.publish(shared=sharing.offer(**offer, actor=poh), actor=coordinator)
    assert told() == [(poh.pk, "Onze week", True)]
    again = sharing.offer(**offer, actor=poh)
    sharing.decline(shared=again, reason="Te vol", actor=coordinator)
    (item,) = mail.decided(timezone.localdate())
    assert item.values["link"].endswith(f"/week/{week.pk}/")
    assert "toont het niet" in item.values["besluit"]
