"""What participants say about a session: asked once, kept without them, shown in numbers.

Shown only when nobody can answer any more: who looks before and after somebody answered would read
that answer off the difference. docs/decisions/0115
"""

from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from practices.audit import record
from practices.models import Person, User
from practices.states import AuditAction
from training.models import Evaluation, EvaluationDone, Session

FEWEST = 5
"""Below this number of answers nothing is shown: among four people words have an owner."""

OPEN_FOR = timedelta(days=14)
"""After the session one can answer for so long, that day included."""

QUESTIONS = ("useful", "applicable", "facilitation")


@dataclass(frozen=True, slots=True)
class Answers:
    useful: int
    applicable: int
    facilitation: int
    remark: str


@dataclass(frozen=True, slots=True)
class Score:
    """How often each mark from 1 to 5 was given, and their mean."""

    question: str
    marks: tuple[int, ...]
    mean: Fraction


@dataclass(frozen=True, slots=True)
class Results:
    """`answered` is always told; the rest once it is closed, from `FEWEST` answers on. Remarks
    stand by alphabet, so that their order says nothing."""

    answered: int
    scores: tuple[Score, ...]
    remarks: tuple[str, ...]


def closes_on(session: Session) -> date:
    """The last day to answer."""
    return session.held_on + OPEN_FOR


def may_evaluate(session: Session) -> bool:
    return session.held_on <= timezone.localdate() <= closes_on(session)


@transaction.atomic
def evaluate(*, session: Session, person: Person, answers: Answers, actor: User) -> None:
    """Keep the answers apart from the fact that this person gave them. Once per person."""
    if not may_evaluate(session):
        text = _("The questions could be answered until %(date)s.")
        raise ValidationError(text % {"date": date_format(closes_on(session))})
    try:
        with transaction.atomic():
            EvaluationDone.objects.create(session=session, person=person)
    except IntegrityError as error:
        raise ValidationError(_("You have evaluated this session already.")) from error
    Evaluation.objects.create(
        session=session,
        useful=answers.useful,
        applicable=answers.applicable,
        facilitation=answers.facilitation,
        remark=answers.remark,
    )
    record(actor=actor, action=AuditAction.CREATE, obj=("training.evaluation", session.pk))


def results(session: Session) -> Results:
    given = list(Evaluation.objects.filter(session=session))
    if len(given) < FEWEST or may_evaluate(session):
        return Results(len(given), (), ())
    scores = tuple(_score(given, question) for question in QUESTIONS)
    remarks = sorted((one.remark for one in given if one.remark), key=str.casefold)
    return Results(len(given), scores, tuple(remarks))


def _score(given: list[Evaluation], question: str) -> Score:
    values = [int(getattr(one, question)) for one in given]
    marks = tuple(values.count(mark) for mark in range(1, 6))
    return Score(question, marks, Fraction(sum(values), len(values)))
