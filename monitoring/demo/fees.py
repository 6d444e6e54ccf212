"""Tariffs of the demo's insurers. Of Menzis the one of 2023 is real; the others are made up, a
little below the national maximum."""

from datetime import date
from decimal import Decimal

from monitoring.demo.figures import SHARES
from monitoring.tariffs.services import record_tariff
from practices.models import Insurer, Tariff
from practices.states import TariffKind

FIRST_YEAR = 2023
MENZIS_2023 = Decimal("2.88")
A_YEAR = Decimal("0.09")


def record_tariffs(today: date) -> int:
    """For every insurer but the last one a tariff per year: one gap to fill in. Again adds none."""
    if Tariff.objects.filter(kind=TariffKind.PROGRAMME).exists():
        return 0
    recorded = 0
    insurers = {one.name: one for one in Insurer.objects.filter(name__in=SHARES)}
    for place, name in enumerate(list(SHARES)[:-1]):
        for year in range(FIRST_YEAR, today.year + 1):
            first = MENZIS_2023 if name == "Menzis" else Decimal("2.80") + place * Decimal("0.03")
            record_tariff(
                kind=TariffKind.PROGRAMME,
                insurer=insurers[name],
                amount=first + (year - FIRST_YEAR) * A_YEAR,
                valid_from=date(year, 1, 1),
                valid_until=date(year, 12, 31),
                actor=None,
            )
            recorded += 1
    return recorded
