"""Several people in one text without loss: who saves says which text was based on, by its mark;
when another stands there by then the new one is kept beside it, and people choose."""

import hashlib
from enum import StrEnum

MARK_LENGTH = 16


class Outcome(StrEnum):
    SAVED = "saved"
    SAME = "same"
    APART = "apart"


class Way(StrEnum):
    """What becomes of a text that waits beside that of a colleague."""

    MINE = "mine"
    THEIRS = "theirs"
    BOTH = "both"


def mark_of(text: str) -> str:
    """Short, and other for another text; line ends and spaces around it are no other text."""
    return hashlib.sha256(tidy(text).encode()).hexdigest()[:MARK_LENGTH]


def tidy(text: str) -> str:
    return text.replace("\r\n", "\n").strip()
