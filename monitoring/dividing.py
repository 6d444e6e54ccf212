"""What is not asked of a practice that came out of another."""

from datetime import date

from django.utils.translation import gettext as _

from monitoring.compliance import DUTIES
from monitoring.models import Exemption
from practices.models import Practice
from practices.programme_year import year_start


def exempt_years_before(practice: Practice, new: Practice, day: date) -> None:
    """Years that had ended were those of `practice`; the year that runs counts in full for both."""
    ended = {
        (duty.intervention, duty.programme_year)
        for duty in DUTIES
        if year_start(new.start, duty.programme_year + 1) <= day
    }
    reason = _("This programme year was over before the practice came out of %(practice)s.") % {
        "practice": practice.name
    }
    Exemption.objects.bulk_create(
        Exemption(
            practice=new,
            intervention=intervention,
            programme_year=year,
            recorded_on=day,
            reason=reason,
        )
        for intervention, year in sorted(ended)
    )
