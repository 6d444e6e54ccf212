"""Reviewed data that comes with the product: norms, the regional fee, the national maximum."""

from datetime import date
from decimal import Decimal
from typing import Any

from practices.models import Norm, Tariff
from practices.norms import SHIPPED
from practices.states import TariffKind

# Earlier than any programme: what is shipped holds until somebody records something later.
SINCE = date(2000, 1, 1)

# € 2.00 per registered patient per year, paid per quarter [4].
REGIONAL_FEE = Decimal("0.50")

# The national maximum of the programme that is known; tariffs of insurers come with the region.
MAXIMUM_2025 = Decimal("3.23")


def load(*, using: str, **_: Any) -> None:
    """Add what is missing; what an administrator changed or added stays."""
    if using != "owner":
        return
    present = set(Norm.objects.using(using).filter(cohort=None).values_list("key", flat=True))
    Norm.objects.using(using).bulk_create(
        Norm(key=norm.key, valid_from=SINCE, value=norm.value)
        for norm in SHIPPED
        if norm.key not in present
    )
    tariffs = Tariff.objects.using(using)
    if not tariffs.filter(kind=TariffKind.REGIONAL_FEE, insurer=None).exists():
        tariffs.create(kind=TariffKind.REGIONAL_FEE, valid_from=SINCE, amount=REGIONAL_FEE)
    if not tariffs.filter(kind=TariffKind.PROGRAMME_MAXIMUM).exists():
        tariffs.create(
            kind=TariffKind.PROGRAMME_MAXIMUM,
            valid_from=date(2025, 1, 1),
            valid_until=date(2025, 12, 31),
            amount=MAXIMUM_2025,
        )
