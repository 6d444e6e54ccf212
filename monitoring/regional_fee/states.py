"""Named sets of the regional fee."""

from enum import StrEnum

LEADING_INSURER = "VGZ"
"""Whose list it is [4]: other insurers follow only where this one is the preferred insurer."""


class Reason(StrEnum):
    """Why nothing is accounted for in a quarter, the first that fits."""

    NOT_YET = "not_yet"
    NO_PANEL = "no_panel"
    NO_TARIFF = "no_tariff"
    NOT_BEGUN = "not_begun"
    STOPPED = "stopped"
    OTHER_PREFERRED = "other_preferred"
    LEADING_NOT_LISTED = "leading_not_listed"
    NOT_LISTED = "not_listed"


class Doubt(StrEnum):
    """What to ask the insurer about a quarter that is accounted for: the list decides."""

    NOT_BEGUN = "listed_not_begun"
    STOPPED = "listed_stopped"
    OTHER_PREFERRED = "listed_other_preferred"
    LEADING_NOT_LISTED = "listed_leading_not"
