"""A week as the region writes it: a heading for each person, below it the blocks of the day.

    # Huisarts: maandag, dinsdag
    - 8.00-9.30 spreekuur, 15 minuten
    - 10.30-11.00 e-mail, 4 x 5 minuten

Without days the blocks hold for every day. What stands outside is what is said about the week.
"""

import re
from dataclasses import dataclass

from django.utils.translation import gettext as _

from interventions.schedules.blocks import Block
from interventions.schedules.designing import MOST_BLOCKS
from interventions.schedules.states import LENGTHS, BlockKind
from interventions.schedules.template_forms import BlockForm

KINDS = {
    "spreekuur": BlockKind.CONSULTATIONS,
    "vrij voor vandaag": BlockKind.URGENT,
    "inloop": BlockKind.WALK_IN,
    "telefoon": BlockKind.TELEPHONE,
    "e-mail": BlockKind.EMAIL,
    "visites": BlockKind.VISITS,
    "pauze": BlockKind.BREAK,
}
"""In Dutch, as the texts of the region are."""

DAYS = ("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag")
LONGEST_NAME = 60

_HEADING = re.compile(r"#+\s+([^:]+)(?::(.*))?")
_ITEM = re.compile(r"[-*]\s+(.*)")
_BLOCK = re.compile(
    r"(\d{1,2})[.:](\d\d)\s*[-–]\s*(\d{1,2})[.:](\d\d)\s+([^,\d]+?)"
    r"(?:,\s*(?:(\d{1,2})\s*[x×]\s*)?(\d{1,2})\s*min\w*)?\s*",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class WrittenWeek:
    """`problems` holds a sentence for each line that says no block."""

    about: str
    blocks: tuple[Block, ...]
    problems: tuple[str, ...]


def written_week(body: str) -> WrittenWeek:
    """A line that cannot be read is left out of the week and named."""
    about: list[str] = []
    blocks: list[Block] = []
    problems: list[str] = []
    who, days = "", list(range(1, 6))
    for line in map(str.strip, body.splitlines()):
        if heading := _HEADING.fullmatch(line):
            who, days = heading[1].strip()[:LONGEST_NAME], _days(heading[2])
            if not days:
                problems.append(_about_line(line, _("Name days from Monday to Friday.")))
        elif item := _ITEM.fullmatch(line):
            made, wrong = _blocks(item[1], who, days, blocks)
            blocks += made
            problems += [_about_line(item[1], wrong)] if wrong else []
        elif line:
            about.append(line)
    if len(blocks) > MOST_BLOCKS:
        problems.append(_("More blocks do not fit in one week."))
    return WrittenWeek(" ".join(about), tuple(blocks[:MOST_BLOCKS]), tuple(problems))


def problems_of(body: str) -> list[str]:
    """A text without any block is none: that week is not shown."""
    return list(written_week(body).problems)


def _days(named: str | None) -> list[int]:
    if named is None:
        return list(range(1, 6))
    return [number for number, day in enumerate(DAYS, start=1) if day in named.casefold()]


def _blocks(line: str, who: str, days: list[int], before: list[Block]) -> tuple[list[Block], str]:
    """The block of each day, or what is wrong with it in the words of the form of a block."""
    found = _BLOCK.fullmatch(line)
    kind = KINDS.get(found[5].casefold()) if found else None
    if found is None or kind is None:
        return [], _("Write it like '8.00-9.30 spreekuur, 15 minuten'.")
    if not who:
        return [], _("Say above it in a heading whose day this is.")
    if found[7] and int(found[7]) not in LENGTHS:
        return [], _("A place takes 5, 10, 15, 20 or 30 minutes.")
    form = BlockForm(
        {
            "begins": f"{found[1]}:{found[2]}",
            "ends": f"{found[3]}:{found[4]}",
            "kind": kind,
            "minutes": found[7],
            "places": found[6],
        }
    )
    if not form.is_valid():
        said = (str(text) for texts in form.errors.values() for text in texts)
        return [], " ".join(dict.fromkeys(said))
    made = [form.block(day, who) for day in days]
    if any(one.overlaps(other) for one in made for other in before):
        return [], _("It overlaps with a block above.")
    return made, ""


def _about_line(line: str, wrong: str) -> str:
    return f"'{line}': {wrong}"
