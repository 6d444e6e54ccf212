"""Loaded before the settings: embedded servers for a test run that names no others.

They keep apart from the demo's, in a folder of their own. Under xdist the first process starts
them; each worker then takes a Valkey database of its own, because tests empty it.
"""

import os

from mtvp.embedded import local_folder, servers_for_command

os.environ.setdefault("MTVP_LOCAL_DIR", str(local_folder() / "tests"))
_servers = servers_for_command(durable=False)
_servers.__enter__()

if worker := os.environ.get("PYTEST_XDIST_WORKER"):
    number = int(worker.removeprefix("gw")) + 1
    os.environ["REDIS_URL"] = f"{os.environ['REDIS_URL'].rsplit('/', 1)[0]}/{number}"


def pytest_unconfigure() -> None:
    _servers.__exit__(None, None, None)
