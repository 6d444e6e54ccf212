"""The comparison once more in plain loops, from its definition; shares no code with the product.

A patient is a tuple (u, v0, v1). Decimals of 60 digits, so that nothing here is lost to rounding.
"""

import math
from collections.abc import Iterable, Sequence
from decimal import Decimal, getcontext

getcontext().prec = 60

Patient = tuple[int, int, int]
# Two-sided 95% of Student's t, from printed tables (R: qt(0.975, df)).
T_TABLE = {9: 2.2621571627409915, 11: 2.200985160082949, 19: 2.093024054408263}


def practice_ratio(planned: Sequence[Patient], others: Sequence[Patient]) -> float:
    return _mean(planned) / _mean(others)


def _mean(patients: Sequence[Patient]) -> float:
    return math.fsum(v1 / v0 for _u, v0, v1 in patients) / len(patients)


def practice_interval(
    planned: Sequence[Patient], others: Sequence[Patient], picks: Iterable[Sequence[int]]
) -> tuple[float, float]:
    """Each pick lists places in planned + others."""
    everybody = [*planned, *others]
    real = set(range(len(planned)))
    low_values, high_values = [0.0, math.inf], [0.0, math.inf]
    for pick in picks:
        drawn = set(pick)
        if drawn == real:
            continue
        lost = math.fsum(everybody[i][2] / everybody[i][1] for i in real - drawn)
        won = math.fsum(everybody[i][2] / everybody[i][1] for i in drawn - real)
        if won > 0:
            low_values.append(lost / won)
            high_values.append(lost / won)
        else:
            low_values.append(math.inf if lost > 0 else 0.0)
            high_values.append(math.inf)
    low_values.sort()
    high_values.sort()
    steps = len(low_values) - 1
    return low_values[math.floor(0.025 * steps)], high_values[math.ceil(0.975 * steps)]


def expected_of(
    practices: Sequence[tuple[Sequence[Patient], Sequence[Patient]]], *, two_years: bool
) -> float:
    """Contacts expected of all planned patients together."""
    f = _least_squares([one for _planned, others in practices for one in others], two_years)
    total = Decimal(0)
    for planned, others in practices:
        foreseen = sum(_value(f, one, two_years) for one in others)
        k = Decimal(sum(v1 for _u, _v0, v1 in others)) / foreseen
        total += sum(
            (k * max(Decimal(1), _value(f, one, two_years)) for one in planned), Decimal(0)
        )
    return float(total)


def region(
    practices: Sequence[tuple[Sequence[Patient], Sequence[Patient]]],
    *,
    two_years: bool,
    more: Sequence[Patient] = (),
) -> dict[str, float]:
    """Each practice is (planned, others). `more` are high users without a plan of other years."""
    others_of_all = [one for _planned, others in practices for one in others]
    f = _least_squares([*others_of_all, *more], two_years)
    observed, expected = [], []
    for planned, others in practices:
        foreseen = sum(_value(f, one, two_years) for one in others)
        k = Decimal(sum(v1 for _u, _v0, v1 in others)) / foreseen
        observed.append(Decimal(sum(v1 for _u, _v0, v1 in planned)))
        expected.append(sum(k * max(Decimal(1), _value(f, one, two_years)) for one in planned))
    ratio = sum(observed) / sum(expected)
    apart = sum((o - ratio * e) ** 2 for o, e in zip(observed, expected, strict=True))
    number = len(practices)
    error = (Decimal(number) / (number - 1) * apart).sqrt() / sum(observed)
    reach = (Decimal(T_TABLE[number - 1]) * error).exp()
    low, high, total = ratio / reach, ratio * reach, sum(expected)
    return {
        "ratio": float(ratio),
        "low": float(low),
        "high": float(high),
        "expected": float(total),
        "avoided": float(total - sum(observed)),
        "avoided_low": float(total - high * total),
        "avoided_high": float(total - low * total),
    }


def _columns(patient: Patient, two_years: bool) -> list[Decimal]:
    u, v = Decimal(patient[0]), Decimal(patient[1])
    return [Decimal(1), v, u, v * v, u * v, u * u] if two_years else [Decimal(1), v]


def _value(f: Sequence[Decimal], patient: Patient, two_years: bool) -> Decimal:
    return sum(a * b for a, b in zip(f, _columns(patient, two_years), strict=True))


def _least_squares(patients: Sequence[Patient], two_years: bool) -> list[Decimal]:
    """By Gram-Schmidt on the columns, not by the normal equations."""
    rows = [_columns(one, two_years) for one in patients]
    target = [Decimal(one[2]) for one in patients]
    columns = [list(column) for column in zip(*rows, strict=True)]
    size = len(columns)
    upright: list[list[Decimal]] = []
    shares = [[Decimal(0)] * size for _column in range(size)]
    for place, column in enumerate(columns):
        rest = list(column)
        for earlier, base in enumerate(upright):
            share = _dot(base, column) / _dot(base, base)
            shares[earlier][place] = share
            rest = [a - share * b for a, b in zip(rest, base, strict=True)]
        upright.append(rest)
    found = [_dot(base, target) / _dot(base, base) for base in upright]
    for place in reversed(range(size)):
        for later in range(place + 1, size):
            found[place] -= shares[place][later] * found[later]
    return found


def _dot(one: Sequence[Decimal], other: Sequence[Decimal]) -> Decimal:
    return sum((a * b for a, b in zip(one, other, strict=True)), Decimal(0))
