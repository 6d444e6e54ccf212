"""How long the menu, sessions, enrolment and attendance are kept; what is held on a person."""

from datetime import date, timedelta
from typing import Any

from django.db.models import Q
from django.utils import timezone

from practices.models import Person, User
from practices.programme_year import add_years
from practices.retention import Rule, Whose
from practices.rights.people import rows
from training.models import Attendance, CalendarFeed, Enrolment, QueueChange, Session, SessionMail

PROGRAMME = "as long as the region accounts for the programme"
ENROLMENT_YEARS = 2
FEED_MONTHS = 1
PERSON_UNTIL = f"{ENROLMENT_YEARS} years after the session"


def _delete_enrolments(today: date) -> int:
    over = Enrolment.objects.filter(session__held_on__lt=add_years(today, -ENROLMENT_YEARS))
    return over.delete()[1].get("training.Enrolment", 0)


def _delete_withdrawn_feeds(today: date) -> int:
    before = timezone.now() - timedelta(days=30 * FEED_MONTHS)
    found = CalendarFeed.objects.filter(Q(withdrawn_at__lt=before) | Q(made_by__is_active=False))
    return found.delete()[0]


RULES = (
    Rule(
        "training.Course",
        Whose.NOBODY,
        PROGRAMME,
        harmless=("title", "description", "roles", "supplier", "accreditation_body"),
    ),
    Rule("training.CoursePrice", Whose.NOBODY, PROGRAMME),
    Rule("training.Series", Whose.NOBODY, PROGRAMME, harmless=("title",)),
    Rule(
        "training.Session",
        Whose.STAFF,
        f"{PROGRAMME}; nameless once the account is",
        personal=("facilitator", "trainer"),
        harmless=(
            *("reference", "title", "place", "city", "online_url"),
            *("capacity_reason", "cancel_reason"),
        ),
    ),
    Rule(
        "training.Enrolment",
        Whose.STAFF,
        f"{PERSON_UNTIL}; what counts is attendance",
        personal=("person", "enrolled_by"),
        delete=_delete_enrolments,
    ),
    Rule(
        "training.QueueChange",
        Whose.STAFF,
        "with its enrolment",
        personal=("changed_by", "reason"),
    ),
    Rule(
        "training.SessionMail",
        Whose.NOBODY,
        "with its enrolment; the text is not kept",
    ),
    Rule(
        "training.CalendarFeed",
        Whose.STAFF,
        f"until withdrawn, and {FEED_MONTHS} month after",
        personal=("user", "made_by"),
        harmless=("token_hash",),
        delete=_delete_withdrawn_feeds,
    ),
    Rule(
        "training.Attendance",
        Whose.STAFF,
        f"{PROGRAMME}; nameless once the person is",
        personal=("person",),
    ),
)


def held_on_person(person: Person | None, account: User | None) -> dict[str, Any]:
    return _taking_part(person) | _of_account(account)


def _taking_part(person: Person | None) -> dict[str, Any]:
    if person is None:
        return {}
    return {
        "attendance": rows(
            Attendance.objects.filter(person=person),
            "session__title",
            "session__held_on",
            "present",
        ),
        "enrolments": rows(
            Enrolment.objects.of_person(person),
            *("session__title", "session__held_on", "practice__name", "state", "turn"),
            *("enrolled_at", "promoted_at", "ended_at", "on_behalf"),
        ),
        "queue_changes": rows(
            QueueChange.objects.filter(enrolment__person=person),
            *("enrolment__session__title", "from_place", "to_place", "reason", "changed_at"),
        ),
        "session_mails": rows(
            SessionMail.objects.filter(enrolment__person=person),
            *("kind", "for_day", "created_at", "sent_at"),
        ),
    }


def _of_account(account: User | None) -> dict[str, Any]:
    if account is None:
        return {}
    return {
        "sessions_led": rows(Session.objects.facilitated_by(account), "title", "held_on"),
        "enrolled_for_others": Enrolment.objects.filter(enrolled_by=account).count(),
        "calendar_addresses": rows(
            CalendarFeed.objects.filter(made_by=account),
            *("practice__name", "made_at", "withdrawn_at"),
        ),
    }
