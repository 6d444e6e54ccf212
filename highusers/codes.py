"""V-codes: numbers of a practice that are given out once and never again."""

from django.db import connection

from highusers.models import LastCode
from practices.models import Practice

_LAST = """
    SELECT greatest(
        (SELECT max(number) FROM highusers_highuser),
        (SELECT max(number) FROM highusers_removedpatient),
        (SELECT max(number) FROM highusers_lastcode), 0)
"""


def last_number() -> int:
    """The highest number of the practice whose scope is open, of patients who are gone too."""
    with connection.cursor() as cursor:
        cursor.execute(_LAST)
        return int(cursor.fetchone()[0])


def keep_last_number(practice: Practice) -> None:
    """Note the highest number before patients go for good."""
    LastCode.objects.update_or_create(practice=practice, defaults={"number": last_number()})
