"""Visits that are due: told to the consultant and the coordinator, not to the practice."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from monitoring.visit_planning.planning import SOON_DAYS
from monitoring.visit_planning.texts import DUE, REGION_DUE
from monitoring.visit_planning.years import VisitYear, years_to_plan
from practices.mailing.registry import Item, Kind
from practices.models import Practice, RegionRole, User
from practices.programme_year import programme_year, year_end, year_start
from practices.states import RegionRoleName


def due_visits(practices: Iterable[Practice], today: date) -> list[VisitYear]:
    """With the programme year nearly over, no visit and no appointment; or with such a year just
    over. What is over comes first, then the first to end."""
    turning = (one for one in practices if _turns(one, today))
    due = [
        one
        for one in years_to_plan(turning, today)
        if one.missed or one.days_left(today) <= SOON_DAYS
    ]
    return sorted(due, key=lambda one: (not one.missed, one.last_day, one.practice.name))


def _turns(practice: Practice, today: date) -> bool:
    """Its programme year ends soon, or ended a short while ago."""
    year = programme_year(practice.start, today)
    if year is None:
        return False
    left = (year_end(practice.start, year) - today).days
    return left <= SOON_DAYS or (today - year_start(practice.start, year)).days <= SOON_DAYS


def told_to_consultants(day: date) -> Iterator[Item]:
    """Once a week, as long as there are any."""
    by_consultant: defaultdict[int, list[VisitYear]] = defaultdict(list)
    for one in due_visits(Practice.objects.in_region_order(), day):
        if one.practice.consultant_id is not None:
            by_consultant[one.practice.consultant_id].append(one)
    playing = _playing(RegionRoleName.CONSULTANT)
    for consultant, due in by_consultant.items():
        if consultant in playing:
            lines = [f"- {one.practice.name}: {_until(one, day)}" for one in due]
            yield _item(consultant, day, lines, "visit_planning")


def told_to_coordinators(day: date) -> Iterator[Item]:
    """Per consultant, and those without one."""
    by_name: defaultdict[str, list[VisitYear]] = defaultdict(list)
    for one in due_visits(Practice.objects.in_region_order(), day):
        by_name[str(one.practice.consultant or "Zonder consulent")].append(one)
    if not by_name:
        return
    lines = [f"- {name}: {_counted(due, day)}" for name, due in sorted(by_name.items())]
    for coordinator in sorted(_playing(RegionRoleName.COORDINATOR)):
        yield _item(coordinator, day, lines, "region_visits")


def _item(user: int, day: date, lines: list[str], page: str) -> Item:
    year, week, _weekday = day.isocalendar()
    values = {"praktijken": "\n".join(lines), "link": settings.SITE_URL + reverse(page)}
    return Item(user, f"{year}-W{week:02}", values)


def _until(one: VisitYear, day: date) -> str:
    if one.missed:
        return f"jaar {one.missed} ging voorbij zonder bezoek"
    return _days(one.days_left(day))


def _counted(due: list[VisitYear], day: date) -> str:
    """ "2 praktijken na afloop van hun jaar; 1 praktijk, nog 40 dagen voor de eerste" """
    over = [one for one in due if one.missed]
    ending = [one for one in due if not one.missed]
    words = []
    if over:
        words.append(f"{_practices(len(over))} na afloop van het programmajaar")
    if ending:
        left = _days(ending[0].days_left(day))
        words.append(f"{_practices(len(ending))}, {left} voor de eerste")
    return "; ".join(words)


def _days(left: int) -> str:
    if left == 0:
        return "vandaag is de laatste dag"
    return "nog 1 dag" if left == 1 else f"nog {left} dagen"


def _practices(count: int) -> str:
    return "1 praktijk" if count == 1 else f"{count} praktijken"


def _playing(role: RegionRoleName) -> set[int]:
    roles = RegionRole.objects.filter(role=role, user__is_active=True)
    return set(roles.values_list("user", flat=True))


def _is_consultant(user: User) -> bool:
    return RegionRole.objects.filter(user=user, role=RegionRoleName.CONSULTANT).exists()


def _is_coordinator(user: User) -> bool:
    return RegionRole.objects.filter(user=user, role=RegionRoleName.COORDINATOR).exists()


KINDS = (
    Kind(
        DUE,
        _("Practices you are to visit before their programme year ends"),
        told_to_consultants,
        _is_consultant,
        _("You get this because you are the consultant of these practices."),
    ),
    Kind(
        REGION_DUE,
        _("Practices of the region that nobody planned a visit to"),
        told_to_coordinators,
        _is_coordinator,
        _("You get this because you coordinate the programme."),
    ),
)
