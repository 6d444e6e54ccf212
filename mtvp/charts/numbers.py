"""Numbers and dates as people read them, in the active language (Dutch: 1.234,5)."""

from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from django.utils import formats

Number = int | float | Decimal


def rounded(value: Number, decimals: int = 0) -> Decimal:
    """Half away from nought, as people round by hand; floats by the digits they print."""
    exact = value if isinstance(value, Decimal) else Decimal(str(value))
    return exact.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)


def number(value: Number, decimals: int = 0) -> str:
    """`1234.5` → `1.234,5` with one decimal."""
    return formats.number_format(
        rounded(value, decimals), decimal_pos=decimals, use_l10n=True, force_grouping=True
    )


def percent(share: Number, decimals: int = 0) -> str:
    """A share of one as a percentage: `0.725` → `73%`."""
    exact = share if isinstance(share, Decimal) else Decimal(str(share))
    return f"{number(exact * 100, decimals)}%"


def money(amount: Number) -> str:
    """Euros with two decimals: `€ 1.234,50`."""
    return f"€\N{NO-BREAK SPACE}{number(amount, 2)}"


def day(value: date) -> str:
    """`2023-12-31` → `31 december 2023`."""
    return formats.date_format(value, "DATE_FORMAT", use_l10n=True)
