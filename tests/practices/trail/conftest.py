"""Working as the owner of the tables, who can do what the application cannot."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import connections


@pytest.fixture
def owner(db: None) -> Iterator[Callable[..., None]]:
    """Callable: a statement of the owner. The whole test runs over the owner's connection, so
    that it sees what the test has written and all of it is undone."""
    ordinary = connections["default"]
    connections["default"] = connections["owner"]

    def execute(statement: str, *parameters: Any) -> None:
        with connections["owner"].cursor() as cursor:
            cursor.execute(statement, parameters)

    yield execute
    connections["default"] = ordinary
