"""What a change will do, in sentences, before it is noted: by the rules that carry it out."""

from collections import Counter
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from practices.changes import rules
from practices.changes.services import as_spell, spells_from
from practices.models import Practice
from practices.programme_year import NORMED_YEARS, add_years, programme_year, year_start
from practices.states import ChangeKind, StaffRole


def effects(kind: ChangeKind, practice: Practice, data: Mapping[str, Any]) -> list[str]:
    """One sentence each; `data` is that of the form of this kind."""
    return _EFFECTS[kind](practice, data)


def _code(practice: Practice, data: Mapping[str, Any]) -> list[str]:
    return [
        _("The AGB code becomes %(code)s. Spreadsheets with %(former)s are still understood.")
        % {"code": data["code"], "former": practice.code},
        _("Patients, plans, figures and links stay. Figures go on from year to year."),
        _running(practice, data["day"]),
    ]


def _consultant(practice: Practice, data: Mapping[str, Any]) -> list[str]:
    values = {"new": data["consultant"], "former": practice.consultant or _("nobody")}
    return [
        _("From today %(new)s is the consultant, instead of %(former)s.") % values,
        _("Visits stay with the consultant who made them."),
        _("Who was consultant no longer opens the pages of the practice."),
    ]


def _takeover(practice: Practice, data: Mapping[str, Any]) -> list[str]:
    day = data["day"]
    leaving = ", ".join(str(one.person) for one in data["leaving"])
    new = data["colleague"] or data["owner_name"]
    invited = (
        _("%(new)s is owner from %(day)s, and keeps the work of before.")
        if data["colleague"]
        else _("%(new)s is owner from %(day)s, and gets an invitation by mail.")
    )
    return [
        _("Last day of %(people)s as owner: %(day)s.")
        % {"people": leaving, "day": date_format(day - rules.ONE_DAY)},
        invited % {"new": new, "day": date_format(day)},
        _("The new owner signs the processing agreement. Until then nobody can upload."),
        _("Plans, patients and all that was done stay with the practice."),
        _running(practice, day),
    ]


def _merger(practice: Practice, data: Mapping[str, Any]) -> list[str]:
    day, into = data["day"], data["into"]
    plan = rules.merged(map(as_spell, spells_from(practice, day)), day)
    until = add_years(day, rules.READABLE_YEARS) - rules.ONE_DAY
    return [
        _("%(practice)s stops on %(day)s. What is due after that day is no longer asked of it.")
        % {"practice": practice, "day": date_format(day)},
        f"{_going(plan, into)} {_roles(plan)}",
        _running(into, day),
        _("Training counts where somebody worked on the day.")
        + " "
        + _("What people followed before stays with %(practice)s.") % {"practice": practice},
        _("Patients and plans stay under %(practice)s.") % {"practice": practice}
        + " "
        + _("Clinicians of %(practice)s can open them up to and including %(day)s.")
        % {"practice": practice, "day": date_format(until)},
        _("A plan that has to go on is written again in %(other)s, from its own extract.")
        % {"other": into},
    ]


def _split(practice: Practice, data: Mapping[str, Any]) -> list[str]:
    day = data["day"]
    both = frozenset(person.pk for person in data["both"])
    chosen = both | {person.pk for person in data["moving"]}
    spells = [as_spell(one) for one in spells_from(practice, day) if one.person_id in chosen]
    plan = rules.divided(spells, day, both=both)
    name = data["name"]
    stays = ngettext(
        "%(people)s person works in both practices.",
        "%(people)s people work in both practices.",
        len(both),
    )
    return [
        f"{_going(plan, name)} {_roles(plan)}",
        *([stays % {"people": len(both)}] if both else []),
        _("%(other)s has the same start as %(practice)s: %(day)s.")
        % {"other": name, "practice": practice, "day": date_format(practice.start)},
        _years_before(practice, day, name),
        _("Patients, plans and all that was done stay with %(practice)s.") % {"practice": practice}
        + " "
        + _("Who only works in %(other)s no longer opens them.") % {"other": name},
        _("This cannot be taken back. If it was a mistake, note that the new practice stops."),
    ]


def _going(plan: rules.Plan, to: object) -> str:
    people = len(plan.people)
    said = ngettext(
        "%(people)s person works for %(practice)s from then on, in the same role.",
        "%(people)s people work for %(practice)s from then on, in the same roles.",
        people,
    )
    return said % {"people": people, "practice": to}


def _roles(plan: rules.Plan) -> str:
    """How many come in each role: that is what groups of norms are made of."""
    roles = Counter(role for role, _person in {(s.role, s.person) for s in _coming(plan)})
    return ", ".join(f"{role.label}: {roles[role]}" for role in StaffRole if roles[role])


def _coming(plan: rules.Plan) -> tuple[rules.Spell, ...]:
    return (*plan.begins, *plan.moves)


def _running(practice: Practice, day: date) -> str:
    year = programme_year(practice.start, day)
    values = {"practice": practice, "start": date_format(practice.start), "year": year}
    if year is None:
        return _("%(practice)s keeps its start, %(start)s.") % values
    return _("%(practice)s keeps its start, %(start)s. Programme year %(year)s runs on.") % values


def _years_before(practice: Practice, day: date, name: str) -> str:
    ended = [year for year in NORMED_YEARS if year_start(practice.start, year + 1) <= day]
    if not ended:
        return _("All that is asked of %(other)s is still to come: also what runs now.") % {
            "other": name
        }
    said = _("Year %(years)s was over: nothing of it is asked of %(other)s. What runs now is.")
    return said % {"years": " + ".join(map(str, ended)), "other": name}


_EFFECTS: dict[ChangeKind, Callable[[Practice, Mapping[str, Any]], list[str]]] = {
    ChangeKind.CODE: _code,
    ChangeKind.CONSULTANT: _consultant,
    ChangeKind.TAKEOVER: _takeover,
    ChangeKind.MERGER: _merger,
    ChangeKind.SPLIT: _split,
}
