"""Server time of signed-in pages, through the whole stack of middleware."""

import io
from collections.abc import Iterator
from datetime import date
from functools import partial
from importlib import import_module
from typing import Any

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.test.utils import override_settings
from django.urls import reverse
from django.utils import timezone

from bench.measure import Figure, paired
from bench.scratch import empty
from monitoring.demo.accounts import open_accounts
from monitoring.demo.bulk import OWNER
from monitoring.demo.chance import dice
from monitoring.demo.load import load_demo
from monitoring.demo.national import load_national
from monitoring.models import IndicatorDefinition, IndicatorValue
from practices.models import Practice, User

MATRIX_PRACTICES = 150
MIRROR_PRACTICES = 40
GP, COORDINATOR = "huisarts@demo.example", "coordinator@demo.example"


class Visitor:
    """Somebody signed in, asking pages of what the server runs."""

    def __init__(self, email: str) -> None:
        user = User.objects.get(email=email)
        session = import_module(settings.SESSION_ENGINE).SessionStore()
        session[SESSION_KEY] = str(user.pk)
        session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
        session[HASH_SESSION_KEY] = user.get_session_auth_hash()
        session.save()
        self._cookie = f"{settings.SESSION_COOKIE_NAME}={session.session_key}"
        self._handler: Any = import_module("mtvp.wsgi").application

    def get(self, address: str, times: int = 1) -> bytes:
        for _time in range(times):
            answer = self._handler(self._environment(address), self._check)
            body = b"".join(answer)
            answer.close()
        return body

    def _environment(self, address: str) -> dict[str, object]:
        return {
            "REQUEST_METHOD": "GET",
            "PATH_INFO": address,
            "QUERY_STRING": "",
            "SERVER_NAME": "localhost",
            "SERVER_PORT": "80",
            "SERVER_PROTOCOL": "HTTP/1.1",
            "REMOTE_ADDR": "127.0.0.1",
            "HTTP_COOKIE": self._cookie,
            "wsgi.url_scheme": "http",
            "wsgi.input": io.BytesIO(),
            "wsgi.errors": io.StringIO(),
        }

    @staticmethod
    def _check(status: str, _headers: object) -> None:
        if not status.startswith("200"):
            raise RuntimeError(f"the page answers {status}")


def pages(*, repetitions: int = 15, times: int = 10) -> Iterator[Figure]:
    """Start page and high users of a practice, an indicator in its mirror beside 40 practices, and
    the matrix of a region of 150 practices."""
    with override_settings(ROOT_URLCONF="bench.urls", SECOND_FACTOR_REQUIRED=False):
        empty()
        load_demo(practices=2, seed=1, today=timezone.localdate(), say=lambda _line: None)
        slug = Practice.objects.order_by("code").values_list("slug", flat=True)[0]
        doctor = Visitor(GP)
        yield _page("page_home", doctor, reverse("practice_start", args=[slug]), repetitions, times)
        yield _page(
            "page_highusers", doctor, reverse("high_users", args=[slug]), repetitions, times
        )
        yield _mirror(doctor, slug, repetitions, times)
        yield _matrix(timezone.localdate(), repetitions, times)


def _mirror(doctor: Visitor, slug: str, repetitions: int, times: int) -> Figure:
    """The demo's practice among others that have figures only, over five years."""
    definition = IndicatorDefinition.objects.using(OWNER).get(code="referrals")
    own = Practice.objects.using(OWNER).get(slug=slug)
    IndicatorValue.objects.using(OWNER).filter(definition=definition).delete()
    chance = dice(1, "bench", "mirror")
    others = Practice.objects.using(OWNER).bulk_create(
        Practice(
            code=f"{8_000_000 + place:08d}",
            slug=f"spiegel-{place}",
            name=f"Spiegel {place}",
            cohort_id=own.cohort_id,
        )
        for place in range(MIRROR_PRACTICES - 1)
    )
    values = []
    for practice in (own, *others):
        patients = int(chance.integers(1_800, 3_500))
        for year in range(2021, 2026):
            counted = int(chance.poisson(patients * 0.2 * chance.normal(1, 0.08)))
            values.append(
                IndicatorValue(
                    practice=practice,
                    year=year,
                    definition=definition,
                    numerator=counted,
                    denominator=patients,
                    national=0.21,
                )
            )
    IndicatorValue.objects.using(OWNER).bulk_create(values)
    address = reverse("mirror_indicator", args=[slug, definition.code])
    return _page("page_mirror", doctor, address, repetitions, times)


def _matrix(today: date, repetitions: int, times: int) -> Figure:
    empty()
    load_national(practices=MATRIX_PRACTICES, seed=1, today=today)
    open_accounts()
    return _page("page_matrix", Visitor(COORDINATOR), reverse("region"), repetitions, times)


def _page(name: str, visitor: Visitor, address: str, repetitions: int, times: int) -> Figure:
    visitor.get(address), visitor.get("/leeg/")
    return paired(
        name,
        partial(visitor.get, address, times),
        partial(visitor.get, "/leeg/", times),
        repetitions=repetitions,
        per=times,
    )
