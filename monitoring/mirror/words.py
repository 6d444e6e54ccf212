"""What the figures say, in sentences that judge nobody: usual spread, higher, lower."""

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from monitoring.mirror.beside import Beside
from monitoring.mirror.funnel import Place
from monitoring.mirror.states import Comparison
from monitoring.models import IndicatorDefinition
from mtvp.charts.numbers import number, percent


def written(definition: IndicatorDefinition, value: float) -> str:
    if definition.comparison == Comparison.PROPORTION:
        return percent(round(value, 6), definition.decimals)
    return number(round(value, 6), definition.decimals)


def title_of(definition: IndicatorDefinition, detail: str) -> str:
    return f"{definition.title}: {detail}" if detail else definition.title


def own_conclusion(definition: IndicatorDefinition, shown: Beside) -> str:
    """Where a practice lies, and whether chance explains it."""
    if shown.own is None or shown.place is None:
        return _("Your practice has no figure of %(year)s that can be compared.") % {
            "year": shown.year
        }
    said = _sentence(shown.place, large_enough=is_large_enough(definition, shown))
    return said % {
        "own": written(definition, shown.own.value),
        "region": written(definition, shown.funnel.target),
    }


def is_large_enough(definition: IndicatorDefinition, shown: Beside) -> bool:
    return shown.own is not None and shown.own.size >= definition.minimum_size


def _sentence(place: Place, *, large_enough: bool) -> str:
    if place is Place.USUAL:
        return _(
            "Your practice lies within the usual spread: %(own)s, "
            "all practices together %(region)s."
        )
    if not large_enough:
        return _(
            "Your practice differs: %(own)s, all practices together %(region)s. "
            "Your list is too small to say whether that is more than chance."
        )
    return {
        Place.HIGHER: _(
            "Your practice lies higher than most: %(own)s, all practices together %(region)s. "
            "It may be chance. See whether there is an explanation."
        ),
        Place.FAR_HIGHER: _(
            "Your practice lies higher than most: %(own)s, all practices together %(region)s. "
            "That is more than chance. See whether there is an explanation."
        ),
        Place.LOWER: _(
            "Your practice lies lower than most: %(own)s, all practices together %(region)s. "
            "It may be chance. See whether there is an explanation."
        ),
        Place.FAR_LOWER: _(
            "Your practice lies lower than most: %(own)s, all practices together %(region)s. "
            "That is more than chance. See whether there is an explanation."
        ),
    }[place]


def picture_conclusion(shown: Beside) -> str:
    """Where the own dot lies in the picture, whatever that means."""
    if shown.place is None:
        return _("Each circle is a practice without a name.")
    return {
        Place.FAR_HIGHER: _("Your practice lies above the outer line."),
        Place.HIGHER: _("Your practice lies above the dashed line."),
        Place.USUAL: _("Your practice lies between the dashed lines."),
        Place.LOWER: _("Your practice lies below the dashed line."),
        Place.FAR_LOWER: _("Your practice lies below the outer line."),
    }[shown.place]


def place_word(place: Place) -> str:
    if place is Place.USUAL:
        return _("Usual spread")
    return _("Higher") if place.value > 0 else _("Lower")


def region_conclusion(shown: Beside) -> str:
    """How many lie within the usual spread, by the dots as they are shown; never which."""
    usual = sum(shown.funnel.place(dot.value, dot.size) is Place.USUAL for dot in shown.dots)
    told = ngettext(
        "%(usual)s of %(all)s practice lies within the usual spread.",
        "%(usual)s of %(all)s practices lie within the usual spread.",
        len(shown.dots),
    )
    return told % {"usual": number(usual), "all": number(len(shown.dots))}


def course_conclusion(
    definition: IndicatorDefinition, years: Sequence[tuple[int, float | None]]
) -> str:
    """From the first year with a figure to the last."""
    known = [(year, value) for year, value in years if value is not None]
    if not known:
        return _("There is no figure yet.")
    (first_year, first), (last_year, last) = known[0], known[-1]
    told = {
        "first": written(definition, first),
        "first_year": first_year,
        "last": written(definition, last),
        "last_year": last_year,
    }
    if len(known) == 1:
        return _("%(last)s in %(last_year)s. One year shows no course yet.") % told
    if told["first"] == told["last"]:
        return _("%(last)s in %(last_year)s, as in %(first_year)s.") % told
    if last < first:
        return _("Fell from %(first)s in %(first_year)s to %(last)s in %(last_year)s.") % told
    return _("Rose from %(first)s in %(first_year)s to %(last)s in %(last_year)s.") % told
