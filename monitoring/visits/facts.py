"""What visits tell others: the last one, what was said, what is open, and the region's counts.

Every function takes a fixed number of queries, whatever the number of practices.
"""

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse

from monitoring.models import Visit, VisitAgreement, VisitAnswer, VisitReport
from monitoring.visits.agreements import owner_name
from monitoring.visits.questions import (
    ADDED,
    EFFECT,
    GOING,
    HABIT,
    IN_USE,
    NOTE,
    TIME_OUT,
    USED,
    WISH,
    key_of,
)
from monitoring.visits.states import VisitState
from practices.models import Person, Practice, User
from practices.programme_year import year_end, year_start

TOLD = (ADDED, WISH, key_of(TIME_OUT, NOTE))
"""Answers in words that the yearly report gathers experiences from."""


@dataclass(frozen=True, slots=True)
class LastVisit:
    """`url` leads to the report, '' for a visit of which only the day is known."""

    code: str
    held_on: date
    state: VisitState
    url: str


@dataclass(frozen=True, slots=True)
class Said:
    """What a practice said at its latest visit in a period; by question, '' for not asked."""

    code: str
    held_on: date
    answers: dict[str, str]

    def value(self, key: str) -> str:
        return self.answers.get(key, "")

    @property
    def habit(self) -> str:
        """A choice of `Habit`: whether the approach of high users became ordinary work."""
        return self.value(key_of(1, HABIT))

    @property
    def in_use(self) -> str:
        """A choice of `InUse`: flexible consultation length."""
        return self.value(key_of(4, IN_USE))

    @property
    def experiences(self) -> str:
        return self.value(ADDED)


@dataclass(frozen=True, slots=True)
class OpenAgreement:
    """`mine` is for the person or the account that was asked for."""

    pk: int
    what: str
    owner: str
    due_on: date
    practice: Practice
    visit_code: str
    held_on: date
    person: int | None
    account: int | None

    @property
    def url(self) -> str:
        return reverse("visit_report", args=[self.practice.slug, self.visit_code])


@dataclass(frozen=True, slots=True)
class Experience:
    """For who writes the report only: outside the region no words go without the consent of the
    practice, and never with its name."""

    practice: int
    key: str
    text: str


@dataclass(frozen=True, slots=True)
class RegionVisits:
    """Of the practices asked for: who was visited, and how many said what. A practice counts once,
    with its latest answer in the period. `going` is by intervention."""

    practices: int
    visited: frozenset[int] = frozenset()
    visits: int = 0
    going: dict[int, Counter[str]] = field(default_factory=dict)
    used: Counter[str] = field(default_factory=Counter)
    effect: Counter[str] = field(default_factory=Counter)
    habit: Counter[str] = field(default_factory=Counter)
    in_use: Counter[str] = field(default_factory=Counter)
    experiences: tuple[Experience, ...] = ()


def last_visits(practices: Collection[int], *, on_or_before: date) -> dict[int, LastVisit]:
    """By practice; one query."""
    found = (
        Visit.objects.filter(practice__in=practices, held_on__lte=on_or_before)
        .select_related("practice")
        .order_by("practice_id", "-held_on")
        .distinct("practice_id")
    )
    return {one.practice_id: _last(one) for one in found}


def said_in_year(practice: Practice, year: int) -> Said | None:
    """In a programme year of one practice; None without a visit at which anything was said."""
    first, last = year_start(practice.start, year), year_end(practice.start, year)
    return said_between([practice.pk], first, last).get(practice.pk)


def said_between(practices: Collection[int], first: date, last: date) -> dict[int, Said]:
    """By practice, at its latest visit of these days; two queries."""
    answered = VisitAnswer.objects.filter(visit=OuterRef("pk"))
    visits = {
        one.pk: one
        for one in Visit.objects.filter(practice__in=practices, held_on__range=(first, last))
        .filter(Exists(answered))
        .order_by("practice_id", "-held_on")
        .distinct("practice_id")
    }
    said: dict[int, dict[str, str]] = {pk: {} for pk in visits}
    for one in VisitAnswer.objects.filter(visit__in=visits).order_by("pk"):
        said[one.visit_id][one.key] = one.value.strip()
    return {one.practice_id: Said(one.code, one.held_on, said[pk]) for pk, one in visits.items()}


