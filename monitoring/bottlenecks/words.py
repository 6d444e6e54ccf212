"""Why something cannot be done with a report, as people read it."""

from django.utils.translation import gettext as _

from monitoring.bottlenecks.rules import Problem
from monitoring.bottlenecks.services import BottleneckProblemError


def why_not(error: BottleneckProblemError) -> str:
    words = {
        Problem.GROUPED: _(
            "PrimaCura works with this already: it does not change any more. Report anew what is "
            "different."
        ),
        Problem.WITHDRAWN: _("This was withdrawn. Put it back first."),
        Problem.WITHOUT_WORDS: _(
            "The practice only said to have this, too. It stays with the structural bottleneck."
        ),
        Problem.SAYS_NOTHING: _("Say in a sentence what goes wrong."),
        Problem.NOTHING_CHOSEN: _("Tick one report or more first."),
        Problem.NOT_PUBLISHED: _("PrimaCura does not show this to all practices any more."),
        Problem.SOLVED: _("This is solved. Report anew when you still have it."),
        Problem.REPORTED_ALREADY: _("Your practice reported this already."),
    }
    return " ".join(words[one] for one in error.problems)
