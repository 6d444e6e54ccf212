"""What is hidden of the teams' work cannot be worked out; the attack shares no code."""

from itertools import product

import numpy
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from highusers.overview import team as module
from highusers.overview.facts import TeamCounts
from highusers.overview.team import Team, shown_team
from highusers.overview.team_tables import team_blocks
from mtvp.documents.model import KeyFigures, Mark, Paragraph, Table

STATES = ("drawn_up", "running", "evaluated", "adjusted", "closed")
SAID = ("yes", "doubt", "no")
STEPS = ("marked", "evaluated", "on_all_aims")
NAMES = {1: "Profiel 1", 2: "Profiel 2", 3: "Profiel 3"}
FEW = st.one_of(st.integers(0, 12), st.integers(0, 60))


@st.composite
def counts(draw: st.DrawFn) -> TeamCounts:
    profiles = [*NAMES, *draw(st.sampled_from([[], [None]]))]
    said = {(p, one): draw(FEW) for p in profiles for one in SAID}
    joint = {(p, s): draw(FEW) for p in profiles for s in STATES}
    with_plan = sum(joint.values())
    steps = sorted((draw(st.integers(0, with_plan)) for _step in STEPS), reverse=True)
    return TeamCounts(
        profiles=NAMES,
        said={key: count for key, count in said.items() if count},
        planned={p: n for p in profiles if (n := sum(joint[p, s] for s in STATES))},
        states={s: sum(joint[p, s] for p in profiles) for s in STATES},
        hotspotters=dict(zip(STEPS, steps, strict=True)),
    )


def narrowed(found: TeamCounts, shown: Team) -> list[str]:
    """What a reader of the page can say too precisely, in words."""
    variables = [
        *(("said", p, one) for p, one in product([*NAMES, None], SAID)),
        *(("plan", p, s) for p, s in product([*NAMES, None], STATES)),
        "marked not evaluated",
        "evaluated on some aims",
        "on_all_aims",
        "no hotspotter",
    ]
    place = {name: number for number, name in enumerate(variables)}
    known = {p for p, _said in found.said}

    def total(*names: object) -> numpy.ndarray:
        row = numpy.zeros(len(variables))
        row[[place[one] for one in names]] = 1.0
        return row

    def said(profiles: object, what: object = SAID) -> numpy.ndarray:
        return total(*(("said", p, one) for p in profiles for one in what))

    plans = total(*(("plan", p, s) for p in [*NAMES, None] for s in STATES))
    evaluated = total("evaluated on some aims", "on_all_aims")
    marked = evaluated + total("marked not evaluated")
    rest = total("no hotspotter")
    cells: dict[str, tuple[numpy.ndarray, object]] = {}
    profiles = [*NAMES, *([None] if None in known else [])]
    for p, line in zip(profiles, shown.profiles[:-1], strict=True):
        for one, value in zip(SAID, (line.yes, line.doubt, line.no), strict=True):
            cells[f"said {p} {one}"] = said([p], [one]), value
        cells[f"said {p}"] = said([p]), line.said
    all_said = shown.profiles[-1]
    for one, value in zip(SAID, (all_said.yes, all_said.doubt, all_said.no), strict=True):
        cells[f"said {one}"] = said(profiles, [one]), value
    cells["said"] = said(profiles), all_said.said
    with_plan = [*NAMES, *([None] if None in found.planned else [])]
    for p, (_name, value) in zip(with_plan, shown.planned, strict=True):
        cells[f"planned {p}"] = total(*(("plan", p, s) for s in STATES)), value
    for s, (state, value) in zip(STATES, shown.states, strict=True):
        assert state.value == s
        cells[f"state {s}"] = total(*(("plan", p, s) for p in [*NAMES, None])), value
    cells |= {
        "planned": (plans, shown.with_plan),
        "marked": (marked, shown.marked),
        "evaluated": (evaluated, shown.evaluated),
        "on all aims": (total("on_all_aims"), shown.on_all_aims),
    }
    equal = [(row, value) for row, value in cells.values() if not isinstance(value, Mark)]
    assert all(value >= 10 for _row, value in equal)
    equal.append((plans - marked - rest, 0))
    equal += [(said([None]), 0)] if None not in known else []
    equal += [(total(*(("plan", None, s) for s in STATES)), 0)] if None not in found.planned else []
    targets = {name: row for name, (row, value) in cells.items() if isinstance(value, Mark)}
    steps = [sum(found.states.values()), *(found.hotspotters[step] for step in STEPS)]
    rests = (rest, total("marked not evaluated"), total("evaluated on some aims"))
    for name, row, left in zip(STEPS, rests, -numpy.diff(steps), strict=True):
        targets |= {f"not {name}": row} if 0 < left < 10 else {}
    return [
        f"{name}: {low:.1f} to {high:.1f}"
        for name, row in targets.items()
        for low, high in [bounds(row, equal)]
        if high - low < 10 - 1e-6 or high < 10 - 1e-6
    ]


