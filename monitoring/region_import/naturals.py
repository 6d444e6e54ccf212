"""The ids behind the names that the files use: a code, a reference, an address.

Tables are read by id and put together here. Right after a large import the database has no
statistics yet of what it just stored, and a join over two large tables may then take minutes.
"""

from collections.abc import Collection
from typing import Any

from django.db.models import F, Model
from django.db.models.functions import Lower

from monitoring.models import IndicatorDefinition
from practices.models import Cohort, Insurer, Person, Practice, User
from training.models import Session

Ids = dict[Any, int]
"""Natural keys to ids."""

# What a relation refers to, and by what.
_KEYS: dict[str, tuple[type[Model], str]] = {
    "cohort": (Cohort, "number"),
    "consultant": (User, "email"),
    "definition": (IndicatorDefinition, "code"),
    "facilitator": (User, "email"),
    "insurer": (Insurer, "name"),
    "person": (Person, "reference"),
    "practice": (Practice, "code"),
    "preferred_insurer": (Insurer, "name"),
    "session": (Session, "reference"),
}


def ids_of(relation: str, naturals: Collection[Any]) -> Ids:
    """The ids of those of these that are stored; addresses in lower case. One query."""
    model, key = _KEYS[relation]
    found = model._default_manager.annotate(
        natural_key=Lower(key) if key == "email" else F(key)
    ).filter(natural_key__in=set(naturals) - {None})
    return dict(found.order_by().values_list("natural_key", "pk"))
