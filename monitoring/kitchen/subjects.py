"""What one can show each other: the six interventions, the indicators with a direction, or else.

Keys stand in the database and in addresses: "1" to "6", "cijfer-<code>", "anders".
"""

from django.utils.translation import gettext as _

from monitoring.mirror.states import Direction
from monitoring.models import IndicatorDefinition
from monitoring.overview import INTERVENTIONS
from monitoring.words import intervention_name

OTHER = "anders"
OF_INDICATOR = "cijfer-"


def subjects() -> dict[str, str]:
    """Key and name of each, in the order in which they are always listed; one query."""
    found = {str(number): intervention_name(number) for number in INTERVENTIONS}
    indicators = IndicatorDefinition.objects.exclude(direction=Direction.NONE)
    found |= {f"{OF_INDICATOR}{one.code}": one.title for one in indicators}
    return found | {OTHER: _("Something else")}


def indicator_of(subject: str) -> str:
    """The code of the indicator that a subject is about, '' when it is about none."""
    return subject.removeprefix(OF_INDICATOR) if subject.startswith(OF_INDICATOR) else ""
