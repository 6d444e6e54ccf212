"""Two clicks at the same moment, on real PostgreSQL; with the lock out there are two reports."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from threading import Barrier, BrokenBarrierError

import pytest
from django.db import connections

from highusers.states import PartnerKind
from monitoring.bottlenecks import services
from monitoring.bottlenecks.states import BottleneckKind, Source, Weight
from monitoring.models import Bottleneck
from tests import factories

pytestmark = pytest.mark.django_db(transaction=True)


def test_two_clicks_at_once_are_one_report(monkeypatch: pytest.MonkeyPatch) -> None:
    practice = factories.practice()
    doctor = factories.staff_user(practice)
    together, looked = Barrier(2, timeout=1), services._reported_just_now

    def slow(*args: object) -> object:
        found = looked(*args)  # type: ignore[arg-type]
        with suppress(BrokenBarrierError):
            together.wait()
        return found

    def click(_turn: int) -> int:
        try:
            made = services.report_bottleneck(
                practice=practice,
                partner=PartnerKind.HOSPITAL,
                kind=BottleneckKind.WAITING,
                weight=Weight.CLEARLY,
                text="lang wachten",
                source=Source.PRACTICE,
                actor=doctor,
            )
            return made.pk
        finally:
            connections.close_all()

    monkeypatch.setattr(services, "_reported_just_now", slow)
    with ThreadPoolExecutor(2) as pool:
        first, second = pool.map(click, range(2))
    assert first == second
    assert Bottleneck.objects.count() == 1
