"""What the region answered stands in the weekly mail, once, for whoever waits for it."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.formats import date_format

from practices.models import Practice, User
from practices.states import StaffRole
from tests import factories
from tests.training import making
from tests.training.mail.test_news import told
from training.claims.services import accept_claim, ask_more, claim_training, decline_claim
from training.coaching.services import Wish, ask_coaching, decline_coaching, plan_coaching
from training.mail import answers
from training.models import ClaimStep, CoachingRequest, Course, TrainingClaim

pytestmark = pytest.mark.django_db

PDF = b"%PDF-1.7\n1 0 obj\nendobj\n%%EOF\n"


@pytest.fixture
def practice() -> Practice:
    return factories.practice(start_on=making.in_days(-60), name="De Linde")


@pytest.fixture
def doctor(practice: Practice) -> User:
    return factories.staff_user(practice, StaffRole.GP_OWNER, email="sam@voorbeeld.example")


@pytest.fixture
def manager(practice: Practice) -> User:
    return factories.staff_user(practice, StaffRole.MANAGER, email="mo@voorbeeld.example")


def claimed(practice: Practice, doctor: User, actor: User) -> TrainingClaim:
    what = {"title": "Motiveren", "provider": "Opleider", "followed_on": making.in_days(-10)}
    return claim_training(
        person=doctor.person,
        practice=practice,
        told={**what, "hours": Decimal(3), "points": None},
        proof=PDF,
        actor=actor,
    )


def asked(practice: Practice, actor: User) -> CoachingRequest:
    course = Course.objects.create(title="Meekijken", kind="conversation", in_practice=True)
    wish = Wish([], "Bij gesprekken", making.in_days(0), making.in_days(60))
    return ask_coaching(course=course, practice=practice, wish=wish, actor=actor)


def test_who_followed_it_and_who_claimed_it_hear_what_was_decided(
    practice: Practice, doctor: User, manager: User
) -> None:
    claim = claimed(practice, doctor, manager)
    assert told() == []
    accept_claim(claim=claim, counts_for="conversation", text="Mooi.", actor=making.coordinator())
    messages = {message.to[0]: message for message in told()}
    assert set(messages) == {doctor.email, manager.email}
    body = messages[doctor.email].body
    assert messages[doctor.email].subject == "Elders gevolgd: Motiveren"
    assert "De scholing telt mee voor: Het andere gesprek." in body
    assert "Mooi." in body
    assert reverse("own_claim", args=[claim.pk]) in body
    assert reverse("claim", args=[practice.slug, claim.pk]) in messages[manager.email].body
    assert told() == []


def test_of_a_claim_only_the_last_answer_is_told(practice: Practice, doctor: User) -> None:
    claim, region = claimed(practice, doctor, doctor), making.coordinator()
    ask_more(claim=claim, text="Hoe lang duurde het?", actor=region)
    decline_claim(claim=claim, text="Het was te kort.", actor=region)
    (item,) = answers.claims(timezone.localdate())
    assert item.user == doctor.pk
    assert item.values["besluit"].endswith(", met deze uitleg:\nHet was te kort.")
    accept_claim(claim=claim, counts_for="", text="", actor=region)
    (item,) = answers.claims(timezone.localdate())
    assert "De scholing telt niet mee voor een norm." in item.values["besluit"]
    ClaimStep.objects.update(made_at=timezone.now() - timedelta(days=answers.NEW_DAYS))
    assert list(answers.claims(timezone.localdate())) == []


def test_a_question_that_was_answered_is_no_news(practice: Practice, doctor: User) -> None:
    claim = claimed(practice, doctor, doctor)
    ask_more(claim=claim, text="Hoe lang duurde het?", actor=making.coordinator())
    (item,) = answers.claims(timezone.localdate())
    assert "Hoe lang duurde het?" in item.values["besluit"]
    ClaimStep.objects.create(claim=claim, state="sent", made_by=doctor)
    assert list(answers.claims(timezone.localdate())) == []


def test_who_asked_for_coaching_hears_when_it_is(practice: Practice, manager: User) -> None:
    request = asked(practice, manager)
    assert told() == []
    day = making.in_days(20)
    fields = {"title": "Coaching", "held_on": day, "place": "De Linde", "city": "Tilburg"}
    plan_coaching(request=request, fields=fields, actor=making.coordinator())
    with translation.override("nl"):
        planned_on = f"Het is gepland op {date_format(day, 'l j F Y')}."
    (message,) = told()
    assert message.to == [manager.email]
    assert message.subject == "Uw vraag om Meekijken"
    assert planned_on in message.body
    assert reverse("practice_training", args=[practice.slug]) in message.body
    assert told() == []


def test_who_asked_for_coaching_reads_why_not(practice: Practice, manager: User) -> None:
    request = asked(practice, manager)
    decline_coaching(request=request, reason="Er is nu geen coach.", actor=making.coordinator())
    (item,) = answers.coaching(timezone.localdate())
    assert item.values["antwoord"] == "Het kan niet door deze reden: Er is nu geen coach."
    request.refresh_from_db()
    request.asked_by = request.answered_by
    request.save()
    assert list(answers.coaching(timezone.localdate())) == []
