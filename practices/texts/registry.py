"""How the apps tell which of their texts the region may write itself."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Announced:
    """`label` says to the coordinator where the text appears; `title` and `body` are the first
    Dutch text, `body` in Markdown. A text for mail is plain: its title is the subject, and
    `placeholders` are the names that may stand in it between braces, each with an example. Where a
    text is read as more than words, `wrong` names what cannot be read in a body, and `hint` tells
    how it is written."""

    key: str
    label: Any
    title: str
    body: str
    mail: bool = False
    placeholders: Mapping[str, str] = field(default_factory=dict)
    wrong: Callable[[str], list[str]] | None = None
    hint: Any = ""


_announced: dict[str, Announced] = {}


def announce(*texts: Announced) -> None:
    for text in texts:
        _announced[text.key] = text


def announced() -> list[Announced]:
    """In the order in which they were announced: the floor below first."""
    return list(_announced.values())


def find(key: str) -> Announced | None:
    return _announced.get(key)
