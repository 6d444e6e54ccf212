"""The menu as rows, for who chooses from it and for who keeps it."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from training.models import Course, CoursePrice
from training.states import SessionKind


@dataclass(frozen=True, slots=True)
class Price:
    """What a course costs now, None when that is not known; `next` is what comes after it."""

    now: Decimal | None
    next: CoursePrice | None


def prices(courses: Collection[Course], day: date) -> dict[int, Price]:
    """By course; one query."""
    known: defaultdict[int, list[CoursePrice]] = defaultdict(list)
    for one in CoursePrice.objects.filter(course__in=courses).order_by("valid_from"):
        known[one.course_id].append(one)
    return {course.pk: _price(known[course.pk], day) for course in courses}


def _price(known: Sequence[CoursePrice], day: date) -> Price:
    past = [one.price for one in known if one.valid_from <= day]
    coming = (one for one in known if one.valid_from > day)
    return Price(past[-1] if past else None, next(coming, None))


def roles_in_words(course: Course) -> str:
    return ", ".join(sorted(str(role.label) for role in course.meant_for))


@dataclass(frozen=True, slots=True)
class Kept:
    """An offer as its keeper sees it; `first` and `last` of its kind cannot be moved further."""

    course: Course
    roles: str
    price: Price
    first: bool
    last: bool


def kept(day: date) -> dict[SessionKind, list[Kept]]:
    """Everything there is, off the menu as well, by kind and in order. Two queries."""
    courses = list(Course.objects.all())
    known = prices(courses, day)
    found: defaultdict[str, list[Course]] = defaultdict(list)
    for course in courses:
        found[course.kind].append(course)
    return {
        kind: [
            Kept(
                one,
                roles_in_words(one),
                known[one.pk],
                one is found[kind][0],
                one is found[kind][-1],
            )
            for one in found[kind]
        ]
        for kind in SessionKind
        if kind in found
    }
