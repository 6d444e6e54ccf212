"""A database for one run of the bench, made by the owner and dropped afterwards."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.core.management import call_command
from django.db import connections

ALIASES = ("default", "owner", "trail")


@contextmanager
def scratch_database() -> Iterator[str]:
    """All log-ins point at a freshly migrated database until the block ends; gives its name."""
    names = {alias: connections[alias].settings_dict["NAME"] for alias in ALIASES}
    scratch = f"{names['owner']}_bench"
    _administer(f'DROP DATABASE IF EXISTS "{scratch}"', f'CREATE DATABASE "{scratch}"')
    try:
        _point_at(dict.fromkeys(ALIASES, scratch))
        call_command("migrate", database="owner", verbosity=0)
        yield scratch
    finally:
        _point_at(names)
        _administer(f'DROP DATABASE IF EXISTS "{scratch}"')


def empty() -> None:
    """Remove every row but what the product ships."""
    call_command("flush", database="owner", interactive=False, verbosity=0)


def _point_at(names: dict[str, str]) -> None:
    for alias, name in names.items():
        connections[alias].close()
        connections[alias].settings_dict["NAME"] = name


def _administer(*statements: str) -> None:
    """Through the owner's connection to the database it usually uses.

    Dropped without FORCE: that may not end a vacuum of the server's own, a plain drop does.
    """
    with connections["owner"].cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
    connections["owner"].close()
