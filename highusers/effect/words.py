"""The words that belong to the figures. A fall of the planned patients by itself has none."""

import math
from datetime import date

from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from highusers.effect.expected import Pooled
from highusers.effect.permutation import Estimate
from highusers.effect.reasons import Reason
from mtvp.charts.numbers import day, number, percent
from mtvp.charts.ratios import Sides
from mtvp.privacy.suppression import MINIMUM

POWER = ((5, 0.60), (50, 0.25), (100, 0.18), (500, 0.09))
"""Planned patients, and the smallest fall that such a number shows four times out of five."""

REASONS = {
    Reason.NOT_TWELVE_MONTHS: gettext_lazy(
        "This extract does not cover twelve months, so it cannot be compared with another."
    ),
    Reason.NO_LATER_EXTRACT: gettext_lazy(
        "The extract of the twelve months after the choice is not there yet."
    ),
    Reason.CENSORED: gettext_lazy(
        "The next extract lists high users only. Whoever came less often is missing from it, "
        "so it cannot show a difference. Read in an extract of all patients."
    ),
    Reason.OTHER_DEFINITION: gettext_lazy(
        "The next extract counts other contacts than this one, so they cannot be compared."
    ),
    Reason.ROWS_GONE: gettext_lazy(
        "The rows of patients without a plan were removed by the time limit before they were "
        "compared."
    ),
    Reason.NOBODY_PLANNED: gettext_lazy("No patient of this extract has a plan."),
    Reason.EVERYBODY_PLANNED: gettext_lazy(
        "There is no high user without a plan left to compare with in the next extract."
    ),
    Reason.TOO_FEW_PLANNED: gettext_lazy(
        "Not enough data yet: fewer than two patients with a plan."
    ),
    Reason.TOO_MANY_PLANNED: gettext_lazy(
        "This comparison is made for at most 50 patients with a plan. Look at the region."
    ),
    Reason.TOO_FEW_COMPARED: gettext_lazy(
        "Not enough data yet: fewer than two high users without a plan."
    ),
    Reason.TOO_FEW_SETS: gettext_lazy(
        "Not enough data yet: too few patients to tell chance from a difference."
    ),
    Reason.HIGHEST_CHOSEN: gettext_lazy(
        "Every patient with a plan came more often than every patient without one. The highest "
        "fall most by themselves, so nobody is left to compare with honestly."
    ),
    Reason.NO_CONTACTS: gettext_lazy("Not enough data yet: one of the groups had no contacts."),
    Reason.ALL_ALIKE: gettext_lazy("Not enough data yet: all patients changed by the same share."),
    Reason.TOO_FEW_PATIENTS: gettext_lazy("Too few patients yet to say anything about effect."),
    Reason.TOO_FEW_PRACTICES: gettext_lazy("Too few patients yet to say anything about effect."),
    Reason.NO_EXPECTATION: gettext_lazy(
        "Too few patients without a plan have been followed to say what was to be expected."
    ),
}


def ratio(estimate: Estimate) -> str:
    """`0.81 (0.55 to 1.20)`."""
    told = {"ratio": number(estimate.ratio, 2), "low": number(estimate.low, 2)}
    if math.isinf(estimate.high):
        return _("%(ratio)s (%(low)s or more)") % told
    told["high"] = number(estimate.high, 2)
    return _("%(ratio)s (%(low)s to %(high)s)") % told


def awaits(followed_until: date) -> str:
    return _(
        "The next extract is not there yet: that of the twelve months until %(date)s, of all "
        "patients."
    ) % {"date": day(followed_until)}


def practice_verdict(estimate: Estimate) -> str:
    if estimate.holds_one:
        return _("Too few patients for a conclusion.")
    if estimate.high < 1:
        return _("Patients with a plan came less often than could be expected without a plan.")
    return _("Patients with a plan came more often than could be expected without a plan.")


def region_verdict(pooled: Pooled) -> str:
    if pooled.estimate.holds_one:
        return _("No difference that is beyond chance.")
    return practice_verdict(pooled.estimate)


def practice_reading(estimate: Estimate) -> str:
    return _(
        "Patients with a plan came %(ratio)s times as often as your high users without a plan, "
        "each measured against the year before. The range in brackets holds the true figure in 95 "
        "of 100 cases."
    ) % {"ratio": ratio(estimate)}


def region_reading(pooled: Pooled) -> str:
    return _(
        "Patients with a plan came %(ratio)s times as often as could be expected without a plan. "
        "The range in brackets holds the true figure in 95 of 100 cases."
    ) % {"ratio": ratio(pooled.estimate)}


def avoided(pooled: Pooled) -> str:
    """Contacts less than expected, with the interval; below nought there were more."""
    told = {
        "avoided": number(pooled.avoided),
        "low": number(pooled.avoided_low),
        "high": number(pooled.avoided_high),
    }
    return _("%(avoided)s (%(low)s to %(high)s)") % told


def sides() -> Sides:
    return Sides(
        _("fewer contacts with a plan"),
        _("1: no difference"),
        _("more contacts with a plan"),
    )


def plot_conclusion(estimate: Estimate) -> str:
    if estimate.holds_one:
        return _("The range runs over 1, so the difference may be chance.")
    return _("The range lies clear of 1, so the difference is beyond chance.")


def with_plan() -> str:
    return _("With a plan")


def without_plan() -> str:
    return _("Expected without a plan")


def period() -> str:
    return _("Twelve months until")


def until(end: date) -> str:
    return formats.date_format(end, "j b Y")


def plot_title() -> str:
    return _("Contacts with a plan against those without")


def plot_headers() -> tuple[str, str]:
    return (_("Who"), _("Ratio with its range"))


def shown_count(patients: int) -> str:
    """A number of patients outside the practice."""
    return number(patients) if patients >= MINIMUM else _("not shown (privacy)")


def near_count(patients: int, *others: int) -> str:
    """A number beside smaller ones: to tens when one of them is hidden, so that no difference
    tells it."""
    if patients < MINIMUM or not any(0 < other < MINIMUM for other in others):
        return shown_count(patients)
    tens = round(patients / MINIMUM) * MINIMUM
    return _("about %(number)s") % {"number": number(tens)}


def power_rows() -> list[tuple[str, str]]:
    return [(number(patients), percent(fall)) for patients, fall in POWER]


def reason(why: Reason) -> str:
    """Why there is no figure."""
    return str(REASONS[why])
