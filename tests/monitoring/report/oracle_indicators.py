"""The indicators of a report reckoned once more, with the intervals around them.

Between practices: the ratio of sums with Student's t; a share of people: Wilson's; a count: the
exact limits of Poisson. Sums are exact fractions here; limits are found by halving.
"""

import functools
import math
from decimal import Decimal
from fractions import Fraction

Z = 1.959963984540054
FEWEST_PRACTICES = 8
COUNTED = {
    "consultations": ("denominator",),
    "patients_per_fte": ("numerator",),
    "waiting_time": (),
}
"""Which of the two numbers counts patients; of the others both do."""
RATES = ("consultations", "referrals", "diagnostics", "prescriptions")


@functools.cache
def poisson(events):
    """Exact limits of a count, by halving."""

    def below(count, mean):
        """P(X <= count)."""
        if count < 0:
            return 0.0
        if mean == 0:
            return 1.0
        logs = [k * math.log(mean) - mean - math.lgamma(k + 1) for k in range(count + 1)]
        return math.fsum(math.exp(one) for one in logs)

    def halved(fits):
        low, high = 0.0, events * 2 + 20.0
        for _ in range(60):
            middle = (low + high) / 2
            low, high = (middle, high) if fits(middle) else (low, middle)
        return low

    lower = halved(lambda mean: 1 - below(events - 1, mean) < 0.025) if events else 0.0
    return lower, halved(lambda mean: below(events, mean) > 0.025)


@functools.cache
def students_t(freedom):
    """Above which 2.5 % of Student's distribution lies: Simpson's rule over its density."""
    scale = math.exp(math.lgamma((freedom + 1) / 2) - math.lgamma(freedom / 2))
    scale /= math.sqrt(freedom * math.pi)

    def between_nought_and(limit):
        steps = 2000
        width = limit / steps
        heights = [
            (1 if place in (0, steps) else 4 if place % 2 else 2)
            * (1 + (place * width) ** 2 / freedom) ** (-(freedom + 1) / 2)
            for place in range(steps + 1)
        ]
        return scale * width / 3 * math.fsum(heights)

    low, high = 0.0, 20.0
    for _ in range(50):
        middle = (low + high) / 2
        low, high = (middle, high) if between_nought_and(middle) < 0.475 else (low, middle)
    return low


def of_practices(figures, value):
    """`figures` are the numerators and denominators of practices that have a figure."""
    number = len(figures)
    top, people = sum(x for x, _ in figures), sum(n for _, n in figures)
    squares = Fraction(0)
    for x, n in figures:
        squares += (x - n * top / people) ** 2
    error = math.sqrt(float(squares * number / (number - 1))) / float(people)
    away = students_t(number - 1) * error
    return max(0.0, value - away), value + away


def of_share(count, people):
    """Wilson's: the shares from which this count is 1.96 standard errors away."""
    share = count / people
    a, b, c = 1 + Z * Z / people, -(2 * share + Z * Z / people), share * share
    root = math.sqrt(b * b - 4 * a * c)
    return max(0.0, (-b - root) / (2 * a)), min(1.0, (-b + root) / (2 * a))


def limits(region, name, row):
    """The lower and upper limit around a value that is shown, and what they rest on."""
    top, people = float(row["numerator"]), float(row["denominator"])
    figures = [
        (Fraction(str(one["numerator"])), Fraction(str(one["denominator"])))
        for one in region["practice_indicators"]
        if (one["indicator"], one["year"]) == (name, row["year"]) and one["denominator"]
    ]
    code = name.split(":")[0]
    if len(figures) >= FEWEST_PRACTICES:
        return (*of_practices(figures, top / people), "practices")
    if code == "fixed_gp" and top <= people:
        return (*of_share(top, people), "share")
    if code in RATES:
        low, high = poisson(int(top))
        return low / people, high / people, "rate"
    return None


def is_small(row):
    """Whether it rests on fewer than ten patients; of a share those outside it count as well."""
    code = row["indicator"].split(":")[0]
    numbers = [row[which] for which in COUNTED.get(code, ("numerator", "denominator"))]
    if code == "fixed_gp":
        numbers.append(row["denominator"] - row["numerator"])
    return any(0 < number < 10 for number in numbers)


def indicator_year(region, row, *, hidden):
    found = {"year": row["year"], "value": None, "national": None}
    found |= {"low": None, "high": None, "interval": ""}
    if row["national"] is not None:
        found["national"] = f"{Decimal(str(row['national'])):.4f}"
    top, bottom = Decimal(row["numerator"]), Decimal(row["denominator"])
    if not bottom or hidden:
        return found
    found["value"] = str((top / bottom).quantize(Decimal("0.0001")))
    around = limits(region, row["indicator"], row)
    if around is not None:
        found |= {"low": f"{around[0]:.4f}", "high": f"{around[1]:.4f}", "interval": around[2]}
    return found


def hidden_rows(region, year, told):
    """Names and years that are hidden: small ones, and what would tell a small one: the whole minus
    the specialisms that show. Which specialism goes along is the report's choice (`told`)."""
    rows = {
        (row["indicator"], row["year"]): row
        for row in region["indicators"]
        if year - 3 <= row["year"] <= year and row["denominator"]
    }
    hidden = {key for key, row in rows.items() if is_small(row)}
    for (name, when), whole in rows.items():
        parts = [key for key in rows if key[0].startswith(f"{name}:") and key[1] == when]
        left = whole["numerator"] - sum(rows[key]["numerator"] for key in parts)
        if not parts or left < 0:
            continue
        if 0 < left < 10 or hidden & set(parts):
            hidden |= {key for key in parts if key in told}
        left += sum(rows[key]["numerator"] for key in parts if key in hidden)
        if 0 < left < 10 and (name, when) not in hidden:
            hidden |= set(parts)
    return hidden


def indicators(region, year, told):
    """Those with a figure in the year or the three before it, and the paths that are hidden."""
    hidden = hidden_rows(region, year, {tuple_of(path) for path in told})
    found = []
    names = {row["indicator"] for row in region["indicators"]}
    order = {one["code"]: one for one in region["definitions"]}
    for name in sorted(names, key=lambda one: (order[one.split(":")[0]]["position"], one)):
        code, _, detail = name.partition(":")
        years = [
            indicator_year(region, row, hidden=(name, row["year"]) in hidden)
            for row in sorted(region["indicators"], key=lambda one: one["year"])
            if row["indicator"] == name and year - 3 <= row["year"] <= year
        ]
        if years:
            meant = {"title": order[code]["title"], "aim": order[code]["aim"]}
            found.append({"indicator": code, "detail": detail, **meant, "years": years})
    return found, {f"indicators.{name}.{when}.value" for name, when in hidden}


def tuple_of(path):
    _, name, when, _ = path.split(".")
    return name, int(when)
