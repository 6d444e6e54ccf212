"""The menu of courses, by theme and level, with the first dates of each."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from monitoring.words import intervention_name
from training.models import Course, Session
from training.states import SessionKind

DATES = 3


@dataclass(frozen=True, slots=True)
class Offer:
    """`roles` are those it is meant for, in words; `sessions` the first that are to come."""

    course: Course
    roles: str
    sessions: Sequence[Session]


@dataclass(frozen=True, slots=True)
class Theme:
    """`counts_for` is the intervention whose norm the offers count for, in words."""

    kind: SessionKind
    counts_for: str
    offers: Sequence[Offer]


def menu(today: date) -> list[Theme]:
    """Two queries, however many courses; beginners first."""
    dates: defaultdict[int, list[Session]] = defaultdict(list)
    for session in Session.objects.coming(today).filter(course__isnull=False):
        dates[session.course_id or 0].append(session)
    courses = sorted(Course.objects.filter(active=True), key=lambda one: _LEVELS.index(one.level))
    themes: defaultdict[str, list[Offer]] = defaultdict(list)
    for course in courses:
        roles = ", ".join(sorted(str(role.label) for role in course.meant_for))
        themes[course.kind].append(Offer(course, roles, dates[course.pk][:DATES]))
    return [_theme(kind, themes[kind]) for kind in SessionKind if kind in themes]


_LEVELS = ("beginner", "advanced", "")


def _theme(kind: SessionKind, offers: Sequence[Offer]) -> Theme:
    number = offers[0].course.counts_for
    return Theme(kind, intervention_name(number) if number else "", offers)
