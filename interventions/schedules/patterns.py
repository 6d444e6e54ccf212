"""The known patterns to start from [1], each a week of one GP; the region's example, to change."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from interventions.schedules.blocks import Block
from interventions.schedules.states import BlockKind

GP, ASSISTANT = "Huisarts", "Assistente"
"""As shipped in Dutch; a practice fills in its own names."""

C, U, W = BlockKind.CONSULTATIONS, BlockKind.URGENT, BlockKind.WALK_IN
E, V, B, T = BlockKind.EMAIL, BlockKind.VISITS, BlockKind.BREAK, BlockKind.TELEPHONE

Part = tuple[int, int, BlockKind, int | None, int | None]
"""From, until, kind, minutes of a place, places; clock times as 830 for half past eight."""


@dataclass(frozen=True, slots=True)
class Pattern:
    key: str
    name: str
    about: Any
    week: Callable[[], list[Block]]


def _week(who: str, *parts: Part) -> list[Block]:
    """The same day five times."""
    return [
        Block(weekday, who, _minutes(begins), _minutes(ends), kind, length, places)
        for weekday in range(1, 6)
        for begins, ends, kind, length, places in parts
    ]


def _minutes(clock: int) -> int:
    return clock // 100 * 60 + clock % 100


def _quarters() -> list[Block]:
    return _week(
        GP,
        (800, 930, C, 15, None),
        (930, 1030, C, 30, None),
        (1030, 1100, B, None, None),
        (1100, 1130, U, 15, None),
        (1130, 1200, T, None, None),
        (1300, 1400, V, 30, None),
        (1400, 1530, C, 15, None),
        (1530, 1630, C, 30, None),
        (1630, 1700, E, None, None),
    )


def _two_rooms() -> list[Block]:
    return [
        *_week(
            GP,
            (800, 930, W, 10, None),
            (930, 1030, C, 15, None),
            (1030, 1100, B, None, None),
            (1100, 1200, C, 30, None),
            (1300, 1400, V, 30, None),
            (1400, 1530, C, 15, None),
            (1530, 1600, U, 10, None),
            (1600, 1700, E, None, None),
        ),
        *_week(ASSISTANT, (800, 930, E, None, None)),
    ]


def _twenty() -> list[Block]:
    return _week(
        GP,
        (800, 1020, C, 20, None),
        (1020, 1040, B, None, None),
        (1040, 1140, U, 20, None),
        (1140, 1200, T, None, None),
        (1300, 1400, V, 30, None),
        (1400, 1600, C, 20, None),
        (1600, 1700, E, None, None),
    )


def _looking_along() -> list[Block]:
    return _week(
        GP,
        (800, 930, C, 15, None),
        (930, 1030, C, 30, None),
        (1030, 1100, E, 5, 4),
        (1100, 1130, B, None, None),
        (1130, 1200, U, 15, None),
        (1300, 1400, V, 30, None),
        (1400, 1530, C, 15, None),
        (1530, 1600, E, 5, 4),
        (1600, 1700, C, 30, None),
    )


def _simple_questions_elsewhere() -> list[Block]:
    return [
        *_week(
            GP,
            (800, 930, C, 15, None),
            (930, 1030, C, 30, None),
            (1030, 1100, B, None, None),
            (1100, 1130, U, 15, None),
            (1130, 1200, E, None, None),
            (1300, 1400, V, 30, None),
            (1400, 1600, C, 30, None),
            (1600, 1700, T, None, None),
        ),
        *_week(
            ASSISTANT,
            (830, 1000, C, 10, None),
            (1000, 1015, B, None, None),
            (1015, 1100, W, 5, None),
            (1300, 1500, C, 10, None),
        ),
    ]


PATTERNS = (
    Pattern(
        "quarters",
        "15 en 30 minuten, zonder 5",
        _("A quarter of an hour as a rule, half an hour where there is much to discuss."),
        _quarters,
    ),
    Pattern(
        "two-rooms",
        "Twee kamers met een assistente",
        _("The assistant receives and prepares; short questions go quickly in between."),
        _two_rooms,
    ),
    Pattern(
        "twenty",
        "20 minuten voor iedereen",
        _("One length for all; what is not needed goes to whoever needs more."),
        _twenty,
    ),
    Pattern(
        "looking-along",
        "15 en 30 minuten, 5 om mee te kijken",
        _("Looking along for five minutes within the block for e-mail."),
        _looking_along,
    ),
    Pattern(
        "simple-elsewhere",
        "Eenvoudige vragen bij de assistente",
        _("Simple questions go to a colleague, so the GP keeps time for the others."),
        _simple_questions_elsewhere,
    ),
)


def pattern(key: str) -> Pattern | None:
    return next((one for one in PATTERNS if one.key == key), None)
