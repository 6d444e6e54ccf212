"""What others read of visits, in a fixed number of queries."""

from collections import Counter

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from monitoring.models import Visit
from monitoring.visits import facts
from monitoring.visits.agreements import settle
from monitoring.visits.services import comment, start_visit
from practices.states import StaffRole
from tests import factories
from tests.monitoring.visits import making
from tests.monitoring.visits.making import ago, agreed, sent, today, visited

pytestmark = pytest.mark.django_db


@pytest.fixture
def consultant():
    return making.consultant()


def test_the_last_visit_of_each_practice_up_to_a_day(consultant):
    first, second = making.practice(consultant), making.practice(consultant)
    visited(first, ago(40))
    late = visited(first, ago(3))
    Visit.objects.create(practice=second, held_on=ago(9))
    pks = [first.pk, second.pk]
    found = facts.last_visits(pks, on_or_before=today())
    assert (found[first.pk].code, found[first.pk].held_on) == (late.code, ago(3))
    assert (found[second.pk].state, found[second.pk].url) == ("recorded", "")
    assert facts.last_visits(pks, on_or_before=ago(20))[first.pk].held_on == ago(40)
    assert set(facts.last_visits(pks, on_or_before=ago(20))) == {first.pk}


def test_what_was_said_in_a_programme_year(consultant):
    practice = making.practice(consultant, start_on=ago(400))
    visited(practice, ago(390), i1__habit="no")
    visited(practice, ago(20), i1__habit="yes", i4__in_use="partly", added="Rust.")
    start_visit(practice=practice, actor=consultant)
    first, second = (facts.said_in_year(practice, year) for year in (1, 2))
    assert (first.habit, first.in_use, first.experiences) == ("no", "", "")
    assert (second.habit, second.in_use, second.experiences) == ("yes", "partly", "Rust.")
    assert second.held_on == ago(20)
    assert facts.said_in_year(practice, 3) is None


def test_open_agreements_are_those_of_reports_that_were_sent(consultant):
    practice = making.practice(consultant)
    person = factories.person()
    factories.employment(person=person, practice=practice, role=StaffRole.POH)
    visit = visited(practice, ago(3))
    hers = agreed(visit, "Een", owner=f"p{person.pk}")
    theirs = agreed(visit, "Twee", owner=f"a{consultant.pk}", due_on=ago(1).isoformat())
    assert facts.open_agreements(practices=[practice.pk]) == []
    sent(visit)
    found = facts.open_agreements(practices=[practice.pk])
    assert [one.what for one in found] == ["Twee", "Een"]
    assert [one.pk for one in facts.open_agreements(account=consultant)] == [theirs.pk]
    assert [one.owner for one in facts.open_agreements(person=person)] == [person.name]
    settle(agreement=hers, done=True, actor=consultant)
    assert [one.pk for one in facts.open_agreements()] == [theirs.pk]


def test_what_the_region_still_has_to_finish(consultant):
    practice = making.practice(consultant)
    owner = making.owner(practice)
    waits, commented, done = (visited(practice, ago(back), joy="Rust.") for back in (1, 2, 3))
    sent(done)
    sent(commented)
    assert facts.to_finish([practice.pk]) == [waits]
    comment(visit=commented, text="Anders.", actor=owner, of_practice=True)
    assert facts.to_finish([practice.pk]) == [commented, waits]
    assert list(facts.waiting_for(practice)) == [done]


def test_counts_over_the_region_take_the_latest_answer_of_each_practice(consultant):
    practices = [making.practice(consultant) for _number in range(4)]
    goings = ["well", "stuck", "stuck"]
    for practice, going in zip(practices, goings, strict=False):
        visited(practice, ago(30), i1__going="along", i3__used="no", added="Oud.")
        visited(practice, ago(5), i1__going=going, i3__effect="some", added=f"Nu {practice.pk}.")
    Visit.objects.create(practice=practices[3], held_on=ago(2))
    visited(making.practice(consultant), ago(5), i1__going="well")
    found = facts.region_visits([one.pk for one in practices], ago(60), today())
    assert (found.practices, len(found.visited), found.visits) == (4, 4, 7)
    assert found.going[1] == Counter(goings)
    assert found.going[2] == Counter()
    assert (found.used, found.effect) == (Counter(no=3), Counter(some=3))
    assert [one.text for one in found.experiences] == [f"Nu {one.pk}." for one in practices[:3]]


@pytest.mark.parametrize("number", [1, 3])
def test_the_number_of_queries_is_fixed(consultant, number):
    practices = [making.practice(consultant) for _number in range(number)]
    for practice in practices:
        visit = visited(practice, ago(5), i1__going="well")
        agreed(visit, f"Taak {practice.pk}")
        sent(visit)
    pks = [one.pk for one in practices]
    asked = {
        1: lambda: facts.last_visits(pks, on_or_before=today()),
        2: lambda: facts.said_between(pks, ago(60), today()),
        3: lambda: facts.region_visits(pks, ago(60), today()),
        4: lambda: facts.open_agreements(practices=pks),
    }
    counts = {}
    for name, ask in asked.items():
        with CaptureQueriesContext(connection) as queries:
            assert ask()
        counts[name] = len(queries)
    assert counts == {1: 1, 2: 2, 3: 2, 4: 1}
