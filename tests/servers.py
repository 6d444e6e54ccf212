"""Loaded before the settings: embedded servers for a test run that names no others."""

from mtvp.embedded import servers_for_command

_servers = servers_for_command()
_servers.__enter__()


def pytest_unconfigure() -> None:
    _servers.__exit__(None, None, None)
