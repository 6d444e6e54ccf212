"""Both servers at once, as connection addresses."""

import contextlib
import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType

from mtvp.embedded import postgres, valkey
from mtvp.embedded.attach import PROJECT, Attachment, attach, keeper_lives
from mtvp.embedded.failure import EmbeddedServerError
from mtvp.embedded.home import Home

DATABASE_VARIABLES = ("DATABASE_URL", "DATABASE_OWNER_URL")


@dataclass(frozen=True, slots=True)
class Servers:
    """What this process uses. An empty address: that server was not asked for.

    `started`: this process started the database, so its tables may be missing or behind.
    """

    database_url: str = ""
    owner_url: str = ""
    superuser_url: str = ""
    redis_url: str = ""
    started: bool = False
    _attachments: tuple[Attachment, ...] = field(default=(), repr=False)

    @property
    def fresh(self) -> bool:
        return self.started

    def stop(self) -> None:
        """Let go of the servers; they end when nobody else uses them."""
        for attachment in self._attachments:
            attachment.release()

    def __enter__(self) -> "Servers":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()


def local_folder() -> Path:
    """Where the servers keep their data: MTVP_LOCAL_DIR, or `.local` beside manage.py."""
    return Path(os.environ.get("MTVP_LOCAL_DIR") or PROJECT / ".local")


def ensure_servers(
    local_dir: Path, *, durable: bool = True, database: bool = True, broker: bool = True
) -> Servers:
    """Attach to the servers of a folder, starting those that are not running.

    Not `durable`: faster, and a power cut may cost the data; for tests. A running server keeps
    the durability it was started with.
    """
    attachments: list[Attachment] = []
    urls: dict[str, str] = {}
    started = False
    try:
        if database:
            held = attach(postgres.NAME, local_dir, durable=durable)
            attachments.append(held)
            started = held.started
            urls |= _database_urls(held)
        if broker:
            held = attach(valkey.NAME, local_dir, durable=durable)
            attachments.append(held)
            urls["redis_url"] = valkey.url(held.home, held.state.port)
    except BaseException:
        for held in attachments:
            held.release()
        raise
    return Servers(**urls, started=started, _attachments=tuple(attachments))


@contextlib.contextmanager
def servers_for_command(*, durable: bool = True) -> Iterator[Servers]:
    """The servers that the environment does not name, with their addresses put into it.

    A server that cannot start ends the program with one line.
    """
    given = any(os.environ.get(name) for name in DATABASE_VARIABLES)
    broker = not os.environ.get("REDIS_URL")
    try:
        servers = ensure_servers(local_folder(), durable=durable, database=not given, broker=broker)
    except (EmbeddedServerError, OSError) as error:
        raise SystemExit(str(error)) from error
    with servers:
        found = {
            "DATABASE_URL": servers.database_url,
            "DATABASE_OWNER_URL": servers.owner_url,
            "REDIS_URL": servers.redis_url,
        }
        os.environ.update({name: url for name, url in found.items() if url})
        yield servers


def remove_servers(local_dir: Path) -> None:
    """Delete the data of both servers; an error when somebody still uses them."""
    homes = [Home(local_dir / name) for name in (postgres.NAME, valkey.NAME)]
    for home in homes:
        if home.path.exists() and keeper_lives(home):
            raise EmbeddedServerError("The servers are still in use: stop the demo first.")
    for home in homes:
        shutil.rmtree(home.path, ignore_errors=True)


def _database_urls(held: Attachment) -> dict[str, str]:
    port = held.state.port
    return {
        "database_url": postgres.url(held.home, port, postgres.APPLICATION),
        "owner_url": postgres.url(held.home, port, postgres.OWNER),
        "superuser_url": postgres.url(held.home, port, postgres.SUPERUSER, "postgres"),
    }
