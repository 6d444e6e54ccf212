"""What a change does with the work of people. Pure: spells in, spells out.

A spell of work belongs to where somebody worked: it is ended, never rewritten, so what somebody
followed before counts where it counted. What it counts for afterwards is the engine's: for the
practice that somebody was in service of on the day.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from practices.permissions import BY_STAFF_ROLE, Permission
from practices.programme_year import add_years

READABLE_YEARS = 1
"""So long clinicians of a practice that went on in another may look into its patients."""

CLINICIANS = frozenset(role for role, may in BY_STAFF_ROLE.items() if Permission.SEE_PLANS in may)

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Spell:
    key: int
    person: int
    role: str
    started_on: date
    ended_on: date | None


@dataclass(frozen=True, slots=True)
class Plan:
    """`ends` gives spells their last day; `begins` are spells that somebody has elsewhere too, from
    the day or the later start; `moves` are spells that lie wholly after the day."""

    ends: dict[int, date]
    begins: tuple[Spell, ...]
    moves: tuple[Spell, ...]

    @property
    def people(self) -> frozenset[int]:
        return frozenset(spell.person for spell in (*self.begins, *self.moves))


def ended(spells: Iterable[Spell], day: date) -> Plan:
    """Work that stops: the day before is the last one."""
    return Plan({spell.key: day - ONE_DAY for spell in spells}, (), ())


def merged(spells: Iterable[Spell], day: date) -> Plan:
    """Everybody goes along. Clinicians stay in service of the old practice for a year as well: its
    patients' rows cannot go along, and somebody has to finish plans and answer patients."""
    until = add_years(day, READABLE_YEARS) - ONE_DAY
    return _gone(spells, day, dict.fromkeys(CLINICIANS, until))


def divided(spells: Iterable[Spell], day: date, *, both: frozenset[int]) -> Plan:
    """Those who go to the new practice; people in `both` keep their work in the old one."""
    spells = list(spells)
    plan = _gone([spell for spell in spells if spell.person not in both], day, {})
    staying = [spell for spell in spells if spell.person in both]
    return Plan(plan.ends, (*plan.begins, *staying), plan.moves)


def lacks(spell: Spell, known: Iterable[Spell], day: date) -> date | None:
    """From when on the other practice does not have this work of somebody yet; None when it has all
    of it. `known` is what it has; somebody may work in both under one role already."""
    same = [one for one in known if (one.person, one.role) == (spell.person, spell.role)]
    begins = max(day, spell.started_on)
    for one in sorted(same, key=lambda one: one.started_on):
        if one.started_on <= begins and (one.ended_on is None or one.ended_on >= begins):
            if one.ended_on is None:
                return None
            begins = one.ended_on + ONE_DAY
    return None if spell.ended_on is not None and spell.ended_on < begins else begins


def _gone(spells: Iterable[Spell], day: date, until: dict[str, date]) -> Plan:
    """`until` gives the last day in the old practice by role, when that is not the day before."""
    ends: dict[int, date] = {}
    begins, moves = [], []
    for spell in spells:
        if spell.started_on >= day:
            moves.append(spell)
            continue
        last = until.get(spell.role, day - ONE_DAY)
        ends[spell.key] = min(last, spell.ended_on) if spell.ended_on else last
        begins.append(spell)
    return Plan(ends, tuple(begins), tuple(moves))
