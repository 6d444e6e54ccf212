"""What makes a file that can be taken look odd: one warning per function, none of them blocks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from django.utils.translation import gettext, ngettext

from highusers.imports.contact_types import KEPT_KINDS, type_key
from highusers.imports.definitions import Channel, channel_of
from highusers.imports.mapping import Columns, Shape
from highusers.imports.result import Notice, grouped
from highusers.imports.synonyms import Field
from highusers.imports.totals import MANY_CONTACTS, Counted
from mtvp.charts.numbers import number
from practices.programme_year import is_twelve_months

LOW_SHARE = 0.003
HIGH_SHARE = 0.05
OLD_AGE = 65
NAMED_FROM_ROWS = 10
LONGEST_NAMED_TYPE = 40
ROWS_LISTED = 10


def warnings_of(
    counted: Counted,
    columns: Columns,
    total_rows: Sequence[int],
    period: tuple[date, date],
    threshold: int,
    panel: int | None,
) -> list[Notice]:
    """All warnings of a file, in the order in which people read them."""
    found: Iterator[Notice | None] = iter(
        (
            period_length(period),
            total_line(total_rows),
            outside_period(counted.outside_period),
            equal_contacts(counted.equal_lines),
            unknown_type(counted, columns),
            many_contacts(counted),
            share_of_high_users(counted, threshold, panel),
            nobody_over_65(counted, period[1]),
            no_remote_contacts(counted),
        )
    )
    return [notice for notice in found if notice]


def period_length(period: tuple[date, date]) -> Notice | None:
    """Only a period of exactly twelve months counts for the norm."""
    if is_twelve_months(*period):
        return None
    return Notice(
        "period_length",
        gettext("The period is not exactly 12 months. The extract counts for no obligation."),
    )


def total_line(rows: Sequence[int]) -> Notice | None:
    """Lines that were taken for a total are named, so that nothing goes missing unseen."""
    if not rows:
        return None
    message = ngettext(
        "Row %(rows)s looks like a total line and was skipped.",
        "%(count)s rows look like a total line and were skipped: %(rows)s.",
        len(rows),
    )
    return Notice("total_line", message % {"count": grouped(len(rows)), "rows": _row_list(rows)})


def outside_period(lines: int) -> Notice | None:
    """Contacts before the first or after the last day do not count."""
    if not lines:
        return None
    message = ngettext(
        "%(count)s contact lies outside the period and does not count.",
        "%(count)s contacts lie outside the period and do not count.",
        lines,
    )
    return Notice("outside_period", message % {"count": grouped(lines)})


def equal_contacts(lines: int) -> Notice | None:
    """Without a contact number equal lines may be one contact twice, or two contacts."""
    if not lines:
        return None
    message = ngettext(
        "%(count)s row is equal to an earlier row. It counts as a contact of its own.",
        "%(count)s rows are equal to an earlier row. They count as contacts of their own.",
        lines,
    )
    return Notice("equal_contacts", message % {"count": grouped(lines)})


def unknown_type(counted: Counted, columns: Columns) -> Notice | None:
    """Types that no table knows count; common, harmless words among them are named."""
    if columns.shape is not Shape.CONTACTS:
        return None
    if Field.TYPE not in columns.fields:
        return Notice(
            "unknown_type",
            gettext("The file has no column with the type of contact. Every row counts."),
        )
    if not counted.unknown_types and not counted.blank_types:
        return None
    named = [(text, rows) for text, rows in counted.unknown_types if _may_be_named(text, rows)]
    others = len(counted.unknown_types) - len(named)
    sentences = [gettext("Contacts of a type that is not known count.")]
    if named:
        listed = ", ".join(f"{text} ({grouped(rows)})" for text, rows in named)
        sentences.append(gettext("Types with their number of rows: %(types)s.") % {"types": listed})
    if others:
        message = ngettext("%(count)s other type.", "%(count)s other types.", others)
        sentences.append(message % {"count": grouped(others)})
    if counted.blank_types:
        message = ngettext(
            "%(count)s row without a type.", "%(count)s rows without a type.", counted.blank_types
        )
        sentences.append(message % {"count": grouped(counted.blank_types)})
    return Notice("unknown_type", " ".join(sentences))


def _may_be_named(text: str, rows: int) -> bool:
    """A rare, long or numbered text may be personal, so only its existence is told."""
    harmless = len(text) <= LONGEST_NAMED_TYPE and not any(map(str.isnumeric, text))
    return harmless and rows >= NAMED_FROM_ROWS


def many_contacts(counted: Counted) -> Notice | None:
    """More than one contact a day is possible, and rare."""
    patients = int((counted.patients.frame["contacts"] > MANY_CONTACTS).sum())
    if not patients:
        return None
    message = ngettext(
        "%(count)s patient has more than %(limit)s contacts.",
        "%(count)s patients have more than %(limit)s contacts.",
        patients,
    ) % {"count": grouped(patients), "limit": MANY_CONTACTS}
    if counted.many_contacts_rows:
        rows = _row_list(counted.many_contacts_rows)
        message += " " + gettext("Check row %(rows)s.") % {"rows": rows}
    return Notice("many_contacts", message)


def share_of_high_users(counted: Counted, threshold: int, panel: int | None) -> Notice | None:
    """Expected are 0.3 to 5 % of the practice's list; of the file when the list is not known.

    Where nobody is left, all contacts lie outside the period: that is said already."""
    contacts = counted.patients.frame["contacts"]
    high = int((contacts >= threshold).sum())
    whole = panel or len(contacts)
    if contacts.empty or (not panel and high == len(contacts)):
        return None
    share = high / whole
    if LOW_SHARE <= share <= HIGH_SHARE:
        return None
    low = share < LOW_SHARE
    advice = gettext("1 to 2%% is usual. Check whether the extract is complete and of one year.")
    if not high:
        nobody = gettext("None of the %(patients)s patients has %(threshold)s contacts or more.")
        shown = {"patients": grouped(whole), "threshold": threshold}
        return Notice("share_low", f"{nobody % shown} {advice % ()}")
    message = (
        gettext("Only %(share)s%% of the patients have %(threshold)s contacts or more.")
        if low
        else gettext("%(share)s%% of the patients have %(threshold)s contacts or more.")
    )
    shown = {"share": number(share * 100, 2), "threshold": threshold}
    return Notice("share_low" if low else "share_high", f"{message % shown} {advice % ()}")


def nobody_over_65(counted: Counted, last_day: date) -> Notice | None:
    """Most high users are elderly; a file without anyone of 65 is likely to miss some."""
    years = counted.patients.frame["birth_year"]
    known = years[years > 0]
    if known.empty or (last_day.year - known >= OLD_AGE).any():
        return None
    return Notice(
        "nobody_over_65",
        gettext("Nobody in the file is 65 or older. Check whether the extract is complete."),
    )


def no_remote_contacts(counted: Counted) -> Notice | None:
    """A file that tells channels but no telephone or e-consultation may miss those."""
    if not counted.has_types:
        return None
    sums = counted.patients.sums_by_type or {}
    channels = {
        channel_of(kind): sums.get(type_key(kind), 0)
        for kind in sorted(KEPT_KINDS, key=lambda kind: sums.get(type_key(kind), 0))
    }
    known = channels.get(Channel.PRACTICE, 0) + channels.get(Channel.HOME, 0)
    if not known or channels.get(Channel.REMOTE, 0) or channels.get(Channel.UNKNOWN, 0):
        return None
    return Notice(
        "no_remote_contacts",
        gettext("The file has no telephone or e-consultations. Check whether they are missing."),
    )


def _row_list(rows: Sequence[int]) -> str:
    listed = ", ".join(str(row) for row in rows[:ROWS_LISTED])
    return f"{listed}, …" if len(rows) > ROWS_LISTED else listed
