"""A database of the bench's own, beside that of the tests."""

from collections.abc import Iterator

import pytest
from pytest_django.plugin import DjangoDbBlocker

from bench.scratch import scratch_database


@pytest.fixture(scope="module")
def scratch(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Shared by the lines of a module, as in a run of the bench: each begins by emptying it."""
    with django_db_blocker.unblock(), scratch_database():
        yield
