"""The regional fee in words: reasons, doubts, and the sentence on top of the page."""

from collections.abc import Iterable
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from monitoring.regional_fee.account import FeeTotal, FeeYear
from monitoring.regional_fee.facts import quarters
from monitoring.regional_fee.states import LEADING_INSURER, Doubt, Reason
from mtvp.charts.numbers import money, number
from mtvp.documents.model import Mark


def reason_words(reason: Reason) -> str:
    return {
        Reason.NOT_YET: _("quarter not begun"),
        Reason.NO_PANEL: _("number of patients not known"),
        Reason.NO_TARIFF: _("no tariff known"),
        Reason.NOT_BEGUN: _("programme not begun"),
        Reason.STOPPED: _("stopped"),
        Reason.OTHER_PREFERRED: _("other preferred insurer"),
        Reason.LEADING_NOT_LISTED: _("not on the list of %(insurer)s")
        % {"insurer": LEADING_INSURER},
        Reason.NOT_LISTED: _("not on the list"),
    }[reason]


def reason_advice(reason: Reason) -> str:
    """What can be done about it; '' where nothing is to be done."""
    return {
        Reason.NO_PANEL: _("Read in the patients per insurer of this quarter."),
        Reason.NO_TARIFF: _("Record a tariff that holds on the first day of the quarter."),
        Reason.OTHER_PREFERRED: _("An insurer follows only where %(insurer)s is preferred.")
        % {"insurer": LEADING_INSURER},
        Reason.LEADING_NOT_LISTED: _("Ask %(insurer)s whether the practice takes part.")
        % {"insurer": LEADING_INSURER},
        Reason.NOT_LISTED: _("Ask the insurer, or have the practice sign the addendum."),
    }.get(reason, "")


def doubt_words(doubt: Doubt) -> str:
    return {
        Doubt.NOT_BEGUN: _("on the list, programme not begun"),
        Doubt.STOPPED: _("on the list, but stopped"),
        Doubt.OTHER_PREFERRED: _("on the list, other preferred insurer"),
        Doubt.LEADING_NOT_LISTED: _("on the list, but not on that of %(insurer)s")
        % {"insurer": LEADING_INSURER},
    }[doubt]


def quarter_name(label: str) -> str:
    """ "2024Q1" as people write it: "Q1 2024"."""
    return f"{label[4:]} {label[:4]}"


def without_tariff(totals: Iterable[FeeTotal]) -> list[str]:
    """The quarters with practices on the list and no tariff, by name."""
    return [quarter_name(one.quarter) for one in totals if one.practices and one.tariff is None]


def conclusion(shown: FeeYear, today: date) -> str:
    """Practices on the list and the amount of the quarters that have begun."""
    if not shown.has_list:
        return _("%(insurer)s has no practice on its list in %(year)s.") % {
            "insurer": shown.insurer,
            "year": shown.year,
        }
    begun = {label for label, day in quarters(shown.year) if day <= today}
    totals = [one for one in shown.totals if one.quarter in begun]
    if not totals:
        return _("No quarter of %(year)s has begun yet.") % {"year": shown.year}
    latest = totals[-1]
    first = ngettext(
        "On the first day of %(quarter)s %(practices)s practice was on the list of %(insurer)s.",
        "On the first day of %(quarter)s %(practices)s practices were on the list of %(insurer)s.",
        latest.practices,
    ) % {
        "quarter": quarter_name(latest.quarter),
        "practices": number(latest.practices),
        "insurer": shown.insurer,
    }
    if missing := without_tariff(totals):
        second = _("No tariff is known of %(quarters)s: there is no amount.")
        return f"{first} {second % {'quarters': ', '.join(missing)}}"
    amounts = [one.amount for one in totals if not isinstance(one.amount, Mark)]
    if len(amounts) < len(totals):
        return first
    so_far = _("The amount of %(first)s up to and including %(last)s is %(amount)s.")
    whole = _("The amount of %(first)s is %(amount)s.")
    second = (so_far if len(totals) > 1 else whole) % {
        "first": quarter_name(totals[0].quarter),
        "last": quarter_name(latest.quarter),
        "amount": money(sum(amounts)),
    }
    return f"{first} {second}"
