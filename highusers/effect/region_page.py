"""The page of the region, from the newest stored computation."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from highusers.effect import words
from highusers.effect.expected import Pooled
from highusers.effect.figures import Basis
from highusers.effect.pictures import group_course, plot
from highusers.effect.pooling import Fitted, fitted_from
from highusers.effect.reasons import Reason
from highusers.models import RegionEffect
from mtvp.documents.html import chart_html
from mtvp.privacy.suppression import MINIMUM


@dataclass(frozen=True, slots=True)
class RegionShown:
    """`sensitive`: no year before the choice was known, so the figure leans on who was chosen.
    Numbers of patients are words by now: none below ten is shown, and none so exactly that it
    tells one by a difference."""

    computed_at: datetime | None
    practices: int
    first_end: date | None
    last_end: date | None
    planned: str
    planned_gone: str
    compared: str
    compared_gone: str
    taking_part: str
    practices_taking_part: int
    highest_only: int
    censored: int
    unfit: int
    verdict: str
    reading: str
    avoided: str
    plot: str
    course: str
    reason: str
    sensitive: bool


def region_shown(effect: RegionEffect) -> RegionShown:
    covered: dict[str, Any] = effect.figures["covered"]
    basis, fitted = best(effect)
    pooled = fitted.outcome if isinstance(fitted.outcome, Pooled) else None
    left_out = covered["planned"] - fitted.patients
    taking_part = words.near_count(fitted.patients, left_out)
    return RegionShown(
        computed_at=effect.finished_at,
        practices=covered["practices"],
        first_end=_day(covered["first_end"]),
        last_end=_day(covered["last_end"]),
        planned=words.near_count(covered["planned"], covered["planned_gone"], left_out),
        planned_gone=words.shown_count(covered["planned_gone"]),
        compared=words.near_count(covered["compared"], covered["compared_gone"]),
        compared_gone=words.shown_count(covered["compared_gone"]),
        taking_part=taking_part,
        practices_taking_part=fitted.practices,
        highest_only=covered["highest_only"],
        censored=covered["censored"],
        unfit=fitted.unfit,
        verdict=words.region_verdict(pooled) if pooled else "",
        reading=words.region_reading(pooled) if pooled else "",
        avoided=words.avoided(pooled) if pooled else "",
        plot=chart_html(plot(_("The region"), pooled.estimate)) if pooled else "",
        course=_course(fitted, taking_part),
        reason=words.reason(fitted.outcome) if isinstance(fitted.outcome, Reason) else "",
        sensitive=basis is Basis.ONE_YEAR,
    )


def best(effect: RegionEffect) -> tuple[Basis, Fitted]:
    """Two years up to the choice where enough patients have them, else the year of the choice."""
    fitted = {basis: fitted_from(effect.figures[basis]) for basis in Basis}
    told = [basis for basis in Basis if isinstance(fitted[basis].outcome, Pooled)]
    basis = told[0] if told else Basis.ONE_YEAR
    return basis, fitted[basis]


def _course(fitted: Fitted, patients: str) -> str:
    """Counts beside what was to be expected, of ten planned patients or more."""
    if fitted.coefficients is None or min(fitted.patients, fitted.compared) < MINIMUM:
        return ""
    chart = group_course(
        patients=patients,
        before=None,
        chosen=fitted.chosen_year,
        after=fitted.observed,
        expected=fitted.expected,
        moments=("", _("year of the choice"), _("year after")),
    )
    return chart_html(chart)


def _day(told: str | None) -> date | None:
    return date.fromisoformat(told) if told else None
