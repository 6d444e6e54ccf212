"""A strict reader of calendar files, written from RFC 5545 and sharing nothing with the writer."""

import re
from dataclasses import dataclass, field

NAME = re.compile(r"^[A-Za-z0-9-]+$")
UTC, LOCAL, DAY = (re.compile(p) for p in (r"^\d{8}T\d{6}Z$", r"^\d{8}T\d{6}$", r"^\d{8}$"))
ONCE = {"UID", "DTSTAMP", "DTSTART", "DTEND", "SEQUENCE", "SUMMARY", "STATUS", "LAST-MODIFIED"}
ONCE |= {"ORGANIZER"}


@dataclass
class Part:
    name: str
    lines: list[tuple[str, dict[str, str], str]] = field(default_factory=list)
    parts: list["Part"] = field(default_factory=list)

    def one(self, name: str) -> str:
        (value,) = [value for found, _more, value in self.lines if found == name]
        return value

    def parameters(self, name: str) -> dict[str, str]:
        (found,) = [more for this, more, _value in self.lines if this == name]
        return found


def read(content: bytes) -> Part:
    """The calendar, or AssertionError with the line that is wrong."""
    assert content.endswith(b"\r\n"), "the last line has no end"
    raw = content[:-2].split(b"\r\n")
    assert not any(b"\n" in line or b"\r" in line for line in raw), "a line ends without CRLF"
    assert max(map(len, raw)) <= 75, "a line is longer than 75 octets"
    for line in raw:
        line.decode("utf-8")  # folded within a sign it would not decode
    root = Part("ROOT")
    stack = [root]
    for line in content.decode().replace("\r\n ", "").replace("\r\n\t", "")[:-2].split("\r\n"):
        head, colon, value = _split(line)
        assert colon, line
        name, *parameters = head.split(";")
        assert NAME.match(name), line
        if name == "BEGIN":
            stack.append(Part(value))
            stack[-2].parts.append(stack[-1])
        elif name == "END":
            assert stack.pop().name == value, line
        else:
            stack[-1].lines.append((name, dict(one.split("=", 1) for one in parameters), value))
    assert stack == [root]
    (calendar,) = root.parts
    _check(calendar)
    return calendar


def _split(line: str) -> tuple[str, str, str]:
    """At the first colon that does not stand in a quoted parameter."""
    quoted = False
    for place, sign in enumerate(line):
        quoted ^= sign == '"'
        if sign == ":" and not quoted:
            return line[:place], ":", line[place + 1 :]
    return line, "", ""


def _check(calendar: Part) -> None:
    assert calendar.name == "VCALENDAR"
    assert calendar.one("VERSION") == "2.0"
    assert calendar.one("PRODID")
    zones = {part.one("TZID") for part in calendar.parts if part.name == "VTIMEZONE"}
    events = [part for part in calendar.parts if part.name == "VEVENT"]
    uids = [event.one("UID") for event in events]
    assert len(uids) == len(set(uids)), "a UID stands there twice"
    for event in events:
        _check_event(event, zones)
        if any(name == "METHOD" for name, _more, _value in calendar.lines):
            # RFC 5546, 3.2.1 and 3.2.5: who publishes or cancels says who they are.
            assert re.fullmatch(r"mailto:[^@\s]+@[^@\s]+", event.one("ORGANIZER"))


def _check_event(event: Part, zones: set[str]) -> None:
    names = [name for name, _more, _value in event.lines]
    assert not {name for name in ONCE if names.count(name) > 1}
    assert {"UID", "DTSTAMP", "DTSTART"} <= set(names)
    assert UTC.match(event.one("DTSTAMP"))
    assert event.one("STATUS") in {"TENTATIVE", "CONFIRMED", "CANCELLED"}
    assert int(event.one("SEQUENCE")) >= 0
    for name in {"DTSTART", "DTEND"} & set(names):
        more, value = event.parameters(name), event.one(name)
        if more.get("VALUE") == "DATE":
            assert DAY.match(value)
        elif "TZID" in more:
            assert LOCAL.match(value) and more["TZID"] in zones
        else:
            assert UTC.match(value)
    for name in {"SUMMARY", "LOCATION", "DESCRIPTION"} & set(names):
        assert not re.search(r"(?<!\\)[;,]", event.one(name)), f"{name} holds a sign unescaped"
