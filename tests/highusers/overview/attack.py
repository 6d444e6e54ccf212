"""A reader who lays every choice of the page side by side and solves for what is hidden.

Knows which practices stand in which cohort and neighbourhood and hand in an extract, that no count
is negative and that high users are patients; shares no code with the guard.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product

import numpy
from scipy.optimize import linprog

from highusers.overview.choice import overview
from highusers.overview.document import table_of
from highusers.overview.facts import PracticeYear
from highusers.overview.hiding import JudgedYear
from mtvp.documents.model import Mark

HIGH_USERS, REGISTERED, PER_THOUSAND, CONTACTS = range(4)
ROUNDING = 0.05 + 1e-9


@dataclass(frozen=True)
class Line:
    """A row of a table: the practices it is about, and what stands there (None: hidden)."""

    year: int
    counting: str
    rows: tuple[PracticeYear, ...]
    high_users: int | None
    registered: int | None
    per_thousand: float | None
    contacts: float | None


def seen_lines(rows: Sequence[PracticeYear], judged: Mapping[int, JudgedYear]) -> Iterator[Line]:
    """Every line of every table that any choice of the page gives."""
    cohorts = ["", *{str(row.cohort) for row in rows}]
    places = ["", *{row.place for row in rows}]
    years = ["alle", *{str(row.year) for row in rows}]
    for per, cohort, place, year, counting in product(
        ("wijk", "lichting", "praktijk", "jaar"),
        cohorts,
        places,
        years,
        ("uitdraai", "regioprestatie"),
    ):
        query = {"per": per, "lichting": cohort, "wijk": place, "jaar": year, "telling": counting}
        shown = overview(judged, query)
        if not shown.lines:
            continue
        let_through = [
            row for row in rows if cohort in ("", str(row.cohort)) and place in ("", row.place)
        ]
        table = table_of(shown)
        titles = [column.title for column in table.columns]
        for cells in table.rows:
            found = dict(zip(titles, cells, strict=True))
            label = str(cells[0])
            of_year = int(label) if per == "jaar" else found.get("Year of the extract")
            of_year = int(str(of_year or shown.totals[-1].year))
            about = [
                row
                for row in let_through
                if row.year == of_year and label in (*names(row), "All together", str(of_year))
            ]
            assert found.get("Practices", 1) == len(about) or label == "All together", (
                query,
                cells,
            )
            registered, high_users, per_thousand, contacts = cells[-4:]
            yield Line(
                of_year,
                counting,
                tuple(about),
                *(None if isinstance(one, Mark) else int(one) for one in (high_users, registered)),
                *(
                    None if isinstance(one, Mark) else float(one)
                    for one in (per_thousand, contacts)
                ),
            )


def names(row: PracticeYear) -> tuple[str, ...]:
    return row.place, row.cohort_name, f"{row.name}, {row.place}"


class Reader:
    """All that is seen of one year, as a linear programme over high users, patients, contacts
    and visits per practice."""

    def __init__(self, rows: Sequence[PracticeYear], lines: Sequence[Line]) -> None:
        self.places = {row.practice: place for place, row in enumerate(rows)}
        self.size = 4 * len(rows)
        self.equal: list[tuple[numpy.ndarray, float]] = []
        self.at_most: list[tuple[numpy.ndarray, float]] = []
        for row in rows:
            if row.registered is not None:
                self.at_most.append((self.sum([row], 0) - self.sum([row], 1), 0.0))
        for line in lines:
            self.learn(line)

    def sum(self, rows: Sequence[PracticeYear], kind: int) -> numpy.ndarray:
        found = numpy.zeros(self.size)
        for row in rows:
            found[4 * self.places[row.practice] + kind] = 1.0
        return found

    def learn(self, line: Line) -> None:
        rated = [row for row in line.rows if row.registered is not None]
        visits = line.counting == "regioprestatie"
        full = [row for row in rated if (row.visits if visits else row.contacts) is not None]
        if line.high_users is not None:
            self.equal.append((self.sum(line.rows, 0), line.high_users))
        if line.registered is not None:
            self.equal.append((self.sum(rated, 1), line.registered))
        if line.per_thousand is not None:
            self.rate(1000 * self.sum(rated, 0), self.sum(rated, 1), line.per_thousand)
        if line.contacts is not None:
            self.rate(self.sum(full, 3 if visits else 2), self.sum(full, 1), line.contacts)

    def rate(self, top: numpy.ndarray, bottom: numpy.ndarray, seen: float) -> None:
        self.at_most.append((top - (seen + ROUNDING) * bottom, 0.0))
        self.at_most.append(((seen - ROUNDING) * bottom - top, 0.0))

    def bounds(self, of: numpy.ndarray) -> tuple[float, float]:
        ends = []
        for sign in (1.0, -1.0):
            found = linprog(
                sign * of,
                A_ub=[left for left, _ in self.at_most] or None,
                b_ub=[right for _, right in self.at_most] or None,
                A_eq=[left for left, _ in self.equal] or None,
                b_eq=[right for _, right in self.equal] or None,
                bounds=(0, None),
                method="highs",
            )
            ends.append(sign * found.fun if found.status == 0 else sign * -numpy.inf)
        return ends[0], ends[1]


def exposed(
    rows: Sequence[PracticeYear], judged: Mapping[int, JudgedYear], minimum: int = 10
) -> list[str]:
    """What a reader can say too precisely of a hidden number, or of few patients below the
    threshold; in words, for the message of the test."""
    found: list[str] = []
    lines = list(seen_lines(rows, judged))
    for year in sorted({row.year for row in rows}):
        of_year = [row for row in rows if row.year == year]
        seen = [line for line in lines if line.year == year]
        reader = Reader(of_year, seen)
        for about, targets in _targets(of_year, seen).items():
            for what, of in targets:
                low, high = reader.bounds(of(reader))
                if high - low < minimum - 1e-6 or high < minimum - 1e-6:
                    found.append(f"{year} {about} {what}: {low:.2f} to {high:.2f}")
    return found


def _targets(rows: Sequence[PracticeYear], lines: Sequence[Line]):
    """Hidden high users and registered patients of any line, and small remainders of a practice."""
    targets: dict[tuple[int, ...], list] = {}
    for line in lines:
        about = tuple(sorted(row.practice for row in line.rows))
        rated = [row for row in line.rows if row.registered is not None]
        kinds = targets.setdefault(about, [])
        if line.high_users is None and not any(what == "high users" for what, _ in kinds):
            kinds.append(("high users", lambda reader, line=line: reader.sum(line.rows, 0)))
        if line.registered is None and rated and not any(what == "patients" for what, _ in kinds):
            kinds.append(("patients", lambda reader, rated=rated: reader.sum(rated, 1)))
    for row in rows:
        if row.registered is not None and 0 < row.registered - row.high_users < 10:
            kinds = targets.setdefault((row.practice,), [])
            kinds.append(
                ("others", lambda reader, row=row: reader.sum([row], 1) - reader.sum([row], 0))
            )
    return targets
