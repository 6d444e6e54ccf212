"""A line of the list ready to be printed; what lines share is made once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from highusers.choosing import cells
from highusers.choosing.cells import NOTHING, Desk
from highusers.choosing.contacts import Course, channel_words
from highusers.choosing.listing import Line
from highusers.choosing.markup import filled, filled_each, joined
from highusers.choosing.saving import Answer, profile_name
from highusers.imports.definitions import Channel
from highusers.models import PatientProfile
from highusers.states import Sex
from mtvp.charts.lines import sparkline

_ROW = (
    '<tr id="row-{key}"{saves}><th scope="row">{name}</th><td class="number">{contacts}</td>'
    '<td>{spark}<span class="hint">{channels}</span></td><td>{about}</td><td>{plans}</td>'
    "{judged}</tr>\n"
)
_JUDGED = (
    '<td>{asked}<div id="said-{key}">{said}</div></td><td>{profile}</td>'
    '<td><div id="choice-{key}">{choice}</div></td>'
)


@dataclass(frozen=True, slots=True)
class Row:
    """`channels` is '' where the file does not tell them, `spark` where there is one point;
    `answer` is there when this row was just saved."""

    line: Line
    channels: str
    spark: SafeString
    about: str
    answer: Answer | None = None


def rows_of(lines: Sequence[Line], answers: Mapping[str, Answer] | None = None) -> list[Row]:
    """`answers` by key of the line: what was just sent and not saved; it stays filled in."""
    told = answers or {}
    channels, sexes = channel_words(), {str(sex): str(sex.label).lower() for sex in Sex}
    for line in lines:
        clash = told[line.key].clash if line.key in told else None
        for field, value in clash.given.items() if clash else ():
            setattr(line.judgement, field, value)
    return [
        Row(
            line=line,
            channels=_channels(line.channels, channels),
            spark=_spark(line),
            about=", ".join(filter(None, (line.age_band, sexes.get(line.sex)))),
            answer=told.get(line.key),
        )
        for line in lines
    ]


def body(rows: Sequence[Row], desk: Desk) -> SafeString:
    """The rows of the table. A file without channels is for the page to tell, not for each row."""
    missing = desk.words["no_channel"] if any(row.channels for row in rows) else ""
    return joined(_row(row, desk, missing) for row in rows)


def _row(row: Row, desk: Desk, missing: str) -> SafeString:
    """`missing` stands where the channels of this patient are not told."""
    line = row.line
    return filled(
        _ROW,
        key=line.key,
        saves=cells.saves(desk, line) if desk.may_choose else NOTHING,
        name=cells.name(desk, line),
        contacts=line.contacts,
        spark=row.spark,
        channels=row.channels or missing,
        about=row.about,
        plans=cells.plans(desk, line),
        judged=_judged(row, desk) if desk.may_see else NOTHING,
    )


def _judged(row: Row, desk: Desk) -> SafeString:
    line, may = row.line, desk.may_choose
    return filled(
        _JUDGED,
        key=line.key,
        asked=cells.asked(desk, line) if may else line.judgement.get_influenceable_display(),
        said=cells.said(desk, line, row.answer),
        profile=cells.profile(desk, line) if may else _profile(line),
        choice=cells.choice(desk, line),
    )


def _profile(line: Line) -> str:
    return profile_name(line.judgement.profile) if line.judgement.profile else ""


def profile_options(profiles: Sequence[PatientProfile]) -> dict[int | None, SafeString]:
    """The options of the list of profiles, for each one that may be chosen in it."""
    names: dict[int | None, str] = {None: _("Without a profile")}
    names |= {one.pk: profile_name(one) for one in profiles}
    selected = SafeString(" selected")
    return {
        chosen: filled_each(
            '<option value="{}"{}>{}</option>',
            ((pk or "", selected if pk == chosen else "", name) for pk, name in names.items()),
        )
        for chosen in names
    }


def _channels(sums: Mapping[Channel, int], words: Mapping[Channel, str]) -> str:
    return ", ".join(words[channel] % {"contacts": number} for channel, number in sums.items())


def _spark(line: Line) -> SafeString:
    course = line.course
    if len(course.values) < 2:
        return NOTHING
    title = course_title(course)
    return SafeString(sparkline(title, course_words(course), course.values))


def course_title(course: Course) -> str:
    return _("Contacts per month") if course.by_month else _("Contacts per extract")


def course_words(course: Course) -> str:
    """The points in words, for who cannot see the line: ends, and the peak between them."""
    known = [
        (value, day)
        for day, value in zip(course.days, course.values, strict=True)
        if value is not None
    ]
    (begun, first), (now, last) = known[0], known[-1]
    most, peak = max(known, key=lambda point: point[0])
    if most in (begun, now):
        return _("%(first)s: %(begun)s; %(last)s: %(now)s") % {
            "first": course.label(first),
            "begun": begun,
            "last": course.label(last),
            "now": now,
        }
    return _("%(first)s: %(begun)s; most in %(peak)s: %(most)s; %(last)s: %(now)s") % {
        "first": course.label(first),
        "begun": begun,
        "peak": course.label(peak),
        "most": most,
        "last": course.label(last),
        "now": now,
    }
