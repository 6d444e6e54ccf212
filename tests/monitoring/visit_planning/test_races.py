"""Two people who plan at once, on real PostgreSQL; with the lock out it goes wrong."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from threading import Barrier, BrokenBarrierError

import pytest
from django.db import IntegrityError, connections

from monitoring.models import VisitAppointment
from monitoring.visit_planning import services
from practices.models import Practice, User
from tests.monitoring.visit_planning import making

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(work: list[Callable[[], object]]) -> list[object]:
    def run(one: Callable[[], object]) -> object:
        try:
            return one()
        except (services.CannotPlanError, IntegrityError) as refused:
            return refused
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(work)) as pool:
        return list(pool.map(run, work))


@pytest.fixture
def consultant() -> User:
    return making.consultant()


def both_look_before_either_writes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the lock each has seen an empty agenda before the other writes; with it one waits
    for the other, and gives up waiting here."""
    together, looked = Barrier(2, timeout=1), services.busy_of

    def slow(*args: object, **more: object) -> object:
        found = looked(*args, **more)  # type: ignore[arg-type]
        with suppress(BrokenBarrierError):
            together.wait()
        return found

    monkeypatch.setattr(services, "busy_of", slow)


def plan(practice: Practice, actor: User) -> object:
    return making.invited(practice, actor)


def test_an_invitation_twice_at_once_makes_one_appointment(consultant):
    practice = making.practice(consultant)
    results = at_once([lambda: plan(practice, consultant)] * 6)
    made = [one for one in results if isinstance(one, VisitAppointment)]
    refused = [one for one in results if isinstance(one, services.CannotPlanError)]
    assert (len(made), len(refused)) == (1, 5)
    assert VisitAppointment.objects.count() == 1


def test_two_practices_never_get_one_moment(consultant, monkeypatch):
    both_look_before_either_writes(monkeypatch)
    practices = [making.practice(consultant) for _number in range(2)]
    at_once([lambda one=one: plan(one, consultant) for one in practices])
    assert VisitAppointment.objects.count() == 1


def test_without_the_lock_two_practices_get_one_moment(consultant, monkeypatch):
    both_look_before_either_writes(monkeypatch)
    monkeypatch.setattr(services, "_lock", lambda pk: User.objects.get(pk=pk))
    practices = [making.practice(consultant) for _number in range(2)]
    at_once([lambda one=one: plan(one, consultant) for one in practices])
    assert VisitAppointment.objects.count() == 2