def open_agreements(
    *,
    practices: Collection[int] | None = None,
    person: Person | None = None,
    account: User | None = None,
) -> list[OpenAgreement]:
    """Not done yet, due soonest first, of who is named; one query."""
    found = still_open()
    if practices is not None:
        found = found.filter(visit__practice__in=practices)
    if person is not None:
        found = found.filter(person=person)
    if account is not None:
        found = found.filter(account=account)
    return [_open(one) for one in found]


def waiting_for(practice: Practice) -> "QuerySet[Visit]":
    """Visits whose report the practice has not confirmed, nor commented on."""
    return Visit.objects.filter(practice=practice, state=VisitState.SENT).order_by("held_on")


def to_finish(practices: Collection[int]) -> list[Visit]:
    """What the region still has to do something with: to write, read back, send or answer; the
    oldest first, one query."""
    waiting = (VisitState.HELD, VisitState.READ_BACK, VisitState.COMMENTED)
    found = Visit.objects.filter(practice__in=practices, state__in=waiting)
    return list(found.select_related("practice").order_by("held_on", "pk"))


def of_sent_reports() -> "QuerySet[VisitAgreement]":
    """Of visits whose report the practice has, done or not."""
    sent = VisitReport.objects.filter(visit=OuterRef("visit"))
    return VisitAgreement.objects.filter(Exists(sent), withdrawn_at=None)


def still_open() -> "QuerySet[VisitAgreement]":
    """Of them what is not done."""
    found = of_sent_reports().filter(done_on=None)
    whose = ("visit__practice", "person", "account__person")
    return found.select_related(*whose).order_by("due_on", "pk")


def region_visits(practices: Collection[int], first: date, last: date) -> RegionVisits:
    """Over these practices and days; two queries."""
    visits = dict(
        Visit.objects.filter(practice__in=practices, held_on__range=(first, last))
        .order_by("held_on", "pk")
        .values_list("pk", "practice")
    )
    latest: dict[tuple[int, str], str] = {}
    answers = VisitAnswer.objects.filter(visit__in=visits).order_by("visit__held_on", "pk")
    for one in answers:
        if one.value.strip():
            latest[visits[one.visit_id], one.key] = one.value.strip()
    return RegionVisits(
        practices=len(practices),
        visited=frozenset(visits.values()),
        visits=len(visits),
        going={number: _counts(latest, key_of(number, GOING)) for number in range(1, 7)},
        used=_counts(latest, key_of(TIME_OUT, USED)),
        effect=_counts(latest, key_of(TIME_OUT, EFFECT)),
        habit=_counts(latest, key_of(1, HABIT)),
        in_use=_counts(latest, key_of(4, IN_USE)),
        experiences=tuple(_experiences(latest.items())),
    )


def _counts(latest: dict[tuple[int, str], str], key: str) -> Counter[str]:
    return Counter(value for (_practice, of), value in latest.items() if of == key)


def _experiences(latest: Iterable[tuple[tuple[int, str], str]]) -> list[Experience]:
    """In the order of the questions, then of the words: the order tells nothing of a practice."""
    told = [Experience(practice, key, text) for (practice, key), text in latest if key in TOLD]
    return sorted(told, key=lambda one: (TOLD.index(one.key), one.text))


def _last(visit: Visit) -> LastVisit:
    known = visit.state != VisitState.RECORDED
    url = reverse("visit_report", args=[visit.practice.slug, visit.code]) if known else ""
    return LastVisit(visit.code, visit.held_on, VisitState(visit.state), url)


def _open(one: VisitAgreement) -> OpenAgreement:
    return OpenAgreement(
        pk=one.pk,
        what=one.what,
        owner=owner_name(one),
        due_on=one.due_on,
        practice=one.visit.practice,
        visit_code=one.visit.code,
        held_on=one.visit.held_on,
        person=one.person_id,
        account=one.account_id,
    )
