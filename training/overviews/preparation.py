"""How far a session is prepared and rounded off."""

from collections.abc import Iterable
from dataclasses import dataclass

from training.enrolment.places import Places
from training.models import Case, LearningPoint, Script, Session
from training.overviews.lists import ListOfSession, lists_of, rows_by_session


@dataclass(frozen=True, slots=True)
class Prepared:
    """`script` says that there is one; `cases` are those put forward and not taken back."""

    session: Session
    places: Places
    script: bool
    cases: int
    learning_points: int
    attendance: ListOfSession


def prepared(sessions: Iterable[Session]) -> list[Prepared]:
    """In their order; they come with `confirmed` and `waiting`. Eight queries, however many."""
    listed = list(sessions)
    scripts = rows_by_session(Script.objects.filter(session__in=listed))
    cases = rows_by_session(Case.objects.filter(session__in=listed, withdrawn_at=None))
    points = rows_by_session(LearningPoint.objects.filter(session__in=listed))
    return [
        Prepared(
            session=one.session,
            places=_places(one.session),
            script=one.session.pk in scripts,
            cases=cases.get(one.session.pk, 0),
            learning_points=points.get(one.session.pk, 0),
            attendance=one,
        )
        for one in lists_of(listed)
    ]


def _places(session: Session) -> Places:
    return Places(session.places, session.confirmed, session.waiting, 0)  # type: ignore[attr-defined]
