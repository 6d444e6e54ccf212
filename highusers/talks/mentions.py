"""Patients in notes of team talks: one note is about several, each by V-code.

Whoever asks what is held gets the lines with the own code, others' codes blanked out. When a
patient is taken out the code goes, so that the note leads nowhere: what was decided stays with
the practice. Each function runs in the scope of the practice.
"""

import re
from typing import Any

from highusers.models import TeamTalk
from practices.models import Practice

_CODE = re.compile(r"(?<![0-9A-Za-z])[Vv]-?0*([1-9][0-9]{0,8})(?![0-9])")
BLANK = "V-…"


def lines_about(practice: Practice, number: int) -> list[dict[str, Any]]:
    """By talk, the lines that name this patient."""
    found = []
    for talk in TeamTalk.objects.filter(practice=practice).order_by("held_on", "pk"):
        lines = [_only(number, line) for line in talk.decided.splitlines() if _names(number, line)]
        if lines:
            found.append({"held_on": talk.held_on, "decided": "\n".join(lines)})
    return found


def take_out_code(practice: Practice, number: int) -> int:
    """Returns the number of notes that named this patient; an open form of one is overtaken."""
    named = [
        talk
        for talk in TeamTalk.objects.filter(practice=practice).select_for_update(no_key=True)
        if _names(number, talk.decided)
    ]
    for talk in named:
        talk.decided = _CODE.sub(lambda code: BLANK if _is(number, code) else code[0], talk.decided)
        talk.save(update_fields=["decided", "changed_at"])
    return len(named)


def _names(number: int, text: str) -> bool:
    return any(_is(number, code) for code in _CODE.finditer(text))


def _only(number: int, line: str) -> str:
    return _CODE.sub(lambda code: code[0] if _is(number, code) else BLANK, line)


def _is(number: int, code: re.Match[str]) -> bool:
    return int(code[1]) == number
