"""Differences between versions: complete both ways, whatever was changed."""

import random

from interventions.practice_plan.differences import (
    Change,
    Piece,
    section_differences,
    word_differences,
)

WORDS = ["wij", "doen", "dit", "niet", "\n", "meer,", "volgend jaar", ""]


def text_of(pieces, without: Change) -> str:
    return "".join(piece.text for piece in pieces if piece.change is not without)


def test_both_texts_can_be_read_back_from_their_differences():
    chance = random.Random(6)
    for _one in range(200):
        old, new = (" ".join(chance.choices(WORDS, k=chance.randrange(9))) for _two in "ab")
        pieces = word_differences(old, new)
        assert text_of(pieces, Change.ADDED) == old
        assert text_of(pieces, Change.REMOVED) == new


def test_one_other_word_is_one_word_out_and_one_in():
    assert word_differences("twee assistenten gaan", "drie assistenten gaan") == (
        Piece(Change.REMOVED, "twee"),
        Piece(Change.ADDED, "drie"),
        Piece(Change.SAME, " assistenten gaan"),
    )


def test_sections_that_came_went_changed_and_stayed():
    def section(key, doing):
        return {"key": key, "kind": "free", "texts": {"doing": doing}}

    old = [section(1, "blijft"), section(2, "was zo"), section(3, "weg")]
    new = [section(4, "nieuw"), section(1, "blijft"), section(2, "is zo")]
    found = section_differences(old, new)
    told = [(one.section["key"], one.change, one.changed) for one in found]
    assert told == [
        (4, Change.ADDED, True),
        (1, Change.SAME, False),
        (2, Change.SAME, True),
        (3, Change.REMOVED, True),
    ]
    assert found[3].texts["doing"] == (Piece(Change.REMOVED, "weg"),)
