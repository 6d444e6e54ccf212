"""What the coordinator chose to see, and the lines it gives: pure, from what was judged."""

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import urlencode

from highusers.overview.hiding import Figures, JudgedYear, Where

EVERY_YEAR = "alle"


class Per(StrEnum):
    """What a line of the table is about; the values are those of the address."""

    PLACE = "wijk"
    COHORT = "lichting"
    PRACTICE = "praktijk"
    YEAR = "jaar"


class Counting(StrEnum):
    """Which contacts count: as the extract counted them, or as the regional performance does."""

    EXTRACT = "uitdraai"
    VISITS = "regioprestatie"


@dataclass(frozen=True, slots=True)
class Choice:
    """`year` None is every year. A value that does not exist is as none at all."""

    per: Per
    cohort: int | None
    place: str | None
    year: int | None
    counting: Counting

    def takes(self, row: Where) -> bool:
        return self.cohort in (None, row.cohort) and self.place in (None, row.place)

    @property
    def address(self) -> str:
        """The same choice as the end of an address."""
        return urlencode(
            {
                "per": self.per.value,
                "lichting": self.cohort or "",
                "wijk": self.place or "",
                "jaar": self.year or EVERY_YEAR,
                "telling": self.counting.value,
            }
        )


@dataclass(frozen=True, slots=True)
class Line:
    label: str
    year: int
    figures: Figures


@dataclass(frozen=True, slots=True)
class Overview:
    """`lines` as chosen, `totals` of what the filters let through per year in those lines, and
    `course` the same over all years. `definitions` of contacts that the extracts of the last year
    were counted by, with the number of practices; '' for figures of the region's spreadsheets."""

    choice: Choice
    years: tuple[int, ...]
    cohorts: tuple[tuple[int, str], ...]
    places: tuple[str, ...]
    lines: tuple[Line, ...]
    totals: tuple[Line, ...]
    course: tuple[Line, ...]
    definitions: tuple[tuple[str, int], ...]

    @property
    def latest(self) -> Line | None:
        """The last year that is in sight."""
        return self.totals[-1] if self.totals else None


def overview(judged: Mapping[int, JudgedYear], query: Mapping[str, str]) -> Overview:
    rows = [row for year in judged.values() for row in year.practices()]
    cohorts = tuple(sorted({(row.cohort, row.cohort_name) for row in rows}))
    places = tuple(sorted({row.place for row in rows}))
    years = tuple(judged)
    choice = _choice(query, {number for number, _name in cohorts}, places, years)
    course = tuple(_lines(judged, choice, Per.YEAR))
    seen = {choice.year} if choice.year and choice.per is not Per.YEAR else set(years)
    lines = [line for line in _lines(judged, choice, choice.per) if line.year in seen]
    return Overview(
        choice=choice,
        years=years,
        cohorts=cohorts,
        places=places,
        lines=tuple(lines),
        totals=tuple(line for line in course if line.year in seen),
        course=course,
        definitions=_definitions(judged.get(max(seen, default=0)), choice),
    )


_PARTS: dict[Per, Callable[[Where], tuple[int | str, str]]] = {
    Per.PLACE: lambda row: (row.place, row.place),
    Per.COHORT: lambda row: (row.cohort, row.cohort_name),
    Per.PRACTICE: lambda row: (row.practice, f"{row.name}, {row.place}"),
    Per.YEAR: lambda row: (0, ""),
}
"""What the practices of one line share, and what it is called; a year is called by its number."""


def _lines(judged: Mapping[int, JudgedYear], choice: Choice, per: Per) -> list[Line]:
    """A line per part and year, by name: nobody is ranked."""
    found = []
    for year, of_year in judged.items():
        parts: defaultdict[tuple[int | str, str], list[int]] = defaultdict(list)
        for row in of_year.practices():
            if choice.takes(row):
                parts[_PARTS[per](row)].append(row.practice)
        found += [
            Line(name or str(year), year, of_year.figures(practices))
            for (_key, name), practices in parts.items()
        ]
    return sorted(found, key=lambda line: (line.label, line.year))


def _definitions(of_year: JudgedYear | None, choice: Choice) -> tuple[tuple[str, int], ...]:
    practices = of_year.practices() if of_year else []
    found = Counter(row.definition for row in practices if choice.takes(row))
    return tuple(sorted(found.items()))


def _choice(
    query: Mapping[str, str], cohorts: set[int], places: Collection[str], years: tuple[int, ...]
) -> Choice:
    per, counting = query.get("per", ""), query.get("telling", "")
    cohort, year = _number(query.get("lichting", "")), _number(query.get("jaar", ""))
    latest = None if query.get("jaar") == EVERY_YEAR or not years else years[-1]
    place = query.get("wijk", "")
    return Choice(
        per=Per(per) if per in set(Per) else Per.PLACE,
        cohort=cohort if cohort in cohorts else None,
        place=place if place in places else None,
        year=year if year in years else latest,
        counting=Counting(counting) if counting in set(Counting) else Counting.EXTRACT,
    )


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None
