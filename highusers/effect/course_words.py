"""What stands in and under the course of a patient."""

from datetime import date

from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from highusers.effect.foresight import Foresight, Source
from highusers.effect.words import until
from highusers.imports.definitions import Channel
from mtvp.charts.numbers import number


def contacts() -> str:
    return _("Contacts")


def unknown() -> str:
    return _("not known")


def year_title() -> str:
    return _("Contacts per twelve months")


def year_unit() -> str:
    return _("contacts in twelve months")


def month_title() -> str:
    return _("Contacts per month")


def month_unit() -> str:
    return _("contacts in a month")


def month_header() -> str:
    return _("Month")


def month(first_day: date) -> str:
    return formats.date_format(first_day, "b Y")


def channel_title() -> str:
    return _("Contacts by kind")


def channel_conclusion() -> str:
    return _("How this patient's contacts divide over practice, home and telephone or screen.")


def channel(one: Channel) -> str:
    return {
        Channel.PRACTICE: _("At the practice"),
        Channel.HOME: _("At home"),
        Channel.REMOTE: _("Telephone or online"),
        Channel.UNKNOWN: _("Kind not known"),
    }[one]


def plan_started(on: date) -> str:
    return _("Plan from %(date)s") % {"date": until(on)}


def nothing_known() -> str:
    return _("No extract of twelve months holds contacts of this patient.")


def conclusion(after: int | None, foreseen: Foresight | None) -> str:
    """Never a fall by itself: what there was stands beside what was to be expected."""
    if foreseen is None:
        return _("The course of the contacts, extract by extract.")
    told = {"expected": number(foreseen.contacts)}
    if after is None:
        return (
            _("Without a plan about %(expected)s contacts are to be expected in the next extract.")
            % told
        )
    words = ngettext(
        "%(count)s contact in the year after the choice; without a plan about %(expected)s were to "
        "be expected.",
        "%(count)s contacts in the year after the choice; without a plan about %(expected)s were "
        "to be expected.",
        after,
    )
    return words % {**told, "count": number(after)}


def month_conclusion(foreseen: Foresight | None) -> str:
    if foreseen is None:
        return _("The course of the contacts, month by month.")
    return _(
        "Without a plan about %(expected)s contacts a month were to be expected in the year after "
        "the choice."
    ) % {"expected": number(foreseen.contacts / 12, 1)}


def expectation(foreseen: Foresight | None, *, planned: bool) -> str:
    """Where the expected course comes from; the warning about falling stands there always."""
    if foreseen is None:
        if not planned:
            return ""
        return _(
            "What was to be expected without a plan cannot be told yet: too few patients without "
            "a plan have been followed for a year."
        )
    if foreseen.source is Source.PRACTICE:
        return _(
            "Expected without a plan: what the other high users of your practice did in the next "
            "year."
        )
    return _(
        "Expected without a plan: what high users of this region with as many contacts did in the "
        "next year."
    )
