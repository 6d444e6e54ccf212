"""The practices and people behind one deadline of a norm, and the sessions they can go to."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from monitoring.forecast.asked import Asked
from monitoring.forecast.overview import (
    Deadline,
    asked_in_region,
    coming_sessions,
    forecast_of,
    has_free_places,
    places_in,
)
from practices.models import Person, Practice
from practices.states import StaffRole
from training.enrolment.places import Places
from training.models import Enrolment, Session
from training.needs import OpenNeed
from training.states import SessionKind


@dataclass(frozen=True, slots=True)
class Somebody:
    """Somebody of the group who is not done. `done` says how often and `plans` what is planned;
    `enough` means that these plans make it."""

    name: str
    address: str
    roles: str
    done: str
    plans: str
    enough: bool


@dataclass(frozen=True, slots=True)
class PracticeBehind:
    """`covered`: with the places people have already it meets the norm."""

    practice: Practice
    programme_year: int
    gap: str
    covered: bool
    people: tuple[Somebody, ...]


@dataclass(frozen=True, slots=True)
class Offer:
    """A coming session; `free` when somebody who enrols now has a place."""

    session: Session
    places: Places
    free: bool


@dataclass(frozen=True, slots=True)
class Behind:
    deadline: Deadline
    practices: tuple[PracticeBehind, ...]
    offers: tuple[Offer, ...]

    @property
    def addresses(self) -> list[str]:
        """Of everybody who could bring a practice its norm and has no place for it yet."""
        return sorted({one.address for one in self._wanted() if one.address})

    @property
    def without_address(self) -> list[str]:
        return sorted({one.name for one in self._wanted() if not one.address})

    def _wanted(self) -> Iterable[Somebody]:
        open_rows = (row for row in self.practices if not row.covered)
        return (one for row in open_rows for one in row.people if not one.enough)


def behind(kind: SessionKind, day: date, now: datetime) -> Behind | None:
    """None when no practice has this deadline. Eight queries, however many people."""
    asked = [one for one in asked_in_region(now, day) if one.kind == kind]
    sessions = [one for one in coming_sessions(now, day) if one.kind == kind]
    norms = {norm.kind: norm for norm in forecast_of(asked, sessions, now)}
    deadline = next((one for one in norms[kind].deadlines if one.day == day), None)
    if deadline is None:
        return None
    return Behind(
        deadline,
        tuple(_practices(deadline.asked, {one.pk: one for one in sessions})),
        tuple(Offer(one, places_in(one), has_free_places(one, now)) for one in sessions),
    )


def _practices(asked: Collection[Asked], sessions: Mapping[int, Session]) -> list[PracticeBehind]:
    ids = {need.person_id for one in asked for need in one.people}
    people = Person.objects.select_related("user").in_bulk(ids)
    practices = Practice.objects.in_bulk({one.practice_id for one in asked})
    waiting = _waiting(ids, sessions)
    rows = [
        PracticeBehind(
            practices[one.practice_id],
            one.programme_year,
            _gap(one),
            not one.unplanned,
            tuple(
                _somebody(need, people[need.person_id], sessions, waiting) for need in one.people
            ),
        )
        for one in asked
    ]
    return sorted(rows, key=lambda row: (row.practice.name, row.practice.pk))


def _waiting(people: Collection[int], sessions: Collection[int]) -> dict[int, list[date]]:
    """Days of the sessions somebody waits for."""
    found: defaultdict[int, list[date]] = defaultdict(list)
    queue = Enrolment.objects.queue().filter(person__in=people, session__in=list(sessions))
    days = queue.order_by("session__held_on").values_list("person_id", "session__held_on")
    for person_id, day in days:
        found[person_id].append(day)
    return found


def _somebody(
    need: OpenNeed,
    person: Person,
    sessions: Mapping[int, Session],
    waiting: Mapping[int, list[date]],
) -> Somebody:
    user = getattr(person, "user", None)
    days = sorted(sessions[one].held_on for one in need.planned if one in sessions)
    plans = [_("has a place on %(date)s") % {"date": date_format(day)} for day in days]
    queues = waiting.get(person.pk, [])
    plans += [_("waits for %(date)s") % {"date": date_format(day)} for day in queues]
    return Somebody(
        name=person.name,
        address=user.email if user else person.email,
        roles=", ".join(str(StaffRole(role).label) for role in sorted(need.roles)),
        done=_("%(attended)s of %(needed)s times")
        % {"attended": need.attended, "needed": need.needed},
        plans=", ".join(plans),
        enough=not need.left,
    )


def _gap(one: Asked) -> str:
    phrases = {
        SessionKind.TRIAGE: ngettext(
            "%(gap)s more assistant needed", "%(gap)s more assistants needed", one.gap
        ),
        SessionKind.CONVERSATION: ngettext(
            "%(gap)s more GP or POH needed", "%(gap)s more GPs or POHs needed", one.gap
        ),
        SessionKind.INTERVISION: ngettext(
            "%(gap)s more GP needed", "%(gap)s more GPs needed", one.gap
        ),
    }
    return phrases[one.kind] % {"gap": one.gap}
