"""The embedded servers, started for real in a folder of the test's own."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psutil
import psycopg
import pytest
import redis

from mtvp.embedded import (
    EmbeddedServerError,
    Servers,
    ensure_servers,
    remove_servers,
    servers_for_command,
)
from mtvp.embedded.account import unprivileged_account
from mtvp.embedded.attach import PROJECT
from mtvp.embedded.home import Home


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("local")


@pytest.fixture
def servers(folder: Path) -> Iterator[Servers]:
    with ensure_servers(folder, durable=False) as running:
        yield running


def server_pids(folder: Path) -> list[int]:
    states = [Home(folder / name).state() for name in ("postgres", "valkey")]
    return [state.pid for state in states if state is not None]


def wait_until_gone(pids: list[int]) -> None:
    deadline = time.monotonic() + 20
    while any(psutil.pid_exists(pid) for pid in pids):
        assert time.monotonic() < deadline, "a server outlived its users"
        time.sleep(0.05)


def test_roles_are_restricted(servers: Servers) -> None:
    question = """
        SELECT rolname, rolsuper, rolbypassrls, rolcreatedb, rolcreaterole FROM pg_roles
        WHERE rolname LIKE 'mtvp%' ORDER BY rolname"""
    with psycopg.connect(servers.database_url) as connection:
        rows = connection.execute(question).fetchall()
    assert rows == [
        ("mtvp_app", False, False, False, False),
        ("mtvp_owner", False, False, True, False),
    ]


def test_application_role_can_make_no_table(servers: Servers) -> None:
    with (
        psycopg.connect(servers.database_url) as connection,
        pytest.raises(psycopg.errors.InsufficientPrivilege),
    ):
        connection.execute("CREATE TABLE mine (id int)")


def test_owner_role_makes_tables_databases_and_extensions(servers: Servers) -> None:
    with psycopg.connect(servers.owner_url, autocommit=True) as connection:
        connection.execute("CREATE DATABASE another")
        connection.execute("DROP DATABASE another")
        connection.execute("CREATE EXTENSION btree_gist")
        connection.execute("CREATE TABLE ours (id int)")
        owner = connection.execute(
            "SELECT tableowner FROM pg_tables WHERE tablename = 'ours'"
        ).fetchone()
        connection.execute("DROP TABLE ours")
        connection.execute("DROP EXTENSION btree_gist")
    assert owner == ("mtvp_owner",)


def test_text_is_utf8_sorted_by_code_point(servers: Servers) -> None:
    question = "SELECT pg_encoding_to_char(encoding), datlocale FROM pg_database WHERE datname = %s"
    with psycopg.connect(servers.database_url) as connection:
        assert connection.execute(question, ["mtvp"]).fetchone() == ("UTF8", "C.UTF-8")


def test_no_statement_and_no_row_reaches_the_log(servers: Servers, folder: Path) -> None:
    with psycopg.connect(servers.owner_url, autocommit=True) as connection:
        connection.execute("CREATE TABLE told (id int PRIMARY KEY, name text NOT NULL)")
        for statement in (
            "INSERT INTO told VALUES (1, NULL), (2, 'Jansen-111222333')",
            "SELECT 'Jansen-111222333' FROM told WHERE id = 1 / 0",
            "SELECT * FROM told WHERE name = nothing('Jansen-111222333')",
        ):
            with pytest.raises(psycopg.Error):
                connection.execute(statement)
        connection.execute("DROP TABLE told")
    logs = [path.read_text(errors="replace") for path in folder.rglob("*.log")]
    assert any("division by zero" in log for log in logs)
    assert not any("Jansen-111222333" in log for log in logs)


def test_postgres_listens_on_this_machine_only_and_wants_a_password(servers: Servers) -> None:
    with psycopg.connect(servers.superuser_url) as connection:
        addresses = connection.execute("SHOW listen_addresses").fetchone()
        rules = connection.execute(
            "SELECT type, address, auth_method FROM pg_hba_file_rules"
        ).fetchall()
    assert addresses == ("127.0.0.1",)
    assert rules == [("host", "127.0.0.1", "scram-sha-256")]
    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(servers.database_url.replace("mtvp_app:", "mtvp_app:x"))


def test_valkey_answers_and_wants_its_password(servers: Servers) -> None:
    client = redis.Redis.from_url(servers.redis_url)
    client.set("key", "value")
    assert client.get("key") == b"value"
    address = servers.redis_url.rsplit("@", 1)[1]
    with pytest.raises(redis.exceptions.AuthenticationError):
        redis.Redis.from_url(f"redis://{address}").get("key")


def test_passwords_are_readable_by_their_owner_only(servers: Servers, folder: Path) -> None:
    files = [*folder.glob("*/*.password"), folder / "valkey" / "valkey.conf"]
    assert len(files) == 5
    assert {file.stat().st_mode & 0o777 for file in files} == {0o600}


def test_second_user_attaches_and_leaves_the_servers_running(
    servers: Servers, folder: Path
) -> None:
    second = ensure_servers(folder, durable=False)
    assert (second.started, second.redis_url) == (False, servers.redis_url)
    second.stop()
    with psycopg.connect(servers.database_url) as connection:
        assert connection.execute("SELECT 1").fetchone() == (1,)


def test_last_user_stops_them_also_when_it_is_not_the_one_that_started(tmp_path: Path) -> None:
    first = ensure_servers(tmp_path, durable=False, database=False)
    second = ensure_servers(tmp_path, durable=False, database=False)
    pids = server_pids(tmp_path)
    first.stop()
    assert all(psutil.pid_exists(pid) for pid in pids)
    second.stop()
    assert not any(psutil.pid_exists(pid) for pid in pids)


def test_stop_twice_is_harmless(tmp_path: Path) -> None:
    servers = ensure_servers(tmp_path, durable=False, database=False)
    servers.stop()
    servers.stop()
    assert server_pids(tmp_path) == []


def test_data_and_port_survive_a_restart(tmp_path: Path) -> None:
    with ensure_servers(tmp_path, broker=False) as before:
        with psycopg.connect(before.owner_url) as connection:
            connection.execute("CREATE TABLE kept AS SELECT 7 AS number")
        with psycopg.connect(before.superuser_url) as connection:
            assert connection.execute("SHOW fsync").fetchone() == ("on",)
    with ensure_servers(tmp_path, broker=False) as after:
        assert (after.started, after.database_url) == (True, before.database_url)
        with psycopg.connect(after.owner_url) as connection:
            assert connection.execute("SELECT number FROM kept").fetchone() == (7,)


def test_many_starting_at_once_get_one_server(tmp_path: Path) -> None:
    def start(_: int) -> Servers:
        return ensure_servers(tmp_path, durable=False, database=False)

    with ThreadPoolExecutor(4) as pool:
        users = list(pool.map(start, range(4)))
    assert len({user.redis_url for user in users}) == 1
    assert len(server_pids(tmp_path)) == 1
    for user in users:
        user.stop()
    assert server_pids(tmp_path) == []


def user_process(folder: Path, *, database: bool) -> subprocess.Popen[bytes]:
    """Another process that holds the servers until it is ended."""
    script = (
        "import sys, time, pathlib, mtvp.embedded as e\n"
        "folder, database = pathlib.Path(sys.argv[1]), sys.argv[2] == 'True'\n"
        "servers = e.ensure_servers(folder, durable=False, database=database)\n"
        "print('held', flush=True); time.sleep(60)"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", script, str(folder), str(database)],
        cwd=PROJECT,
        stdout=subprocess.PIPE,
    )
    assert process.stdout is not None
    assert process.stdout.readline() == b"held\n"
    return process


@pytest.mark.parametrize(
    ("ending", "database"),
    [(signal.SIGKILL, True), (signal.SIGTERM, False), (signal.SIGINT, False)],
)
def test_servers_end_with_a_user_that_was_killed(
    tmp_path: Path, ending: signal.Signals, database: bool
) -> None:
    user = user_process(tmp_path, database=database)
    pids = server_pids(tmp_path)
    assert len(pids) == 1 + database
    user.send_signal(ending)
    user.communicate()
    wait_until_gone(pids)


def test_leftover_of_a_killed_keeper_is_stopped_at_the_next_start(tmp_path: Path) -> None:
    user = user_process(tmp_path, database=True)
    pids = server_pids(tmp_path)
    keepers = [psutil.Process(pid).parent() for pid in pids]
    for process in [*keepers, psutil.Process(user.pid)]:
        assert process is not None
        process.kill()
    user.communicate()
    # A signal is only on its way when kill returns; a keeper holds its lock until it is gone.
    psutil.wait_procs(keepers, timeout=5)
    assert all(psutil.pid_exists(pid) for pid in pids)
    with ensure_servers(tmp_path, durable=False) as servers:
        assert servers.started
        assert not any(psutil.pid_exists(pid) for pid in pids)


def test_lock_file_naming_a_living_stranger_does_not_block(tmp_path: Path) -> None:
    with ensure_servers(tmp_path, durable=False, broker=False):
        pid_file = tmp_path / "postgres" / "data" / "postmaster.pid"
        lines = pid_file.read_text().splitlines()
    pid_file.write_text("\n".join([str(os.getppid()), *lines[1:]]))
    with ensure_servers(tmp_path, durable=False, broker=False) as servers:
        assert servers.started


def test_half_made_data_is_made_anew(tmp_path: Path) -> None:
    half = tmp_path / "postgres" / "data.new"
    half.mkdir(parents=True)
    (half / "PG_VERSION").write_text("18\n")
    with (
        ensure_servers(tmp_path, durable=False, broker=False) as servers,
        psycopg.connect(servers.database_url) as connection,
    ):
        assert connection.execute("SELECT current_user").fetchone() == ("mtvp_app",)


def test_taken_port_is_left_alone(tmp_path: Path, servers: Servers) -> None:
    taken = servers.redis_url.rsplit(":", 1)[1].removesuffix("/0")
    home = Home(tmp_path / "valkey")
    home.make()
    home.write_secret("port", taken)
    with ensure_servers(tmp_path, durable=False, database=False) as other:
        assert other.redis_url.rsplit(":", 1)[1] != f"{taken}/0"


def test_very_long_path_closed_to_others_works(tmp_path: Path) -> None:
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o700)
    deep = closed / ("long" * 30) / ("longer" * 20)
    with (
        ensure_servers(deep, durable=False) as servers,
        psycopg.connect(servers.database_url) as connection,
    ):
        assert connection.execute("SELECT 1").fetchone() == (1,)


def test_server_account_passes_through_a_closed_folder(tmp_path: Path) -> None:
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o700)
    program = closed / "program"
    program.write_text("#!/bin/sh\n")
    program.chmod(0o755)
    account = unprivileged_account(closed)
    # Asks as initdb does, before it runs the other programs of its folder.
    question = "import os, sys; sys.exit(not os.access(sys.argv[1], os.X_OK))"
    command = [*account.prefix, sys.executable, "-c", question, str(program)]
    assert subprocess.run(command, check=False, cwd="/").returncode == 0


def test_data_of_another_major_version_is_refused_in_one_line(tmp_path: Path) -> None:
    data = tmp_path / "postgres" / "data"
    data.mkdir(parents=True)
    (data / "PG_VERSION").write_text("17\n")
    with pytest.raises(EmbeddedServerError, match="made by PostgreSQL 17: run make demo-reset"):
        ensure_servers(tmp_path, broker=False)


def test_command_that_cannot_start_them_ends_with_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = tmp_path / "postgres" / "data"
    data.mkdir(parents=True)
    (data / "PG_VERSION").write_text("17\n")
    monkeypatch.setenv("MTVP_LOCAL_DIR", str(tmp_path))
    monkeypatch.setenv("DATABASE_URL", "")
    monkeypatch.setenv("DATABASE_OWNER_URL", "")
    with pytest.raises(SystemExit, match="PostgreSQL 17"), servers_for_command():
        pass


def test_removal_waits_for_nobody_and_begins_anew(tmp_path: Path) -> None:
    with (
        ensure_servers(tmp_path, durable=False, database=False) as servers,
        pytest.raises(EmbeddedServerError, match="still in use"),
    ):
        remove_servers(tmp_path)
    remove_servers(tmp_path)
    assert list(tmp_path.iterdir()) == []
    with ensure_servers(tmp_path, durable=False, database=False) as anew:
        assert anew.redis_url != servers.redis_url


def test_command_starts_only_what_the_environment_does_not_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MTVP_LOCAL_DIR", str(tmp_path))
    monkeypatch.setenv("DATABASE_URL", "postgres://elsewhere/mtvp")
    monkeypatch.setenv("REDIS_URL", "")
    with servers_for_command() as servers:
        assert (servers.database_url, servers.fresh) == ("", False)
        assert os.environ["DATABASE_URL"] == "postgres://elsewhere/mtvp"
        assert os.environ["REDIS_URL"] == servers.redis_url
    assert not (tmp_path / "postgres").exists()
