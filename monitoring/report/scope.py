"""Whom a report is about: its day, its insurer and the practices begun by then."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date

from django.db import connection, transaction
from django.db.models.functions import Coalesce

from practices.models import Insurer, Practice


@dataclass(frozen=True, slots=True)
class Begun:
    """A practice that had begun on the report's day; stopped ones stay in."""

    practice_id: int
    code: str
    name: str
    city: str
    cohort: int
    start_on: date
    stopped_on: date | None


@dataclass(frozen=True, slots=True)
class Scope:
    year: int
    insurer: Insurer
    begun: tuple[Begun, ...]

    @property
    def as_of(self) -> date:
        return date(self.year, 12, 31)

    @property
    def ids(self) -> list[int]:
        return [one.practice_id for one in self.begun]

    @property
    def going_on(self) -> list[int]:
        """Those that had not stopped."""
        return [
            one.practice_id
            for one in self.begun
            if one.stopped_on is None or one.stopped_on > self.as_of
        ]


def scope_of(year: int, insurer: Insurer) -> Scope:
    rows = (
        Practice.objects.annotate(begins_on=Coalesce("start_on", "cohort__start_on"))
        .filter(begins_on__lte=date(year, 12, 31))
        .order_by("code")
        .values_list("pk", "code", "name", "city", "cohort__number", "begins_on", "stopped_on")
    )
    return Scope(year, insurer, tuple(Begun(*row) for row in rows))


@contextmanager
def one_moment() -> Iterator[None]:
    """Every figure of a report is read from the same state of the database.

    Inside a transaction that is already open the isolation cannot be raised any more; the caller
    then answers for it.
    """
    nested = connection.in_atomic_block
    with transaction.atomic():
        if not nested:
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        yield
