"""A line of the list ready to be printed; what lines share is made once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.html import format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from highusers.choosing.contacts import Course, channel_words
from highusers.choosing.listing import Line
from highusers.choosing.saving import Answer, profile_name
from highusers.imports.definitions import Channel
from highusers.models import PatientProfile
from highusers.states import Sex
from mtvp.charts.lines import sparkline


@dataclass(frozen=True, slots=True)
class Row:
    """`channels` is '' where the file does not tell them, `spark` where there is one point;
    `profiles` are the options of its list; `answer` is there when this row was just saved."""

    line: Line
    channels: str
    spark: SafeString | str
    about: str
    profiles: SafeString
    answer: Answer | None = None


def rows_of(
    lines: Sequence[Line],
    profiles: Sequence[PatientProfile],
    answers: Mapping[str, Answer] | None = None,
) -> list[Row]:
    """`answers` by key of the line: what was just sent and not saved; it stays filled in."""
    for line in lines:
        answer = (answers or {}).get(line.key)
        for name, value in answer.clash.given.items() if answer and answer.clash else ():
            setattr(line.judgement, name, value)
    words, sexes = channel_words(), {str(sex): str(sex.label).lower() for sex in Sex}
    options = profile_options(profiles)
    return [
        Row(
            line=line,
            channels=_channels(line.channels, words),
            spark=_spark(line),
            about=", ".join(filter(None, (line.age_band, sexes.get(line.sex)))),
            profiles=options[line.judgement.profile_id],
            answer=(answers or {}).get(line.key),
        )
        for line in lines
    ]


def profile_options(profiles: Sequence[PatientProfile]) -> dict[int | None, SafeString]:
    """The options of the list of profiles, for each one that may be chosen in it."""
    names: dict[int | None, str] = {None: _("Not chosen yet")}
    names |= {one.pk: profile_name(one) for one in profiles}
    selected = mark_safe(" selected")
    return {
        chosen: format_html_join(
            "",
            '<option value="{}"{}>{}</option>',
            ((pk or "", selected if pk == chosen else "", name) for pk, name in names.items()),
        )
        for chosen in names
    }


def _channels(sums: Mapping[Channel, int], words: Mapping[Channel, str]) -> str:
    return ", ".join(words[channel] % {"contacts": number} for channel, number in sums.items())


def _spark(line: Line) -> SafeString | str:
    course = line.course
    if len(course.values) < 2:
        return ""
    title = course_title(course)
    svg = sparkline(title, course_words(course), course.values)
    return mark_safe(svg)  # noqa: S308 - drawn by mtvp.charts, which escapes


def course_title(course: Course) -> str:
    return _("Contacts per month") if course.by_month else _("Contacts per extract")


def course_words(course: Course) -> str:
    """The points in words, for who cannot see the line: ends and peak."""
    known = [
        (value, day)
        for day, value in zip(course.days, course.values, strict=True)
        if value is not None
    ]
    (begun, first), (now, last) = known[0], known[-1]
    most, peak = max(known, key=lambda point: point[0])
    return _("%(first)s: %(begun)s; most in %(peak)s: %(most)s; %(last)s: %(now)s") % {
        "first": course.label(first),
        "begun": begun,
        "peak": course.label(peak),
        "most": most,
        "last": course.label(last),
        "now": now,
    }
