"""The practices that need help now, the one with the greatest need first."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from monitoring.visit_planning.known import Known, known
from monitoring.visit_planning.need import Reason, need, urgency
from monitoring.visit_planning.words import Said, said
from practices.models import Practice


@dataclass(frozen=True, slots=True)
class Needy:
    """`lines` are the reasons in words, the heaviest first; the first has the button."""

    known: Known
    reasons: tuple[Reason, ...]

    @property
    def practice(self) -> Practice:
        return self.known.practice

    @property
    def lines(self) -> list[Said]:
        return said(self.known, self.reasons)


def needs(practices: Iterable[Practice], today: date) -> list[Needy]:
    """The number of queries does not depend on the number of practices."""
    found = [Needy(one, need(one.situation(), today)) for one in known(practices, today)]
    asking = [one for one in found if one.reasons]
    return sorted(asking, key=lambda one: (*urgency(one.reasons), one.practice.name))
