"""The known patterns to start from [1], each a week as the region wrote it: an example."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from interventions.schedules.blocks import Block
from interventions.schedules.texts import shipped
from interventions.schedules.written_weeks import problems_of, written_week
from practices.texts.registry import Announced
from practices.texts.services import Version, current, current_of

HOW_TO_WRITE = _(
    "A heading for each person (# Huisarts), with days when it is not every day (# Huisarts: "
    "maandag, dinsdag). Below it a line for each block: - 8.00-9.30 spreekuur, 15 minuten. With a "
    "number of places: - 10.30-11.00 e-mail, 4 x 5 minuten. Words for a block: spreekuur, vrij "
    "voor vandaag, inloop, telefoon, e-mail, visites, pauze. A text without blocks is not shown."
)

TEXTS = tuple(
    shipped(f"week-{key}", label, f"week-{key}", wrong=problems_of, hint=HOW_TO_WRITE)
    for key, label in (
        ("kwartier", _("Example of a week: 15 and 30 minutes, without 5")),
        ("twee-kamers", _("Example of a week: two rooms with an assistant")),
        ("twintig", _("Example of a week: 20 minutes for all")),
        ("meekijken", _("Example of a week: 15 and 30 minutes, 5 to look along")),
        ("eenvoudige-vragen", _("Example of a week: simple questions to the assistant")),
    )
)


@dataclass(frozen=True, slots=True)
class Pattern:
    key: str
    name: str
    about: str
    week: tuple[Block, ...]


def patterns() -> list[Pattern]:
    """Those in which the region wrote blocks; one query."""
    found = current_of(TEXTS)
    written = [_pattern(text, found[text.key]) for text in TEXTS]
    return [one for one in written if one.week]


def pattern(key: str) -> Pattern | None:
    text = next((one for one in TEXTS if one.key == key), None)
    return _pattern(text, current(text)) if text else None


def _pattern(text: Announced, version: Version) -> Pattern:
    read = written_week(version.body)
    return Pattern(text.key, version.title, read.about, read.blocks)
