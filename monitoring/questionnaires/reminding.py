"""Reminders of a questionnaire by mail: a month, a week and a day before its deadline to who may
answer it; then its consultant is told. In between somebody of the region may remind by one click.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from monitoring.models import QuestionnaireAnswer, QuestionnaireReminder
from monitoring.questionnaires.facts import Response, responses
from monitoring.questionnaires.mails import ASKED_TEXT, REOPENED_TEXT
from monitoring.questionnaires.states import ResponseState
from monitoring.standing import standing
from practices.audit import record
from practices.mailing.collecting import tell
from practices.mailing.registry import Item
from practices.models import Employment, Practice, RegionRole, User
from practices.permissions import BY_STAFF_ROLE, Permission
from practices.states import AuditAction, RegionRoleName

HOLDERS = [role for role, may in BY_STAFF_ROLE.items() if Permission.ANSWER_QUESTIONNAIRE in may]

WINDOWS = {"month": (30, 22), "week": (7, 5), "day": (1, 0)}
"""Days before the deadline between which a reminder goes, with room for a worker that was away."""

LATE_DAYS = 14
"""So long after the deadline the consultant is still told, when no worker did on the day itself."""


@dataclass(frozen=True, slots=True)
class Reminded:
    """How many practices were reminded, had been today already, or have nobody with an account."""

    practices: int = 0
    already: int = 0
    unreachable: int = 0


def due(today: date) -> Iterator[Item]:
    """To everybody who may answer, of practices whose questionnaire is open and not answered."""
    found = [
        (one, window)
        for one in responses(standing(today))
        for window in [_window(one, today)]
        if one.state == ResponseState.OPEN and window
    ]
    people = holders({one.practice for one, _window_name in found}, today)
    names = _names(people)
    for one, window in found:
        about = f"{one.practice}-{one.programme_year}-{window}-{one.deadline}"
        for user in people.get(one.practice, ()):
            yield Item(user, about, _values(one, names[one.practice], today), one.practice)


def late(today: date) -> Iterator[Item]:
    """To the consultant, in her absence to the coordinators: who did not answer in time, once for
    each deadline."""
    since = today - timedelta(days=LATE_DAYS)
    gone = [
        one
        for one in responses(standing(today))
        if one.state == ResponseState.LATE and since <= one.deadline < today
    ]
    practices = {
        one.pk: one for one in Practice.objects.filter(pk__in={one.practice for one in gone})
    }
    coordinators = _playing(RegionRoleName.COORDINATOR)
    consultants = _playing(RegionRoleName.CONSULTANT)
    told: dict[tuple[int, date, int], list[str]] = defaultdict(list)
    for one in sorted(gone, key=lambda one: practices[one.practice].name):
        practice = practices[one.practice]
        own = {practice.consultant_id} & consultants
        for user in own or coordinators:
            key = (user or 0, one.deadline, one.opens_on.year)
            told[key].append(f"- {practice.name}, jaar {one.programme_year}")
    for (user, deadline, year), lines in told.items():
        yield Item(user, f"late-{deadline}-{year}", _late_values(deadline, year, lines))


def still_open(user: int, about: str) -> bool:
    """Before a reminder leaves: nobody answered meanwhile, and the practice is still asked."""
    practice, year = (int(part) for part in about.split("-")[:2])
    today = timezone.localdate()
    found = responses(standing(today, [practice]))
    return any(one.programme_year == year and one.is_missing for one in found)


def still_late(user: int, about: str) -> bool:
    found = late(timezone.localdate())
    return any((one.user, one.about) == (user, about) for one in found)


@transaction.atomic
def remind(*, asked: Collection[Response], actor: User) -> Reminded:
    """Mail now to who may answer what is missing; a practice that was reminded of the same today
    is left alone, and so is one that answered."""
    now, today = timezone.now(), timezone.localdate()
    missing = [one for one in asked if one.is_missing]
    people = holders({one.practice for one in missing}, today)
    names = _names(people)
    practices = already = 0
    for one in missing:
        if one.practice not in people:
            continue
        row, is_new = QuestionnaireReminder.objects.get_or_create(
            practice_id=one.practice,
            programme_year=one.programme_year,
            sent_on=today,
            defaults={"sent_by": actor},
        )
        if not is_new:
            already += 1
            continue
        practices += 1
        about = f"{one.practice}-{one.programme_year}-asked-{today}"
        values = _values(one, names[one.practice], today)
        items = [Item(user, about, values, one.practice) for user in people[one.practice]]
        tell(ASKED_TEXT.key, items, now)
        record(
            actor=actor,
            action=AuditAction.CREATE,
            obj=row,
            practice=names[one.practice],
            programme_year=one.programme_year,
        )
    return Reminded(practices, already, len(missing) - practices - already)


def tell_reopened(answer: QuestionnaireAnswer) -> None:
    """Not to whoever reopened it. The reason stays out of the mail: it may say who was named."""
    practice, year, moment = answer.practice, answer.programme_year, answer.reopened_at
    if moment is None:
        return
    path = reverse("questionnaire", args=[practice.slug, year])
    values = {
        "praktijk": practice.name,
        "jaar": str(year),
        "wie": str(answer.reopened_by),
        "link": settings.SITE_URL + path,
    }
    about = f"{practice.pk}-{year}-reopened-{moment:%Y%m%d%H%M%S%f}"
    people = holders([practice.pk], timezone.localdate(moment)).get(practice.pk, [])
    told = [user for user in people if user != answer.reopened_by_id]
    tell(REOPENED_TEXT.key, [Item(user, about, values, practice.pk) for user in told], moment)


def still_reopened(_user: int, about: str) -> bool:
    """Nobody handed it in again meanwhile."""
    practice, year = (int(part) for part in about.split("-")[:2])
    answers = QuestionnaireAnswer.objects.filter(practice=practice, programme_year=year)
    return answers.filter(reopened_at__isnull=False).exists()


def reminded_on(asked: Iterable[Response]) -> dict[tuple[int, int], date]:
    """When somebody last reminded a practice by hand, by practice and programme year; one query."""
    practices = {one.practice for one in asked}
    rows = QuestionnaireReminder.objects.filter(practice__in=practices).order_by("sent_on")
    return {
        (practice, year): day
        for practice, year, day in rows.values_list("practice", "programme_year", "sent_on")
    }


def holders(practices: Collection[int], today: date) -> dict[int, list[int]]:
    """The accounts that may answer for these practices; one query."""
    found: dict[int, list[int]] = {}
    rows = Employment.objects.in_service(today).filter(
        practice__in=practices, role__in=HOLDERS, person__user__is_active=True
    )
    for practice, user in rows.order_by("pk").values_list("practice", "person__user"):
        if user not in found.setdefault(practice, []):
            found[practice].append(user)
    return found


def may_answer(user: User) -> bool:
    here = Employment.objects.in_service(timezone.localdate())
    return bool(user.person_id) and here.filter(person=user.person_id, role__in=HOLDERS).exists()


def hears_who_is_late(user: User) -> bool:
    roles = (RegionRoleName.CONSULTANT, RegionRoleName.COORDINATOR)
    return RegionRole.objects.filter(user=user, role__in=roles).exists()


def _window(one: Response, today: date) -> str:
    days = (one.deadline - today).days
    return next((name for name, (first, last) in WINDOWS.items() if last <= days <= first), "")


def _names(practices: Iterable[int]) -> dict[int, Practice]:
    return {one.pk: one for one in Practice.objects.filter(pk__in=list(practices))}


def _playing(role: RegionRoleName) -> set[int]:
    found = RegionRole.objects.filter(role=role, user__is_active=True)
    return set(found.values_list("user", flat=True))


def _values(one: Response, practice: Practice, today: date) -> dict[str, str]:
    """In Dutch, as the mail is."""
    days = (one.deadline - today).days
    words = {0: "Vandaag is de laatste dag.", 1: "Morgen is de laatste dag."}
    left = words.get(days, f"U heeft nog {days} dagen." if days > 1 else "De datum is voorbij.")
    path = reverse("questionnaire", args=[practice.slug, one.programme_year])
    return {
        "praktijk": practice.name,
        "jaar": str(one.programme_year),
        "datum": date_format(one.deadline, "l j F Y"),
        "tijd": left,
        "link": settings.SITE_URL + path,
    }


def _late_values(deadline: date, year: int, lines: Collection[str]) -> dict[str, str]:
    path = reverse("responses", args=[year])
    return {
        "aantal": "1 praktijk" if len(lines) == 1 else f"{len(lines)} praktijken",
        "datum": date_format(deadline, "j F Y"),
        "praktijken": "\n".join(lines),
        "link": f"{settings.SITE_URL}{path}?stand={ResponseState.LATE}",
    }
