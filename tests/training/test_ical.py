"""Calendar files, read by two parsers that share nothing with the writer."""

import io
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
import vobject
from dateutil.tz import tzical

from tests.training import rfc5545
from training.ical import Event, calendar_file

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
EVENING = Event(
    "een@mtvp",
    "Intervisie; verwijzen, bij twijfel",
    date(2027, 3, 14),
    NOW,
    time(19, 30),
    time(21, 30),
    place="Zaal, Goirle",
    description="Regel 1\nRegel 2 met een é en een lange tekst die over de grens van de regel gaat",
    url="https://mtvp.example/agenda/1/",
    sequence=3,
)


def test_a_strict_reader_has_no_complaint_and_reads_what_was_meant() -> None:
    calendar = rfc5545.read(calendar_file([EVENING], name="MTVP Sam Bos"))
    assert calendar.one("METHOD") == "PUBLISH"
    (event,) = [part for part in calendar.parts if part.name == "VEVENT"]
    assert event.one("UID") == "een@mtvp"
    assert event.one("SEQUENCE") == "3"
    assert event.one("SUMMARY") == r"Intervisie\; verwijzen\, bij twijfel"
    assert event.parameters("DTSTART") == {"TZID": "Europe/Amsterdam"}
    assert event.one("DTSTART") == "20270314T193000"
    assert event.one("DTEND") == "20270314T213000"
    assert event.one("DTSTAMP") == "20261122T120000Z"
    assert "Regel 1\\nRegel 2" in event.one("DESCRIPTION")


def test_who_publishes_or_cancels_is_named(settings) -> None:
    settings.DEFAULT_FROM_EMAIL = '"Meer tijd, PrimaCura" <mtvp@voorbeeld.example>'
    for method in ("PUBLISH", "CANCEL"):
        content = calendar_file([EVENING], name="x", method=method)
        assert rfc5545.read(content).parts[-1].one("ORGANIZER") == "mailto:mtvp@voorbeeld.example"
        organizer = vobject.readOne(content.decode()).vevent.organizer
        assert organizer.value == "mailto:mtvp@voorbeeld.example"
    settings.DEFAULT_FROM_EMAIL = "mtvp@voorbeeld.example"
    bare = rfc5545.read(calendar_file([EVENING], name="x")).parts[-1]
    assert bare.parameters("ORGANIZER") == {}


def test_another_library_reads_the_same() -> None:
    event = vobject.readOne(calendar_file([EVENING], name="x").decode()).vevent
    assert event.summary.value == EVENING.title
    assert event.description.value == EVENING.description
    assert event.dtstart.value.utcoffset() == timedelta(hours=1)
    assert event.dtstart.value.replace(tzinfo=None) == datetime(2027, 3, 14, 19, 30)
    assert event.status.value == "CONFIRMED"


def test_without_a_time_it_takes_the_whole_day() -> None:
    whole = Event("dag@mtvp", "Bezoek", date(2027, 3, 28), NOW)
    event = rfc5545.read(calendar_file([whole], name="x")).parts[-1]
    assert event.parameters("DTSTART") == {"VALUE": "DATE"}
    assert (event.one("DTSTART"), event.one("DTEND")) == ("20270328", "20270329")


@pytest.mark.parametrize(
    ("cancelled", "tentative", "status"),
    [
        (False, False, "CONFIRMED"),
        (False, True, "TENTATIVE"),
        (True, False, "CANCELLED"),
        (True, True, "CANCELLED"),
    ],
)
def test_the_status(cancelled: bool, tentative: bool, status: str) -> None:
    made = Event("s@mtvp", "x", date(2027, 3, 28), NOW, cancelled=cancelled, tentative=tentative)
    calendar = rfc5545.read(calendar_file([made], name="x", method="CANCEL"))
    assert calendar.one("METHOD") == "CANCEL"
    assert calendar.parts[-1].one("STATUS") == status


DAYS = [date(year, month, 25) for year in (2023, 2027, 2045) for month in (3, 10)]


@pytest.mark.parametrize("week", DAYS)
def test_the_clock_change_moves_no_session(week: date) -> None:
    """The zone that goes along gives the offset of the tz database, in the hours around it too."""
    content = calendar_file([EVENING], name="x").decode()
    zone = content[content.index("BEGIN:VTIMEZONE") : content.index("BEGIN:VEVENT")]
    ours = tzical(io.StringIO(zone.replace("\r\n", "\n"))).get("Europe/Amsterdam")
    amsterdam = ZoneInfo("Europe/Amsterdam")
    for days in range(8):
        for hour in (0, 1, 4, 12, 19):
            moment = datetime.combine(week + timedelta(days=days), time(hour, 30))
            said = moment.replace(tzinfo=ours).utcoffset()
            assert said == moment.replace(tzinfo=amsterdam).utcoffset(), moment
