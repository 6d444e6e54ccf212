"""What a calendar program reads: the events of a person, and those of a practice."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime, time

from django.conf import settings
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from monitoring.models import Visit, VisitAppointment
from monitoring.visit_planning.events import events_of
from practices.models import Practice, User
from practices.programme_year import add_years
from practices.states import RegionRoleName
from training.events import personal_event, session_event
from training.ical import Event, calendar_file
from training.models import CalendarFeed, Enrolment, Session
from training.states import SessionKind

FOR_EVERYBODY = (SessionKind.INFORMATION, SessionKind.QUESTION_HOUR)


def feed_file(feed: CalendarFeed, today: date) -> bytes:
    """From a year back on, so that what was cancelled or moved is taken over."""
    since = add_years(today, -1)
    if feed.practice is not None:
        events = _of_practice(feed.practice, since)
        return calendar_file(events, name=_("MTVP %(name)s") % {"name": feed.practice})
    events = _of_person(feed.made_by, since)
    return calendar_file(events, name=_("MTVP %(name)s") % {"name": feed.made_by})


def _of_person(user: User, since: date) -> list[Event]:
    """One's own enrolments, what one accompanies or visits, and what is for everybody."""
    own: defaultdict[int, list[Enrolment]] = defaultdict(list)
    if user.person is not None:
        found = Enrolment.objects.of_person(user.person).filter(session__held_on__gte=since)
        for enrolment in found.select_related("session").order_by("session__held_on", "turn"):
            own[enrolment.session_id].append(enrolment)
    events = [
        personal_event(one[-1].session, one, url=_url(one[-1].session)) for one in own.values()
    ]
    others = Session.objects.filter(held_on__gte=since).exclude(pk__in=own)
    for session in others.filter(Q(facilitator=user) | Q(kind__in=FOR_EVERYBODY)).in_order():
        leads = session.facilitator_id == user.pk
        note = _("You facilitate this session.") if leads else ""
        events.append(session_event(session, url=_url(session), description=note))
    visits = Visit.objects.filter(consultant=user, held_on__gte=since, appointment=None)
    planned = VisitAppointment.objects.by(user).filter(
        held_on__gte=since,
        practice__consultant=user,
        consultant__region_roles__role=RegionRoleName.CONSULTANT,
    )
    return [*events, *_visits(visits.select_related("practice")), *events_of(planned.in_order())]


def _of_practice(practice: Practice, since: date) -> list[Event]:
    """Names stay out: whoever has the address of the feed would read them."""
    people: defaultdict[int, int] = defaultdict(int)
    live = Enrolment.objects.live().of_practice(practice).filter(session__held_on__gte=since)
    for session_id in live.order_by().values_list("session_id", flat=True):
        people[session_id] += 1
    sessions = Session.objects.filter(held_on__gte=since)
    events = [
        session_event(session, url=_url(session), description=_colleagues(people[session.pk]))
        for session in sessions.filter(Q(pk__in=people) | Q(kind__in=FOR_EVERYBODY)).in_order()
    ]
    visits = Visit.objects.filter(practice=practice, held_on__gte=since, appointment=None)
    planned = VisitAppointment.objects.of_practices([practice]).filter(held_on__gte=since)
    visited = _visits(visits.select_related("practice"))
    return [*events, *visited, *events_of(planned.in_order())]


def _colleagues(people: int) -> str:
    if not people:
        return ""
    text = ngettext(
        "%(people)s colleague is enrolled.", "%(people)s colleagues are enrolled.", people
    )
    return text % {"people": people}


def _visits(visits: Iterable[Visit]) -> list[Event]:
    return [
        Event(
            uid=f"bezoek-{visit.practice.code}-{visit.pk}@mtvp",
            title=_("Visit of the consultant to %(practice)s") % {"practice": visit.practice},
            day=visit.held_on,
            changed_at=_midnight(visit.held_on),
            place=visit.practice.city,
            url=f"{settings.SITE_URL}{reverse('practice_start', args=[visit.practice.slug])}",
        )
        for visit in visits
    ]


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time.min, timezone.get_default_timezone())


def _url(session: Session) -> str:
    return f"{settings.SITE_URL}{reverse('session', args=[session.pk])}"
