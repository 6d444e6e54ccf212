"""V-codes: numbers of a practice that are given out once and never again."""

from django.db.models import Max

from highusers.models import HighUser, RemovedPatient


def last_number() -> int:
    """The highest number of the practice whose scope is open, of removed patients too."""
    models = (HighUser, RemovedPatient)
    return max(model.objects.aggregate(last=Max("number"))["last"] or 0 for model in models)
