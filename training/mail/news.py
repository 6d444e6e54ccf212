"""What training has for the weekly mail: nothing that somebody misses by reading it on Monday."""

from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from django.conf import settings
from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from practices.facts import programme_calendar
from practices.mailing.collecting import monday_of
from practices.mailing.registry import Item, Kind
from practices.models import User
from practices.texts.registry import Announced
from training.afterwards.evaluations import OPEN_FOR
from training.enrolment.places import places_of
from training.enrolment.rules import session_problems
from training.facts import prospects
from training.mail import answers
from training.models import (
    Attendance,
    Certificate,
    Enrolment,
    EvaluationDone,
    LearningPoint,
    Session,
)
from training.states import COUNTS_FOR, SessionKind

NEW_DAYS = 14
PEERS_DAYS = 365
"""Who was at a session of the same kind in the past year hears what others learned."""


def evaluations(today: date) -> Iterator[Item]:
    """Who was there and has not said what they thought of it."""
    done = EvaluationDone.objects.filter(session=OuterRef("session"), person=OuterRef("person"))
    for one in _was_there(today).filter(~Exists(done)):
        yield _about_session(one, reverse("evaluate_session", args=[one.session_id]))


def certificates(today: date) -> Iterator[Item]:
    """Who may have a certificate and did not take it yet."""
    taken = Certificate.objects.filter(session=OuterRef("session"), person=OuterRef("person"))
    for one in _was_there(today).filter(~Exists(taken)):
        yield _about_session(one, reverse("own_training"))


def learning_points(today: date) -> Iterator[Item]:
    """What a session taught, for others of its kind."""
    recent = LearningPoint.objects.filter(shared_at__gte=_midnight(today, NEW_DAYS))
    numbers = Counter(recent.values_list("session", flat=True))
    for session in Session.objects.filter(pk__in=numbers).order_by("pk"):
        number = numbers[session.pk]
        peers = Attendance.objects.filter(
            present=True,
            session__kind=session.kind,
            session__held_on__gte=today - timedelta(days=PEERS_DAYS),
            person__user__is_active=True,
        )
        values = {
            "bijeenkomst": session.title,
            "aantal": ngettext("%(number)s learning point", "%(number)s learning points", number)
            % {"number": number},
            "link": settings.SITE_URL + reverse("shared_learning"),
        }
        users = peers.order_by("person__user").values_list("person__user", flat=True).distinct()
        for user in users:
            yield Item(user, f"session-{session.pk}", values)


def needed_sessions(today: date) -> Iterator[Item]:
    """What was planned in a week, for who needs it for a norm: told together."""
    found: dict[tuple[date, str, int], list[Session]] = {}
    needed: dict[tuple[date, str, int], int] = {}
    for session in _new_sessions(today):
        week = monday_of(timezone.localdate(session.planned_at))
        for person, lacking in _lacking(session, today).items():
            key = (week, session.kind, person)
            found.setdefault(key, []).append(session)
            needed[key] = max(lacking, needed.get(key, 0))
    people = {person for _week, _kind, person in found}
    users = User.objects.filter(person__in=people, is_active=True)
    accounts = dict(users.values_list("person", "pk"))
    for (week, kind, person), sessions in found.items():
        if person in accounts:
            values = _needed_values(SessionKind(kind), needed[week, kind, person], sessions)
            yield Item(accounts[person], f"{kind}-{week}", values)


def _was_there(today: date) -> QuerySet[Attendance]:
    """As long as a session can be evaluated; a certificate is no news after that either."""
    days = (today - OPEN_FOR, today)
    found = Attendance.objects.filter(
        present=True,
        session__held_on__range=days,
        session__cancelled_at=None,
        person__user__is_active=True,
    )
    return found.select_related("session", "person__user").order_by("session__held_on", "pk")


def _about_session(attendance: Attendance, path: str) -> Item:
    session = attendance.session
    values = {
        "bijeenkomst": session.title,
        "datum": date_format(session.held_on, "j F Y"),
        "link": settings.SITE_URL + path,
    }
    return Item(attendance.person.user.pk, f"session-{session.pk}", values)


