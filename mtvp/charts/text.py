"""How wide a text is, so that a figure can be laid out without a browser."""

import unicodedata
from functools import lru_cache

FAMILY = "Source Sans 3, system-ui, Segoe UI, Roboto, Arial, sans-serif"

SLACK = 1.12
"""Room for a fallback face: Arial's figures are 12% wider than those of Source Sans 3."""

_WIDE = 850
"""Thousandths of the size, for signs that the tables below do not hold."""

_REGULAR = """
    200 289 426 497 497 824 609 249 303 303 418 497 249 311 249 350 497 497 497 497 497 497 497
    497 497 497 249 249 497 497 497 425 847 543 588 571 615 527 494 617 652 263 479 579 486 727
    647 664 566 664 569 534 536 645 515 786 513 476 539 303 350 303 497 500 542 504 553 456 555
    496 292 504 544 246 247 495 255 829 547 542 555 555 347 419 338 544 467 719 446 467 425 303
    241 303 497
"""
_BOLD = """
    200 315 482 513 513 841 639 275 324 324 438 513 275 322 275 344 513 513 513 513 513 513 513
    513 513 513 275 275 513 513 513 444 875 558 597 576 625 538 510 628 663 282 494 597 502 745
    657 674 582 674 592 545 546 655 536 800 541 501 540 324 344 324 513 500 549 516 563 462 564
    507 317 520 558 262 263 522 271 843 560 549 564 564 373 431 361 556 495 748 481 495 443 324
    255 324 513
"""
"""Advance widths of Source Sans 3 at 400 and 600, in thousandths, from space to tilde."""

_OTHER = {"\N{EURO SIGN}": 513, "\N{EN DASH}": 480, "\N{NO-BREAK SPACE}": 200, "·": 275}


def text_width(text: str, size: float, *, bold: bool = False) -> float:
    """Pixels that `text` takes at `size`, with slack for a fallback face."""
    plain = unicodedata.normalize("NFD", text)
    widths = _widths(bold=bold)
    thousandths = sum(widths.get(sign, _WIDE) for sign in plain if not unicodedata.combining(sign))
    return thousandths * size * SLACK / 1000


def wrapped(text: str, size: float, room: float, *, bold: bool = False) -> list[str]:
    """The lines of `text` within `room` pixels; a word that is too long is cut with a hyphen."""
    lines: list[str] = []
    line = ""
    words = [word for word in text.split(" ") if word]
    for word in (piece for long in words for piece in _cut(long, size, room, bold=bold)):
        longer = f"{line} {word}" if line else word
        if line and text_width(longer, size, bold=bold) > room:
            lines.append(line)
            line = word
        else:
            line = longer
    return [*lines, line] if line else lines


def _cut(word: str, size: float, room: float, *, bold: bool) -> list[str]:
    pieces, rest = [], word
    while text_width(rest, size, bold=bold) > room and len(rest) > 1:
        fits = len(rest) - 1
        while fits > 1 and text_width(rest[:fits] + "-", size, bold=bold) > room:
            fits -= 1
        pieces.append(rest[:fits] + "-")
        rest = rest[fits:]
    return [*pieces, rest]


@lru_cache(maxsize=2)
def _widths(*, bold: bool) -> dict[str, int]:
    table = _BOLD if bold else _REGULAR
    return {chr(32 + place): int(width) for place, width in enumerate(table.split())} | _OTHER
