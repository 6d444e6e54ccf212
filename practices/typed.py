"""What somebody sends as a number, before anything else believes it."""

MOST_DIGITS = 9
"""No row has a higher key; a database and Python itself refuse numbers of thousands of digits."""


def whole_number(text: str) -> int | None:
    """None for what is no whole number from 0 on, or has more digits than anything here."""
    known = text.isascii() and text.isdigit() and len(text) <= MOST_DIGITS
    return int(text) if known else None
