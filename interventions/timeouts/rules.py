"""What a time-out may be, whether it comes from a page or later from a device.

Of patients it says nothing: a citizen service number is refused on the page and left out of what
a device sends; what looks like a name or a date of birth its writer is asked about.
"""

from datetime import date

from mtvp.privacy.identifying import Found, Sign, identifying

YEARS_BACK = 2
"""As long as time-outs are kept."""


def doubtful(learned: str, *, today: date) -> list[Found]:
    """What its writer should look at: a guess, so it is asked and not refused."""
    return [one for one in identifying(learned, today=today) if one.sign != Sign.BSN]


def refused(learned: str, *, today: date) -> list[Found]:
    return [one for one in identifying(learned, today=today) if one.sign == Sign.BSN]


def seen_key(found: list[Found]) -> str:
    """Says which warnings somebody had in front of them; other words ask anew."""
    return "|".join(one.text for one in found)