def _new_sessions(today: date) -> Iterator[Session]:
    """Planned in the past days, not today: what else is planned today goes along with it."""
    now = timezone.now()
    planned = (
        Session.objects.for_everybody()
        .coming(today)
        .filter(
            kind__in=COUNTS_FOR,
            planned_at__gte=_midnight(today, NEW_DAYS),
            planned_at__lt=_midnight(today, 0),
        )
    )
    for session in planned:
        if not session_problems(session, now) and not places_of(session).full:
            yield session


def _lacking(session: Session, today: date) -> dict[int, int]:
    """By person: how many times more the norm asks, enrolments counted; nobody who is in it."""
    found = prospects(programme_calendar(session.held_on), session.pk, today)
    enrolled = set(
        Enrolment.objects.live().filter(session=session).values_list("person", flat=True)
    )
    lacking = {
        person: one.needed - one.attended - one.planned
        for person, one in found.items()
        if person not in enrolled
    }
    return {person: times for person, times in lacking.items() if times > 0}


def _needed_values(kind: SessionKind, times: int, sessions: list[Session]) -> dict[str, str]:
    lines = [
        ", ".join(filter(None, [date_format(one.held_on, "l j F Y"), one.city, one.title]))
        for one in sessions
    ]
    return {
        "soort": str(kind.label),
        "keren": ngettext("%(number)s time", "%(number)s times", times) % {"number": times},
        "data": "\n".join(f"- {line}" for line in lines),
        "link": settings.SITE_URL + reverse("agenda"),
    }


def _midnight(today: date, days_ago: int) -> datetime:
    return timezone.make_aware(datetime.combine(today - timedelta(days=days_ago), time.min))


def _takes_part(user: User) -> bool:
    return user.person_id is not None


_SESSION = {
    "naam": "Sam Bos",
    "bijeenkomst": "Basistraining triage",
    "datum": "14 maart 2028",
    "link": "https://mtvp.example/agenda/12/evaluatie/",
}

KINDS = (
    Kind(
        Announced(
            "mail-needed-session",
            _("Weekly mail: new dates for who still needs a training"),
            "Nieuwe data: {soort}",
            "U heeft nog {keren} nodig. Nieuw in de agenda:\n\n{data}\n\n"
            "Bekijk de agenda en schrijf u in:\n{link}",
            mail=True,
            placeholders={
                "naam": "Sam Bos",
                "soort": "Intervisie",
                "keren": "1 keer",
                "data": "- dinsdag 14 maart 2028, Goirle, Intervisie: verwijzen",
                "link": "https://mtvp.example/agenda/",
            },
        ),
        _("New dates of a training or intervision that you still need"),
        needed_sessions,
        _takes_part,
        _("You get this because your practice takes part and the norm asks this training of you."),
    ),
    Kind(
        Announced(
            "mail-evaluation",
            _("Weekly mail: what did you think of a session"),
            "Wat vond u van {bijeenkomst}?",
            "U was er op {datum}. Wij vragen uw mening, zonder uw naam. Vul de vragen in:\n{link}",
            mail=True,
            placeholders=_SESSION,
        ),
        _("Your opinion of a session you were at"),
        evaluations,
        _takes_part,
        _("You get this because you were at this session."),
    ),
    Kind(
        Announced(
            "mail-certificate",
            _("Weekly mail: a certificate is ready"),
            "Uw certificaat van {bijeenkomst}",
            "U was er op {datum}. Haal uw certificaat op:\n{link}",
            mail=True,
            placeholders=_SESSION | {"link": "https://mtvp.example/mijn-scholing/"},
        ),
        _("Your certificate of a session you were at"),
        certificates,
        _takes_part,
        _("You get this because you were at this session."),
    ),
    Kind(
        Announced(
            "mail-learning-points",
            _("Weekly mail: learning points of a session are shared"),
            "Geleerd bij {bijeenkomst}",
            "Uw collega's delen {aantal}. Lees wat zij leerden:\n{link}",
            mail=True,
            placeholders={
                "naam": "Sam Bos",
                "bijeenkomst": "Intervisie: verwijzen",
                "aantal": "3 leerpunten",
                "link": "https://mtvp.example/leerpunten/",
            },
        ),
        _("What colleagues learned at sessions like yours"),
        learning_points,
        _takes_part,
        _("You get this because you were at a session of this kind in the past year."),
    ),
    *answers.KINDS,
)
