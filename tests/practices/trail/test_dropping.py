"""Whole months go after the term, by the owner's hand, and the chain still holds."""

from datetime import UTC, date, datetime

import pytest
from django.core.management import call_command

from practices.models import AuditEvent, TrailReview, TrailSeal
from practices.states import AuditAction
from practices.trail import dropping
from practices.trail.checking import breaks
from practices.trail.sealing import seal_events
from tests import factories
from tests.practices.trail.rows import events

pytestmark = pytest.mark.django_db


@pytest.fixture
def old_month(owner):
    """A sealed month of more than five years ago, one event of it reviewed."""
    old = events(3, at=datetime(2021, 3, 31, 23, tzinfo=UTC))
    recent = events(2, at=datetime(2021, 4, 1, tzinfo=UTC))
    TrailReview.objects.create(event=old[0], reviewed_by=factories.user())
    TrailReview.objects.create(event=recent[0], reviewed_by=factories.user())


def test_the_owner_drops_a_month_after_the_term_and_the_chain_still_holds(old_month):
    seal_events()
    last_day_kept = date(2026, 4, 1)
    assert dropping.drop_expired_months(today=last_day_kept) == ([], [])
    assert dropping.drop_expired_months(today=date(2026, 4, 2)) == ([date(2021, 3, 1)], [])
    assert AuditEvent.objects.filter(at__year=2021).count() == 2
    assert TrailReview.objects.count() == 1
    assert TrailSeal.objects.get(number=1).dropped_on == date(2026, 4, 2)
    told = AuditEvent.objects.get(action=AuditAction.DELETE)
    assert (told.object_id, told.detail) == ("2021-03", {"events": 3})
    assert list(breaks()) == []


def test_a_month_with_events_that_are_not_sealed_stays(old_month):
    assert dropping.drop_expired_months(today=date(2026, 4, 2)) == ([], [date(2021, 3, 1)])
    assert AuditEvent.objects.count() == 5


def test_the_command_says_what_it_did(old_month, capsys):
    seal_events()
    call_command("drop_old_trail")
    assert capsys.readouterr().out.split("\n")[:2] == ["2021-03 dropped", "2021-04 dropped"]
    call_command("drop_old_trail")
    assert capsys.readouterr().out == "No month is due.\n"
