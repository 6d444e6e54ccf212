"""Why something cannot be done with a look in another's kitchen, as people read it."""

from datetime import date

from django.utils.translation import gettext as _

from monitoring.kitchen.rules import Problem, can_accept
from monitoring.kitchen.services import KitchenProblemError
from monitoring.kitchen.states import AskState
from monitoring.models import KitchenAsk


def cannot_accept(ask: KitchenAsk, today: date) -> str:
    """Of a question that waits; '' when the host can say yes."""
    problems = can_accept(ask, today) if ask.state is AskState.WAITING else []
    return why_not(KitchenProblemError(problems))


def why_not(error: KitchenProblemError) -> str:
    words = {
        Problem.OWN: _("This is an offer of your own practice."),
        Problem.OVER: _("This is not offered any more. Look at the other offers."),
        Problem.ASKED_ALREADY: _("Your practice asked this already. The host knows."),
        Problem.ENDED: _("This was taken back or did not suit. Ask anew if you want to look."),
        Problem.SAID: _("One of the two said that it happened: it stays on file."),
        Problem.ACCEPTED: _("Your practice said yes already."),
        Problem.NOT_YET: _("The host did not say yes yet."),
        Problem.STOPPED: _("One of the two practices takes part no more."),
        Problem.TOO_LONG_AGO: _(
            "They asked more than half a year ago, and how to reach them is no longer kept. Say "
            "that it does not suit: then they can ask again."
        ),
    }
    return " ".join(words[one] for one in error.problems)
