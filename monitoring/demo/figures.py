"""Figures that reach the region from outside: panels, the regional fee and indicators."""

from collections.abc import Iterator
from datetime import date

from monitoring.demo.chance import dice
from monitoring.demo.region import DemoPractice, DemoRegion, begun, quarter_start
from practices.programme_year import add_months

SHARES = {"CZ": 0.43, "VGZ": 0.27, "Zilveren Kruis": 0.16, "Menzis": 0.08, "DSW": 0.06}

Row = tuple[object, ...]


def panels(region: DemoRegion) -> Iterator[Row]:
    """Patients per insurer on the first day of every quarter since a year before the first start.

    Lists grow a little, and a few patients change insurer at New Year.
    """
    first = add_months(region.cohorts[0].start, -12)
    quarters = [add_months(first, 3 * number) for number in range(100)]
    quarters = [day for day in quarters if day <= quarter_start(region.today)]
    for practice in region.practices:
        chance = dice(region.seed, "panels", practice.index)
        shares = {name: share * chance.uniform(0.7, 1.3) for name, share in SHARES.items()}
        total = sum(shares.values())
        growth = chance.uniform(-0.002, 0.006)
        for number, day in enumerate(quarters):
            size = practice.patients * (1 + growth * (number - len(quarters)))
            for insurer, share in shares.items():
                moved = 1 + 0.02 * (day.year % 3 - 1) * (1 if insurer == "CZ" else -1)
                yield (
                    practice.code,
                    f"{day.year}Q{(day.month + 2) // 3}",
                    insurer,
                    round(size * share / total * moved),
                )


def regional_fee(region: DemoRegion) -> Iterator[Row]:
    """The list of VGZ: most practices from a quarter after their start, one for a year only.

    Another insurer follows where VGZ is the preferred one."""
    for practice in begun(region):
        listed_from = add_months(practice.start, 3)
        if practice.index % 4 == 2 or listed_from > region.today:
            continue
        until: date | None = practice.stopped_on
        if practice.index % 20 == 4:
            until = add_months(practice.start, 15)
        yield practice.code, "VGZ", listed_from, until
        if practice.preferred_insurer == "VGZ":
            yield practice.code, "Zilveren Kruis", listed_from, until


# Numerator per patient (per year) for the region and the country; the file gives both.
_PER_PATIENT = {
    "consultations": (4.55, 4.62),
    "referrals": (0.212, 0.226),
    "referrals:Cardiologie": (0.021, 0.023),
    "referrals:Dermatologie": (0.026, 0.025),
    "referrals:Orthopedie": (0.024, 0.027),
    "diagnostics": (0.131, 0.139),
    "prescriptions": (5.82, 5.97),
}
_WITHOUT_FIXED_GP = (0.036, 0.049)
_PATIENTS_PER_FTE = (2_142, 2_095)
_WAITING_DAYS = (3.1, 3.4)
_YEARS = 5

# How much practices differ from one another, and a practice from itself in another year.
_BETWEEN, _WITHIN = 0.07, 0.02
_HOME_DIFFERS = {"referrals": 1.28, "consultations": 0.99, "referrals:Cardiologie": 1.3}


def indicators(region: DemoRegion) -> Iterator[Row]:
    """The last full years of the region, and of three practices in four."""
    years = range(region.today.year - _YEARS, region.today.year)
    for year in years:
        patients = sum(practice.patients for practice in region.practices)
        yield from _indicators_of(region, None, patients, year)
        for practice in region.practices:
            if practice.index % 4 != 3:
                yield from _indicators_of(region, practice, practice.patients, year)


def _indicators_of(
    region: DemoRegion, practice: DemoPractice | None, patients: int, year: int
) -> Iterator[Row]:
    code = practice.code if practice else ""
    chance = dice(region.seed, "indicators", code, year)
    trend = 1 - 0.012 * (year - region.today.year + _YEARS)

    def around(name: str, value: float) -> float:
        level = 1.0
        if practice and practice.is_home and name in _HOME_DIFFERS:
            level = _HOME_DIFFERS[name]
        elif practice:
            level = float(dice(region.seed, "level", code, name).normal(1, _BETWEEN))
        return value * trend * level * float(chance.normal(1, _WITHIN if practice else 0.005))

    for name, (regional, national) in _PER_PATIENT.items():
        counted = int(chance.poisson(patients * around(name, regional)))
        yield code, year, name, counted, patients, national
    without = int(chance.poisson(patients * around("fixed_gp", _WITHOUT_FIXED_GP[0])))
    fixed = max(patients - without, 0)
    yield code, year, "fixed_gp", fixed, patients, round(1 - _WITHOUT_FIXED_GP[1], 6)
    fte = round(patients / around("patients_per_fte", _PATIENTS_PER_FTE[0]), 1)
    yield code, year, "patients_per_fte", patients, max(fte, 0.5), _PATIENTS_PER_FTE[1]
    asked = 20 if practice else 20 * len(region.practices)
    days = round(asked * around("waiting_time", _WAITING_DAYS[0]))
    yield code, year, "waiting_time", days, asked, _WAITING_DAYS[1]