def bounds(row: numpy.ndarray, equal: list) -> tuple[float, float]:
    ends = []
    for sign in (1.0, -1.0):
        found = linprog(
            sign * row,
            A_eq=[left for left, _ in equal],
            b_eq=[right for _, right in equal],
            bounds=(0, None),
            method="highs",
        )
        ends.append(sign * found.fun if found.status == 0 else -sign * numpy.inf)
    return ends[0], ends[1]


@settings(max_examples=40, deadline=None, phases=[Phase.explicit, Phase.reuse, Phase.generate])
@given(found=counts())
def test_no_hidden_number_follows_from_the_rest(found: TeamCounts) -> None:
    assert narrowed(found, shown_team(found)) == []


def some(**fields: object) -> TeamCounts:
    plain = {
        "profiles": NAMES,
        "said": {(p, one): 20 + 3 * p for p in NAMES for one in SAID} | {(1, "no"): 4},
        "planned": {1: 30, 2: 12, 3: 28},
        "states": {"drawn_up": 20, "running": 35, "evaluated": 15},
        "hotspotters": {"marked": 33, "evaluated": 22, "on_all_aims": 12},
    }
    return TeamCounts(**(plain | fields))


def test_the_attack_works_where_small_numbers_alone_are_hidden(monkeypatch) -> None:
    def only_small(counts, sums=(), **_options):
        return frozenset(cell for cell, count in counts.items() if count < 10)

    monkeypatch.setattr(module, "hidden_cells", only_small)
    assert "said 1 no: 4.0 to 4.0" in narrowed(some(), shown_team(some()))


def test_a_small_cell_takes_a_loop_along_and_totals_stay() -> None:
    shown = shown_team(some())
    hidden = [
        [isinstance(one, Mark) for one in (line.said, line.yes, line.doubt, line.no)]
        for line in shown.profiles
    ]
    assert sum(map(sum, hidden)) == 4
    assert hidden[-1] == [False] * 4
    assert shown.profiles[-1].said == 215
    assert (shown.marked, shown.evaluated, shown.on_all_aims) == (33, 22, 12)


def test_a_small_difference_between_hotspotters_hides_the_smaller_figure() -> None:
    shown = shown_team(some(hotspotters={"marked": 33, "evaluated": 30, "on_all_aims": 12}))
    assert (shown.marked, shown.evaluated, shown.on_all_aims) == (33, Mark.HIDDEN, 12)


def test_all_hotspotters_evaluated_leaves_nothing_to_hide() -> None:
    shown = shown_team(some(hotspotters={"marked": 33, "evaluated": 33, "on_all_aims": 33}))
    assert (shown.marked, shown.evaluated, shown.on_all_aims) == (33, 33, 33)


def test_patients_without_a_profile_have_a_line_when_there_are_any() -> None:
    assert [line.name for line in shown_team(some()).profiles] == [*NAMES.values(), ""]
    more = some(said=some().said | {(None, one): 40 for one in SAID})
    assert [line.name for line in shown_team(more).profiles] == [*NAMES.values(), None, ""]


@pytest.fixture
def in_english():
    from django.utils import translation

    with translation.override("en"):
        yield


def test_sentences_are_drawn_from_the_figures(in_english) -> None:
    texts = [one.text for one in team_blocks(shown_team(some())) if isinstance(one, Paragraph)]
    assert texts == [
        "70 patients have a plan. Of these 35 are running.",
        "Teams gave their view on 215 patients; they find the use of 78 influenceable (36%).",
        "33 patients with problems in several domains are helped by a plan.",
    ]


def test_where_all_is_small_a_sentence_says_so_and_no_table_stands(in_english) -> None:
    nobody = dict.fromkeys(STEPS, 0)
    blocks = team_blocks(shown_team(TeamCounts(NAMES, {}, {}, {}, nobody)))
    texts = [one.text for one in blocks if isinstance(one, Paragraph)]
    assert len(texts) == 3
    assert all("fewer than 10" in text.lower() for text in texts)
    assert not [one for one in blocks if isinstance(one, Table | KeyFigures)]
