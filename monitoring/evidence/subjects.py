"""The page behind each of the six interventions, and what it tells of the rule."""

from django.utils.translation import gettext as _

from monitoring.compliance import QUESTIONNAIRE
from practices.norms import Norms

PAGES = {
    1: "evidence_high_users",
    2: "evidence_triage",
    3: "evidence_time_out",
    4: "evidence_schedule",
    5: "evidence_conversation",
    6: "evidence_intervision",
}
"""The name of the address, by the number of the intervention."""


def counting_rule(name: str, norms: Norms) -> str:
    """What counts towards a part, in words; `name` as in `Part.name`."""
    rules = {
        "extract": _(
            "The period is exactly 12 months. Its last day lies in the programme year, or for "
            "year 1 in the %(months)s months before the start."
        )
        % {"months": norms.extract_months_before_start},
        "plans": _(
            "A plan counts once per patient, in the year in which it was drawn up. The patient "
            "has %(contacts)s contacts or more on an extract of that year or before."
        )
        % {"contacts": norms.high_user_contacts},
        QUESTIONNAIRE: _("It counts from the day it is answered, also when that is late."),
        "assistants": _course_rule(norms),
        "professionals": _course_rule(norms),
        "visit": _("The visit is in programme year 1 and its part about time-out is filled in."),
        "schedule": _("It is in use on the last day of the year, or since before the start."),
        "gps_twice": _(
            "Sessions in the programme year count. Half is rounded up and is taken of the GPs in "
            "service on the last day of the year, or today when that is earlier."
        ),
    }
    return rules[name]


def _course_rule(norms: Norms) -> str:
    return _(
        "Courses count from %(months)s months before the start. Half is rounded up and is taken "
        "of the people in service on the last day of the year, or today when that is earlier."
    ) % {"months": norms.course_months_before_start}
