"""Calendar files (RFC 5545): events in, bytes out."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from email.utils import parseaddr
from zoneinfo import ZoneInfo

from django.conf import settings
from icalendar import Calendar, Timezone, vCalAddress
from icalendar import Event as Component

ZONE = ZoneInfo("Europe/Amsterdam")
PRODUCT = "-//MTVP//agenda//NL"
REFRESH = "PT4H"
"""How often a program that follows a feed is asked to look again."""

_CLOCK = """BEGIN:VTIMEZONE
TZID:Europe/Amsterdam
BEGIN:DAYLIGHT
DTSTART:19960331T020000
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
TZNAME:CEST
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
END:DAYLIGHT
BEGIN:STANDARD
DTSTART:19961027T030000
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
TZNAME:CET
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
END:STANDARD
END:VTIMEZONE
"""
"""The clock of the European Union since 1996: programs without a table of zones need it."""


@dataclass(frozen=True, slots=True)
class Event:
    """Times are on the clock in the Netherlands; without a start it takes the whole day.

    `uid` stays the same for the life of what is told, `sequence` never falls.
    """

    uid: str
    title: str
    day: date
    changed_at: datetime
    starts_at: time | None = None
    ends_at: time | None = None
    place: str = ""
    description: str = ""
    url: str = ""
    sequence: int = 0
    cancelled: bool = False
    tentative: bool = False


def calendar_file(events: Iterable[Event], *, name: str, method: str = "PUBLISH") -> bytes:
    """`method` is PUBLISH, or CANCEL to take one event out of the calendar it was put in."""
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", method)
    calendar.add("x-wr-calname", name)
    calendar.add("x-wr-timezone", ZONE.key)
    calendar.add("x-published-ttl", REFRESH)
    calendar.add_component(Timezone.from_ical(_CLOCK))
    for event in events:
        calendar.add_component(_component(event))
    return bytes(calendar.to_ical())


def _component(event: Event) -> Component:
    made = Component()
    made.add("uid", event.uid)
    made.add("dtstamp", event.changed_at)
    made.add("last-modified", event.changed_at)
    made.add("sequence", event.sequence)
    made.add("summary", event.title)
    if event.starts_at is None:
        made.add("dtstart", event.day)
        made.add("dtend", event.day + timedelta(days=1))
    else:
        made.add("dtstart", datetime.combine(event.day, event.starts_at, ZONE))
        if event.ends_at is not None:
            made.add("dtend", datetime.combine(event.day, event.ends_at, ZONE))
    for field in ("place", "description", "url"):
        if getattr(event, field):
            made.add("location" if field == "place" else field, getattr(event, field))
    made.add("organizer", _organizer())
    made.add("status", _status(event))
    made.add("transp", "TRANSPARENT" if event.cancelled else "OPAQUE")
    return made


def _organizer() -> vCalAddress:
    """Whoever sends the mail: every event of a published calendar names one (RFC 5546, 3.2)."""
    name, address = parseaddr(settings.DEFAULT_FROM_EMAIL)
    organizer = vCalAddress(f"mailto:{address}")
    if name:
        organizer.params["CN"] = name
    return organizer


def _status(event: Event) -> str:
    if event.cancelled:
        return "CANCELLED"
    return "TENTATIVE" if event.tentative else "CONFIRMED"
