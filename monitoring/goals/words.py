"""What the figures of a goal say, in sentences drawn from them. None says what caused what."""

from django.utils.translation import gettext as _

from monitoring.goals.facts import GoalCourse, GoalYear
from monitoring.goals.intervals import Interval, Kind
from monitoring.indicators import BY_CODE
from monitoring.mirror.states import Direction
from monitoring.mirror.words import written
from monitoring.models import IndicatorDefinition


def goal_sentence(course: GoalCourse) -> str:
    """The latest figure beside the country and the aim, and the first beside the latest."""
    latest = course.latest
    if latest is None:
        if any(one.hidden for one in course.years):
            return _("There is no figure to show: it is on fewer than 10 patients.")
        return _("There is no figure of the region yet.")
    parts = [_latest(course, latest), _country(course, latest), _aim(course, latest)]
    parts.append(_course(course, latest))
    return " ".join(part for part in parts if part)


def interval_words(definition: IndicatorDefinition, interval: Interval) -> str:
    """ "4,6 to 4,8"."""
    return _("%(low)s to %(high)s") % {
        "low": written(definition, interval.low),
        "high": written(definition, interval.high),
    }


def interval_note(kind: Kind) -> str:
    """What an interval of this kind rests on."""
    return {
        Kind.PRACTICES: _(
            "The 95% interval rests on the differences between practices that have a figure of"
            " their own."
        ),
        Kind.SHARE: _(
            "The 95% interval (Wilson) counts people as if each were independent. In truth people"
            " of one practice are alike, so the interval is too narrow."
        ),
        Kind.RATE: _(
            "The 95% interval (Poisson) counts events as if each were independent. In truth they"
            " come together in people and practices, so the interval is too narrow."
        ),
        Kind.NONE: _("No interval: this is no count of people or events."),
    }[kind]


def interval_kind(course: GoalCourse) -> Kind:
    latest = course.latest
    return latest.interval.kind if latest and latest.interval else Kind.NONE


def _latest(course: GoalCourse, latest: GoalYear) -> str:
    values = {"year": latest.year, "value": written(course.definition, float(latest.value or 0))}
    if latest.interval is None:
        return _("The region in %(year)s: %(value)s.") % values
    values["interval"] = interval_words(course.definition, latest.interval)
    return _("The region in %(year)s: %(value)s (95%% interval: %(interval)s).") % values


def _country(course: GoalCourse, latest: GoalYear) -> str:
    if latest.national is None:
        return _("No value of the Netherlands is known of that year.")
    values = {"value": written(course.definition, float(latest.national))}
    if latest.interval is None or latest.interval.kind is not Kind.PRACTICES:
        return _("The Netherlands: %(value)s.") % values
    if latest.interval.low <= float(latest.national) <= latest.interval.high:
        return _("The Netherlands: %(value)s; chance can make that difference.") % values
    return _("The Netherlands: %(value)s; that is more than chance makes.") % values


def _aim(course: GoalCourse, latest: GoalYear) -> str:
    """Whether an aim with a number is reached; an aim without one is told as it is."""
    shipped = BY_CODE.get(course.definition.code)
    if course.detail or shipped is None or not course.definition.aim:
        return ""
    values = {"aim": course.definition.aim}
    if shipped.aim_value is None or latest.value is None:
        return _("Aim: %(aim)s.") % values
    aim = float(shipped.aim_value)
    below = course.definition.direction == Direction.LOWER
    reached = latest.value < shipped.aim_value if below else latest.value >= shipped.aim_value
    if latest.interval and latest.interval.low <= aim <= latest.interval.high:
        return _("Aim: %(aim)s; the interval lies around it.") % values
    if reached:
        return _("Aim: %(aim)s; that is reached.") % values
    return _("Aim: %(aim)s; that is not reached.") % values


def _course(course: GoalCourse, latest: GoalYear) -> str:
    """The first year with a figure beside the latest, and whether chance could make it."""
    first = next(one for one in course.years if one.value is not None)
    if first.year == latest.year:
        return ""
    values = {"year": first.year, "value": written(course.definition, float(first.value or 0))}
    then, now = first.interval, latest.interval
    if then is None or now is None or {then.kind, now.kind} != {Kind.PRACTICES}:
        return _("In %(year)s it was %(value)s.") % values
    if then.high < now.low or now.high < then.low:
        return _("In %(year)s it was %(value)s: the intervals do not overlap.") % values
    return _("In %(year)s it was %(value)s: the intervals overlap.") % values
