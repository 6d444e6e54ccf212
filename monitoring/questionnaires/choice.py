"""Which questionnaires of a year are shown, from the address: pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from monitoring.models.questionnaire import YEARS
from monitoring.questionnaires.facts import Counts, Response
from monitoring.questionnaires.states import ResponseState
from monitoring.tags import Tag
from practices.models import Practice

ORDER = list(ResponseState)
LOOKS = {
    ResponseState.LATE: ("late", "x-lg"),
    ResponseState.OPEN: ("empty", "circle"),
    ResponseState.ANSWERED: ("done", "check-lg"),
    ResponseState.NOT_YET: ("empty", "clock"),
    ResponseState.NOT_ASKED: ("empty", "dash-lg"),
}


@dataclass(frozen=True, slots=True)
class Choice:
    """A filter without a value, or with one that does not exist, lets everything through."""

    cohort: int | None = None
    programme_year: int | None = None
    consultant: int | None = None
    state: str = ""
    signal: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    response: Response
    practice: Practice

    @property
    def tag(self) -> Tag:
        tone, icon = LOOKS[self.response.state]
        if self.response.state == ResponseState.OPEN and self.response.begun:
            return Tag("busy", "circle-half", _("Begun"))
        return Tag(tone, icon, str(self.response.state.label))


def choice_of(query: Mapping[str, str]) -> Choice:
    year, state = _number(query.get("over", "")), query.get("stand", "")
    return Choice(
        cohort=_number(query.get("lichting", "")),
        programme_year=year if year in YEARS else None,
        consultant=_number(query.get("consulent", "")),
        state=state if state in ResponseState.values else "",
        signal=query.get("signaal") == "ja",
    )


def chosen(rows: Sequence[Row], choice: Choice) -> list[Row]:
    """What is late first, then what is open; by name within."""
    kept = [row for row in rows if _fits(row, choice)]
    return sorted(kept, key=lambda row: ORDER.index(row.response.state))


def summary(total: Counts) -> str:
    """ "12 of 30 answered, 14 open, 4 late." """
    if not total.due:
        return _("No questionnaire is due in this choice yet.")
    return _("%(answered)s of %(due)s answered, %(open)s open, %(late)s late.") % {
        "answered": total.answered,
        "due": total.due,
        "open": total.open,
        "late": total.late,
    }


def _fits(row: Row, choice: Choice) -> bool:
    one, practice = row.response, row.practice
    return (
        choice.cohort in (None, practice.cohort_id)
        and choice.programme_year in (None, one.programme_year)
        and choice.consultant in (None, practice.consultant_id)
        and choice.state in ("", one.state)
        and (not choice.signal or bool(one.contradicted))
    )


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None
