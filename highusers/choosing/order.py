"""Which lines of the list are shown and in what order: pure. The words are of the address."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from django.utils.http import urlencode
from django.utils.translation import gettext as _

from highusers.choosing.listing import Line
from highusers.states import Influenceable


class Verdict(StrEnum):
    OPEN = "nog-beoordelen"
    YES = "ja"
    DOUBT = "twijfel"
    NO = "nee"


class Standing(StrEnum):
    CHOSEN = "gekozen"
    NOT_CHOSEN = "niet-gekozen"
    WITH_PLAN = "met-plan"
    WITHOUT_PLAN = "zonder-plan"


class Column(StrEnum):
    CODE = "code"
    CONTACTS = "contacten"
    AGE = "leeftijd"
    VERDICT = "oordeel"
    PROFILE = "profiel"
    PLAN = "plan"
    CHOICE = "keuze"


WITHOUT_PROFILE = "geen"
DESCENDING = "-"
USUAL = f"{DESCENDING}{Column.CONTACTS}"
_LAST = 10**6

_VERDICTS = {
    Verdict.OPEN: "",
    Verdict.YES: Influenceable.YES,
    Verdict.DOUBT: Influenceable.DOUBT,
    Verdict.NO: Influenceable.NO,
}
_STANDINGS: dict[Standing, Callable[[Line], bool]] = {
    Standing.CHOSEN: lambda line: line.is_chosen,
    Standing.NOT_CHOSEN: lambda line: not line.is_chosen,
    Standing.WITH_PLAN: lambda line: line.plan is not None,
    Standing.WITHOUT_PLAN: lambda line: line.plan is None,
}
_KEYS: dict[Column, Callable[[Line], tuple[object, ...]]] = {
    Column.CODE: lambda line: (line.high_user.number,),
    Column.CONTACTS: lambda line: (line.contacts,),
    Column.AGE: lambda line: (len(line.age_band), line.age_band),
    Column.VERDICT: lambda line: (list(_VERDICTS.values()).index(line.judgement.influenceable),),
    Column.PROFILE: lambda line: (
        line.judgement.profile.number if line.judgement.profile else _LAST,
    ),
    Column.PLAN: lambda line: (line.plan is None, not line.earlier),
    Column.CHOICE: lambda line: (line.judgement.position or _LAST,),
}


@dataclass(frozen=True, slots=True)
class Choice:
    """What somebody asked to see; a word that does not exist asks for everything."""

    verdict: str = ""
    profile: str = ""
    standing: str = ""
    order: str = USUAL

    @property
    def column(self) -> Column:
        return Column(self.order.removeprefix(DESCENDING))

    @property
    def is_descending(self) -> bool:
        return self.order.startswith(DESCENDING)

    @property
    def query(self) -> str:
        """For an address, '' for the usual list."""
        return urlencode([(name, value) for name, value in self._words() if value])

    def ordered_by(self, column: Column) -> str:
        """The query of the list in the order of this column; asked again, the other way round."""
        first = USUAL if column is Column.CONTACTS else column.value
        other = column.value if first == USUAL else f"{DESCENDING}{column}"
        order = other if self.order == first else first
        return Choice(self.verdict, self.profile, self.standing, order).query

    def _words(self) -> list[tuple[str, str]]:
        order = "" if self.order == USUAL else self.order
        return [
            ("oordeel", self.verdict),
            ("profiel", self.profile),
            ("stand", self.standing),
            ("volgorde", order),
        ]


def choice_of(query: Mapping[str, str]) -> Choice:
    order = query.get("volgorde", USUAL)
    profile = query.get("profiel", "")
    return Choice(
        verdict=_known(query.get("oordeel", ""), Verdict),
        profile=profile if profile == WITHOUT_PROFILE or profile.isdecimal() else "",
        standing=_known(query.get("stand", ""), Standing),
        order=order if order.removeprefix(DESCENDING) in set(Column) else USUAL,
    )


def _known(word: str, words: type[StrEnum]) -> str:
    return word if word in set(words) else ""


def shown(lines: Sequence[Line], choice: Choice) -> list[Line]:
    """The lines asked for; equal ones by contacts, the most first, then by code."""
    kept = [line for line in lines if _is_asked(line, choice)]
    kept.sort(key=lambda line: (-line.contacts, line.high_user.number))
    kept.sort(key=_KEYS[choice.column], reverse=choice.is_descending)
    return kept


def _is_asked(line: Line, choice: Choice) -> bool:
    judgement = line.judgement
    if choice.verdict and judgement.influenceable != _VERDICTS[Verdict(choice.verdict)]:
        return False
    if choice.standing and not _STANDINGS[Standing(choice.standing)](line):
        return False
    if not choice.profile:
        return True
    number = str(judgement.profile.number) if judgement.profile else WITHOUT_PROFILE
    return number == choice.profile


def verdict_names() -> list[tuple[str, str]]:
    return [
        ("", _("All")),
        (Verdict.OPEN.value, _("Still to judge")),
        (Verdict.YES.value, _("Yes")),
        (Verdict.DOUBT.value, _("In doubt")),
        (Verdict.NO.value, _("No")),
    ]


def standing_names(*, with_choices: bool) -> list[tuple[str, str]]:
    chosen = [
        (Standing.CHOSEN.value, _("Chosen")),
        (Standing.NOT_CHOSEN.value, _("Not chosen")),
    ]
    return [
        ("", _("All")),
        *(chosen if with_choices else []),
        (Standing.WITH_PLAN.value, _("With a plan this year")),
        (Standing.WITHOUT_PLAN.value, _("Without a plan this year")),
    ]
