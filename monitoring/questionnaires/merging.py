"""Two colleagues in one questionnaire: what each changed is kept, question by question. Pure."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

Answers = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Merged:
    """`clashes` are the keys that both changed; `taken` says that something of the other's is in
    `answers` which is not on the screen."""

    answers: dict[str, Any]
    clashes: tuple[str, ...]
    taken: bool


def merge(shown: Answers, mine: Answers, theirs: Answers) -> Merged:
    """`shown` is what stood on the screen when somebody began, or last saved from it; `theirs` is
    what is stored by now."""
    answers, clashes, taken = dict(mine), [], False
    for key in mine:
        if key not in theirs or _same(mine[key], theirs[key]):
            continue
        if _same(mine[key], shown.get(key)):
            answers[key], taken = theirs[key], True
        elif not _same(theirs[key], shown.get(key)):
            clashes.append(key)
    return Merged(answers, tuple(clashes), taken)


def packed(answers: Answers) -> str:
    """For a hidden field of the page."""
    return json.dumps(dict(answers))


def unpacked(text: str) -> dict[str, Any]:
    """Empty for what no page of ours can have sent: then everything typed is a change."""
    try:
        found = json.loads(text)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def in_words(value: Any) -> str:
    """An answer of a colleague, to be read beside one's own."""
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(value, list):
        return "\n".join(str(one.get("text", "")) for one in value)
    return str(value or _("Nothing filled in"))


def _same(one: Any, other: Any) -> bool:
    """No answer, an empty one and none at all are alike; so are the ends of lines."""
    return bool(_plain(one) == _plain(other))


def _plain(value: Any) -> Any:
    if isinstance(value, str):
        return value.replace("\r\n", "\n").strip() or None
    return None if value == [] else value
