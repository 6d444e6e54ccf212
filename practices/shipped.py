"""Reviewed data that comes with the product: norms and the regional fee."""

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
    if not Tariff.objects.using(using).filter(kind=TariffKind.REGIONAL_FEE, insurer=None).exists():
        Tariff.objects.using(using).create(
            kind=TariffKind.REGIONAL_FEE, valid_from=SINCE, amount=REGIONAL_FEE
        )
