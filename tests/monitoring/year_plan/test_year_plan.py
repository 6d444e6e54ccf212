"""A facilitator's own year, and what to do next."""

from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from monitoring.year_plan.plan import to_do
from practices.models import Practice, User
from practices.states import RegionRoleName
from tests import factories
from tests.pages import words
from tests.training import making
from training.models import Attendance, Case, LearningPoint, Script, Session

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def in_english() -> Iterator[None]:
    with override("en"):
        yield


@pytest.fixture
def facilitator() -> User:
    return factories.region_user(RegionRoleName.FACILITATOR, name="Noor Smit")


@pytest.fixture
def practice() -> Practice:
    return factories.practice()


@pytest.fixture
def signed_in(client: Client, facilitator: User) -> Client:
    client.cookies["mtvp_language"] = "en"
    client.force_login(facilitator)
    return client


def own(facilitator: User, days: int, **fields: object) -> Session:
    return making.session(facilitator=facilitator, held_on=making.in_days(days), **fields)


def scripted(session: Session) -> Session:
    Script.objects.create(session=session, number=1, topic="Verwijzen")
    return session


def came(session: Session, practice: Practice) -> Session:
    (person,) = making.doctors(practice, 1)
    Attendance.objects.create(session=session, person=person, present=True)
    return session


def said(facilitator: User) -> list[tuple[str, str]]:
    return [(one.session.title, one.text) for one in to_do(facilitator, timezone.localdate())]


def test_what_to_do_the_oldest_first(facilitator: User, practice: Practice) -> None:
    own(facilitator, 28, title="script")
    own(facilitator, 29, title="nog niet nodig")
    scripted(own(facilitator, 10, title="klaar"))
    own(facilitator, 0, title="vandaag")
    own(facilitator, -40, title="presentie")
    came(own(facilitator, -20, title="leerpunten"), practice)
    came(own(facilitator, -61, title="te lang geleden"), practice)
    done = came(own(facilitator, -19, title="afgerond"), practice)
    LearningPoint.objects.create(session=done, text="Vraag door", written_by=facilitator)
    own(facilitator, -10, title="ging niet door", cancelled_at=timezone.now(), cancel_reason="ziek")
    making.session(title="van een ander", held_on=making.in_days(-3))
    assert said(facilitator) == [
        ("presentie", "Nobody put down yet who was there."),
        ("leerpunten", "What did you learn from each other?"),
        ("vandaag", "This session is today."),
        ("script", "There is no script yet."),
    ]


def test_who_is_still_unknown_is_asked(facilitator: User, practice: Practice) -> None:
    session = own(facilitator, 5, title="half", capacity=3)
    first, *_rest = making.doctors(practice, 3)
    making.enrolled(session, first, *_rest)
    Session.objects.update(held_on=making.in_days(-2))
    Attendance.objects.create(session=session, person=first, present=True)
    assert said(facilitator) == [
        ("half", "Of 2 people it is not known whether they came."),
    ]


def test_the_page_of_the_year(signed_in: Client, facilitator: User, practice: Practice) -> None:
    session = scripted(own(facilitator, 3, title="Intervisie", capacity=1))
    people = making.doctors(practice, 2)
    making.enrolled(session, *people)
    Case.objects.create(session=session, person=people[0], text="Een casus")
    Case.objects.create(session=session, person=people[0], text="", withdrawn_at=timezone.now())
    page = words(signed_in.get(f"{reverse('year_plan')}?jaar={session.held_on.year}"))
    assert "Nothing is waiting for you now." in page
    assert "full , 1 person is waiting" in page or "full, 1 person is waiting" in page
    assert "Script ready · 1 case" in page
    month = signed_in.get(f"{reverse('year_plan_month')}?maand={session.held_on:%Y-%m}")
    assert "Intervisie" in words(month)
    paper = signed_in.get(reverse("year_plan_pdf", args=[session.held_on.year]))
    assert paper.content.startswith(b"%PDF-")
    assert "Intervisie" not in words(signed_in.get(f"{reverse('year_plan')}?jaar=2020"))


def test_a_facilitator_sees_no_plan_of_another(signed_in: Client) -> None:
    other = factories.region_user(RegionRoleName.FACILITATOR, name="Iemand Anders")
    own(other, 3, title="Niet voor u")
    for name in ("year_plan", "year_plan_month"):
        page = words(signed_in.get(f"{reverse(name)}?begeleider={other.pk}"))
        assert "Niet voor u" not in page
        assert "Iemand Anders" not in page


def test_the_coordinator_looks_at_the_plan_of_each(client: Client, facilitator: User) -> None:
    client.cookies["mtvp_language"] = "en"
    client.force_login(making.coordinator())
    first = factories.region_user(RegionRoleName.FACILITATOR, name="Aad")
    session = own(facilitator, 3, title="Van Noor")
    own(first, 3, title="Van Aad")
    link = f"{reverse('year_plan')}?jaar={session.held_on.year}"
    assert "Van Noor" not in words(client.get(link))
    assert "Van Aad" in words(client.get(link))
    assert "Van Noor" in words(client.get(f"{link}&begeleider={facilitator.pk}"))


@pytest.mark.parametrize("number", [1, 3])
def test_the_number_of_queries_does_not_grow(
    signed_in: Client, facilitator: User, number: int, django_assert_num_queries
) -> None:
    for _one in range(number):
        own(facilitator, 0)
    with django_assert_num_queries(26):
        signed_in.get(reverse("year_plan"))
