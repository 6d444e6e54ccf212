"""Putting right what was frozen: a next version with its reason and every difference.

Differences are found in what the two versions show, table by table: so each is named as a reader
finds it, and none is found that a reader does not see.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from django.utils import translation
from django.utils.translation import gettext as _

from monitoring.models import Report as StoredReport
from monitoring.report.build import LANGUAGE
from monitoring.report.comparing import source_words
from monitoring.report.document import document_of
from monitoring.report.small_changes import without_small_changes
from monitoring.report.states import BlockKind
from monitoring.report.value import (
    Correction,
    Difference,
    Report,
    report_from_json,
)
from monitoring.report.wording import with_words
from monitoring.states import ReportState
from mtvp.charts.numbers import day
from mtvp.documents.model import Document, KeyFigures, Mark
from mtvp.documents.words import cell_words, mark_words, shown

Shown = dict[tuple[str, str], str]
"""What a report shows, by section and what it says something about."""


def composed(stored: StoredReport) -> Report:
    """What a draft reads now: its figures as they were counted and as far as they may stand beside
    the reports that are final now, the words as they are at this moment and, of a correction, what
    differs from the version before. A final one as it is."""
    value = report_from_json(stored.value)
    if stored.state == ReportState.FINAL:
        return value
    with translation.override(LANGUAGE):
        settled = without_small_changes(with_words(value), stored.insurer)
        return with_correction(settled, stored)


def with_correction(value: Report, stored: StoredReport) -> Report:
    """What differs from the version before, in a version after the first."""
    before = StoredReport.objects.filter(
        year=stored.year,
        insurer=stored.insurer_id,
        appendix=stored.appendix,
        version=stored.version - 1,
    ).first()
    if before is None:
        return value
    found = tuple(differences(report_from_json(before.value), value))
    correction = Correction(stored.version, stored.reason, before.sha256, found)
    return replace(value, correction=correction)


def differences(old: Report, new: Report) -> Iterator[Difference]:
    """In the order of the new version; what only the old one says stands at the end. A number that
    may not show any more and words that a practice took back are not said once again."""
    was, now = _shown(old), _shown(new)
    for place in [*now, *(one for one in was if one not in now)]:
        before, after = was.get(place, ""), now.get(place, "")
        if before != after:
            hidden = after == mark_words(Mark.HIDDEN) and before
            yield Difference(*place, _("a figure") if hidden else before, after)
    yield from _quotes(old, new)


def _quotes(old: Report, new: Report) -> Iterator[Difference]:
    for one in new.quotes:
        if one not in old.quotes:
            yield Difference(str(BlockKind(one.block).label), _("Quote"), "", one.text)
    for one in old.quotes:
        if one not in new.quotes:
            said = _("words of a practice")
            yield Difference(str(BlockKind(one.block).label), _("Quote"), said, "")


def _shown(report: Report) -> Shown:
    """Every key figure, every cell and note of every table, and every text."""
    document = document_of(replace(report, correction=None), draft=False)
    found: Shown = dict(_key_figures(document)) | dict(_year_before(report))
    for section, table in document.tables():
        seen: Counter[str] = Counter()
        for row in table.rows:
            name = cell_words(row[0], table.columns[0])
            seen[name] += 1
            again = f" ({seen[name]})" if seen[name] > 1 else ""
            for column, value in zip(table.columns[1:], row[1:], strict=True):
                what = f"{table.title}: {name}{again}, {column.title}"
                found[section, what] = cell_words(value, column)
        found[section, f"{table.title}: {_('Explanation')}"] = table.note
    for words in report.texts:
        found[str(BlockKind(words.block).label), _("Text")] = words.text
    return found


def _year_before(report: Report) -> Iterator[tuple[tuple[str, str], str]]:
    """What is said of the year before outside the tables."""
    if report.last_year is not None:
        where = str(BlockKind.ROLL_OUT.label), _("Beside last year")
        yield where, source_words(report.last_year)
    if report.meeting is not None:
        agreements = str(BlockKind.AGREEMENTS.label)
        yield (
            (agreements, _("Date of the meeting")),
            day(date.fromisoformat(report.meeting.held_on)),
        )
        yield (agreements, _("Adjustments")), report.meeting.adjustments


def _key_figures(document: Document) -> Iterator[tuple[tuple[str, str], str]]:
    for block in document.blocks:
        if isinstance(block, KeyFigures):
            for one in block.items:
                yield (block.title, one.label), shown(one.value, one.kind, one.decimals)
