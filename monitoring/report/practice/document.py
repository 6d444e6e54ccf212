"""The year of one practice, for the practice itself: what it did and where it stands.

Counts of its own work only. Whoever reads it works in the practice, so its own small numbers show;
of time-outs no figure on fewer than three colleagues does (decision 0118).
"""

from collections.abc import Iterator
from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _

from highusers.models import Extract
from interventions.timeouts.blocks import pattern_blocks
from interventions.timeouts.facts import FEWEST_PEOPLE, practice_pattern
from monitoring.compliance import PracticeStanding
from monitoring.mirror.facts import definitions
from monitoring.mirror.page import Viewer, overview
from monitoring.models import QuestionnaireAnswer, Visit
from monitoring.report.document import AUTHOR
from monitoring.report.narrative import duty_name
from monitoring.standing import standing
from monitoring.visits.document import newest_report, visit_report_blocks
from monitoring.visits.states import OPEN, VisitState
from monitoring.words import joined, obligation_phrases, obligation_word
from mtvp.charts.numbers import day
from mtvp.documents.model import (
    Block,
    Bullets,
    Column,
    Document,
    Heading,
    Kind,
    Paragraph,
    Table,
    Value,
)
from practices.models import Practice
from training.models import Attendance


def practice_document(practice: Practice, year: int, today: date) -> Document:
    """As it stood on 31 December, or stands today in a year that is not over."""
    as_of = min(date(year, 12, 31), today)
    title = _("The year %(year)s of our practice") % {"year": year}
    return Document(
        title=title,
        subtitle=f"{practice.name}, {practice.city}",
        language="nl",
        author=AUTHOR,
        created_on=as_of,
        details=(
            (_("State on"), day(as_of)),
            (_("Cohort"), practice.cohort.name),
            (_("Start"), day(practice.start)),
            (_("For"), _("the practice itself")),
        ),
        blocks=tuple(_blocks(practice, date(year, 1, 1), as_of)),
        footer=f"{practice.name} · {title}",
        draft=as_of < date(year, 12, 31),
        sheet=True,
    )


def _blocks(practice: Practice, first: date, as_of: date) -> Iterator[Block]:
    for found in standing(as_of, [practice.pk]):
        yield from _obligations(found)
    yield from _high_users(practice, first, as_of)
    yield from _training(practice, first, as_of)
    yield from _time_outs(practice, as_of)
    yield from _visits(practice, first, as_of)
    yield from _answers(practice, first, as_of)
    yield from _mirror(practice)


def _obligations(found: PracticeStanding) -> Iterator[Block]:
    yield Heading(_("Our interventions"))
    if found.programme_year is None:
        yield Paragraph(_("On this day the practice had not begun."))
        return
    columns = (Column(_("Obligation")), Column(_("Status")), Column(_("What was reached")))
    rows: tuple[tuple[Value, ...], ...] = tuple(
        (
            duty_name(one.intervention, one.programme_year),
            obligation_word(one),
            joined(obligation_phrases(one)),
        )
        for one in found.obligations
    )
    yield Table(_("Where we stand"), columns, rows)
    plans = {year: facts.plans for year, facts in enumerate(found.facts, start=1) if facts.plans}
    for year, number in plans.items():
        yield Paragraph(
            _("Plans for patients that count for programme year %(year)s: %(plans)s.")
            % {"year": year, "plans": number}
        )


def _high_users(practice: Practice, first: date, as_of: date) -> Iterator[Block]:
    yield Heading(_("High users"))
    found = Extract.objects.filter(practice=practice, period_end__range=(first, as_of))
    rows: tuple[tuple[Value, ...], ...] = tuple(
        (f"{day(one.period_start)} – {day(one.period_end)}", one.patients, one.high_users)
        for one in found.order_by("period_end")
    )
    if not rows:
        yield Paragraph(_("No extract ended in this year."))
        return
    columns = (
        Column(_("Period")),
        Column(_("Patients"), Kind.INT),
        Column(_("With 30 contacts or more"), Kind.INT),
    )
    yield Table(_("Our extracts"), columns, rows)


