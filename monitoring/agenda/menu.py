"""The menu of courses, by theme and level, with the first dates of each."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from monitoring.words import intervention_name
from training.menu.listing import Price, prices, roles_in_words
from training.models import Course, Session
from training.states import SessionKind

DATES = 3


@dataclass(frozen=True, slots=True)
class Offer:
    """`roles` are those it is meant for, in words; `sessions` the first that are to come."""

    course: Course
    roles: str
    price: Price
    sessions: Sequence[Session]


@dataclass(frozen=True, slots=True)
class Theme:
    """`counts_for` is the intervention whose norm the offers count for, in words."""

    kind: SessionKind
    counts_for: str
    offers: Sequence[Offer]


def menu(today: date) -> list[Theme]:
    """Three queries, however many courses; in the order that the region gave them."""
    dates: defaultdict[int, list[Session]] = defaultdict(list)
    for session in Session.objects.for_everybody().coming(today).filter(course__isnull=False):
        dates[session.course_id or 0].append(session)
    courses = list(Course.objects.filter(active=True))
    known = prices(courses, today)
    themes: defaultdict[str, list[Offer]] = defaultdict(list)
    for course in courses:
        offer = Offer(course, roles_in_words(course), known[course.pk], dates[course.pk][:DATES])
        themes[course.kind].append(offer)
    return [_theme(kind, themes[kind]) for kind in SessionKind if kind in themes]


def _theme(kind: SessionKind, offers: Sequence[Offer]) -> Theme:
    number = offers[0].course.counts_for
    return Theme(kind, intervention_name(number) if number else "", offers)
