"""The response to the questionnaires of a year as a workbook: the same rows as on the page."""

from collections.abc import Iterator, Sequence
from datetime import date

from django.utils.translation import gettext as _

from monitoring.questionnaires.choice import Row, summary
from monitoring.questionnaires.facts import Distribution, counted, distributions
from monitoring.questionnaires.states import QuestionKind
from mtvp.documents.model import Column, Kind, Mark, Paragraph, Table, Value
from mtvp.documents.snapshot import snapshot
from mtvp.documents.xlsx import workbook


def responses_workbook(rows: Sequence[Row], year: int, as_of: date) -> bytes:
    """Words of practices stay out of it: a workbook goes further than a page."""
    title = _("Response to the questionnaires of %(year)s") % {"year": year}
    found = [row.response for row in rows]
    return workbook(
        snapshot(
            title,
            Paragraph(summary(counted(found)[-1]), "lead"),
            _practices(rows),
            _answers(distributions(found)),
            as_of=as_of,
        )
    )


def _practices(rows: Sequence[Row]) -> Table:
    columns = (
        *(Column(_("Practice")), Column(_("AGB code")), Column(_("Cohort"))),
        *(Column(_("Consultant")), Column(_("Programme year"), Kind.INT), Column(_("Status"))),
        *(Column(_("Last day"), Kind.DATE), Column(_("Answered on"), Kind.DATE)),
        Column(_("Answers that differ from the figures"), Kind.INT),
    )
    return Table(_("Practices"), columns, tuple(_values(row) for row in rows), sheet=_("Practices"))


def _values(row: Row) -> tuple[Value, ...]:
    practice, one = row.practice, row.response
    return (
        practice.name,
        practice.code,
        practice.cohort.name,
        str(practice.consultant or ""),
        one.programme_year,
        row.tag.word,
        one.deadline,
        one.answer.answered_on if one.answer else Mark.NO_FIGURE,
        len(one.contradicted),
    )


def _answers(found: Sequence[Distribution]) -> Table:
    columns = (Column(_("Question")), Column(_("Answer")), Column(_("Practices"), Kind.INT))
    rows = tuple(line for one in found for line in _lines(one))
    return Table(_("Answers"), columns, rows, sheet=_("Answers"))


def _lines(one: Distribution) -> Iterator[tuple[Value, ...]]:
    if one.kind in (QuestionKind.TEXT, QuestionKind.BOTTLENECKS):
        yield one.text, _("Wrote something"), one.answered
    for answer, number in one.counts.items():
        yield one.text, answer_word(answer), number


def answer_word(answer: object) -> str:
    return {True: _("Yes"), False: _("No")}[answer] if isinstance(answer, bool) else str(answer)