def _training(practice: Practice, first: date, as_of: date) -> Iterator[Block]:
    """Who of the team was where; somebody counts who was in service on that day."""
    yield Heading(_("Training and intervision"))
    present = Attendance.objects.filter(
        present=True,
        session__held_on__range=(first, as_of),
        person__employments__practice=practice,
    ).select_related("session", "person")
    found: dict[tuple[date, str], set[str]] = {}
    for one in present.prefetch_related("person__employments"):
        held_on = one.session.held_on
        served = any(
            spell.practice_id == practice.pk
            and spell.started_on <= held_on
            and (spell.ended_on is None or spell.ended_on >= held_on)
            for spell in one.person.employments.all()
        )
        if served:
            found.setdefault((held_on, one.session.title), set()).add(one.person.name)
    if not found:
        yield Paragraph(_("Nobody of the team took part in a meeting in this year."))
        return
    columns = (Column(_("Meeting")), Column(_("Date"), Kind.DATE), Column(_("Who were there")))
    rows: tuple[tuple[Value, ...], ...] = tuple(
        (title, held_on, ", ".join(sorted(names)))
        for (held_on, title), names in sorted(found.items())
    )
    yield Table(_("Meetings"), columns, rows)


def _time_outs(practice: Practice, as_of: date) -> Iterator[Block]:
    yield Heading(_("Time-outs"))
    pattern = practice_pattern(practice, as_of, fewest=FEWEST_PEOPLE)
    if pattern is None:
        yield Paragraph(
            _("Figures are shown once %(people)s colleagues noted a time-out in the year.")
            % {"people": FEWEST_PEOPLE}
        )
        return
    yield from pattern_blocks(pattern)


def _visits(practice: Practice, first: date, as_of: date) -> Iterator[Block]:
    yield Heading(_("Visits of the consultant"))
    visits = list(practice.visits.filter(held_on__range=(first, as_of)).order_by("held_on"))
    if not visits:
        yield Paragraph(_("There was no visit in this year."))
    for visit in visits:
        yield from _visit(visit)


def _visit(visit: Visit) -> Iterator[Block]:
    yield Paragraph(_("Visit on %(day)s") % {"day": day(visit.held_on)}, "lead")
    if newest_report(visit) is not None:
        yield from visit_report_blocks(visit)
    else:
        yield Paragraph(_without_report(visit))


def _without_report(visit: Visit) -> str:
    """Why what was said does not stand here (yet)."""
    if visit.state == VisitState.HELD:
        return _(
            "This visit is being rounded off by your consultant. What was said comes into this "
            "report once you read it back together and it was sent to you."
        )
    if visit.read_back_at is not None and visit.state in OPEN:
        return _(
            "You read this visit back together on %(day)s. What was said comes into this report "
            "once your consultant has sent it to you."
        ) % {"day": day(timezone.localdate(visit.read_back_at))}
    return _("Of this visit only the day is known: no report was written of it.")


def _answers(practice: Practice, first: date, as_of: date) -> Iterator[Block]:
    yield Heading(_("Questionnaires"))
    found = list(practice.questionnaires.filter(answered_on__range=(first, as_of)))
    if not found:
        yield Paragraph(_("No questionnaire was handed in in this year."))
    for one in found:
        yield _questionnaire(one)


def _questionnaire(answer: QuestionnaireAnswer) -> Table:
    yes, no = _("yes"), _("no")
    rows: list[tuple[Value, ...]] = [
        (_("Plans made"), yes if answer.plans_made else no),
        (_("Lasting habit"), yes if answer.lasting_habit else no),
        (_("Flexible length in use"), yes if answer.flexible_in_use else no),
    ]
    for key, text in answer.answers.items():
        if isinstance(text, str) and text:
            rows.append((str(answer.asked.get(key, key)), text))
    title = _("About programme year %(year)s, handed in on %(day)s") % {
        "year": answer.programme_year,
        "day": day(answer.answered_on),
    }
    return Table(title, (Column(_("Question")), Column(_("Answer"))), tuple(rows))


def _mirror(practice: Practice) -> Iterator[Block]:
    """The sentences of the mirror as they read now: it has no history of its own."""
    lines = overview(definitions(), Viewer(practice.pk, within=True))
    said = tuple(f"{one.definition.title}: {one.conclusion}" for one in lines if one.figures)
    if said:
        yield Heading(_("In the mirror"))
        yield Bullets(said)
        yield Paragraph(_("To learn from, not to judge: a mirror, no ranking."), "note")
