"""What all tests share. The application's restricted role is the default connection."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.cache import cache
from django.db import connections


def pytest_ignore_collect(collection_path: Path) -> bool | None:
    if collection_path.name.startswith("real_data_test_") and "MTVP_REAL_DATA" not in os.environ:
        return True
    return None


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None) -> Iterator[None]:
    """A refusal goes over its own connection, which would not see what a test has not committed:
    in the tests' own thread that connection is the ordinary one (`own_trail` takes it back)."""
    connections["trail"] = connections["default"]
    yield
    connections["default"].close()


@pytest.fixture
def own_trail(transactional_db: None) -> Iterator[None]:
    """The trail's own connection, as in production; only for tests that commit."""
    del connections["trail"]
    yield
    connections["trail"].close()
    connections["trail"] = connections["default"]


@pytest.fixture(scope="session")
def real_data() -> Path:
    return Path(os.environ["MTVP_REAL_DATA"])


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Transactional tests are emptied through the owner: the application may not truncate."""
    for item in items:
        for marker in item.iter_markers("django_db"):
            marker.kwargs["databases"] = ["default", "owner", "trail"]


@pytest.fixture(autouse=True)
def private_folders(settings: object, tmp_path: Path) -> None:
    settings.PRIVATE_DIR = tmp_path / "private"
    settings.REPORT_DIR = tmp_path / "reports"


@pytest.fixture(autouse=True)
def without_second_factor(settings: object) -> None:
    """Most tests are about something else; those of the second factor ask for it."""
    settings.SECOND_FACTOR_REQUIRED = False


@pytest.fixture(autouse=True)
def quick_passwords(settings: object) -> None:
    """Argon2 is slow on purpose; its own test sets it back."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(autouse=True)
def no_search_for_static_files(settings: object) -> None:
    """Each test's client would look for all files anew; the live server has its own way."""
    settings.WHITENOISE_USE_FINDERS = False


@pytest.fixture(autouse=True)
def empty_cache() -> None:
    cache.clear()
