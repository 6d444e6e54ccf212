"""The menu a new installation starts with."""

from collections import Counter

import pytest

from training import shipped
from training.models import Course
from training.states import SessionKind

pytestmark = pytest.mark.django_db


def test_both_menus_are_there_with_four_offers_each() -> None:
    kinds = Counter(Course.objects.values_list("kind", flat=True).order_by())
    assert kinds == {SessionKind.TRIAGE: 4, SessionKind.CONVERSATION: 4}


def test_intervision_on_positive_health_is_an_offer_of_the_conversation() -> None:
    course = Course.objects.get(title="Intervisie Positieve Gezondheid")
    assert course.kind == SessionKind.CONVERSATION


def test_a_menu_is_filled_once_and_then_left_alone() -> None:
    courses = Course.objects.using("owner")
    courses.all().delete()
    shipped.load(using="owner")
    assert courses.count() == 8
    courses.exclude(kind=SessionKind.TRIAGE).delete()
    shipped.load(using="owner")
    assert courses.count() == 4
