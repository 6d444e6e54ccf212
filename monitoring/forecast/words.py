"""The forecast in sentences."""

from collections.abc import Iterable
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from monitoring.forecast.overview import Deadline, NormForecast
from training.states import SessionKind


def group_name(kind: SessionKind) -> str:
    """The people the norm of a kind is about."""
    return {
        SessionKind.TRIAGE: _("Assistants"),
        SessionKind.CONVERSATION: _("GPs and POHs"),
        SessionKind.INTERVISION: _("GPs"),
    }[kind]


def need_sentence(deadline: Deadline) -> str:
    """Who needs how much, and what there is: "12 GPs still need 1 time; there are 31 places
    before 1 April 2027".
    """
    words = {"needs": _needs(deadline), "places": _places(deadline)}
    if not deadline.people:
        return _("Everybody who is needed before %(date)s has a place.") % {
            "date": date_format(deadline.before)
        }
    return _("%(needs)s; %(places)s.") % words


def _needs(deadline: Deadline) -> str:
    return ", ".join(_need(deadline.kind, times, people) for times, people in deadline.people)


def _need(kind: SessionKind, times: int, people: int) -> str:
    often = ngettext("%(number)s time", "%(number)s times", times) % {"number": times}
    text = ngettext("%(people)s still needs %(often)s", "%(people)s still need %(often)s", people)
    return text % {"people": people_phrase(kind, people), "often": often}


def people_phrase(kind: SessionKind, people: int) -> str:
    phrases = {
        SessionKind.TRIAGE: ngettext("%(number)s assistant", "%(number)s assistants", people),
        SessionKind.CONVERSATION: ngettext(
            "%(number)s GP or POH", "%(number)s GPs or POHs", people
        ),
        SessionKind.INTERVISION: ngettext("%(number)s GP", "%(number)s GPs", people),
    }
    return phrases[kind] % {"number": people}


def _places(deadline: Deadline) -> str:
    before = date_format(deadline.before)
    if deadline.free is None:
        return _("there is a session without a limit before %(date)s") % {"date": before}
    text = ngettext(
        "there is %(places)s place before %(date)s",
        "there are %(places)s places before %(date)s",
        deadline.free,
    )
    return text % {"places": deadline.free, "date": before}


def plan_sentence(deadline: Deadline) -> str:
    """How many sessions to plan, '' when none."""
    number = deadline.outlook.extra_sessions
    if not number:
        return ""
    text = ngettext(
        "Plan %(number)s more session of 12 places before %(date)s.",
        "Plan %(number)s more sessions of 12 places before %(date)s.",
        number,
    )
    return text % {"number": number, "date": date_format(deadline.before)}


def short_phrase(places: int) -> str:
    return ngettext("%(number)s place short", "%(number)s places short", places) % {
        "number": places
    }


def summary(norms: Iterable[NormForecast], until: date) -> str:
    """The first thing to know: for which norms the calendar falls short."""
    listed = list(norms)
    short = [str(one.kind.label) for one in listed if one.short]
    if short:
        names = ", ".join(short)
        return _("There are too few places for: %(names)s.") % {"names": names}
    if any(one.deadlines for one in listed):
        return _("There are enough places for everybody who needs one before %(date)s.") % {
            "date": date_format(until)
        }
    return _("Nobody needs a place for a norm before %(date)s.") % {"date": date_format(until)}
