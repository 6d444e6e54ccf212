"""A database of the bench's own, beside that of the tests."""

from collections.abc import Iterator

import pytest

from bench.scratch import scratch_database


@pytest.fixture
def scratch(transactional_db: None) -> Iterator[None]:
    with scratch_database():
        yield
