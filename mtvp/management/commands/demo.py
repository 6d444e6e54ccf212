"""Run the whole product with a demo region, until Ctrl-C."""

import os
import shutil
import signal
import time
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connections
from django.utils import translation
from django.utils.translation import gettext

from monitoring.demo.accounts import ACCOUNTS
from mtvp import demo
from mtvp.embedded.supervisor import Supervisor

BEGIN_ANEW = {
    demo.Found.OTHER_SCHEMA: "The demo's data is of an older version: run make demo-reset.",
    demo.Found.HALF_LOADED: "The demo region was not loaded to its end: run make demo-reset.",
}


class Command(BaseCommand):
    help = "Load the demo region on first use, and run web server, worker and beat until Ctrl-C."
    requires_system_checks = ()

    def handle(self, *args: Any, **options: Any) -> None:
        port = int(os.environ.get("PORT") or 8000)
        # Also where a shell started this in the background and told it to ignore Ctrl-C.
        signal.signal(signal.SIGINT, _as_interrupt)
        signal.signal(signal.SIGTERM, _as_interrupt)
        signal.signal(signal.SIGHUP, _as_interrupt)
        if not demo.port_is_free(port):
            raise CommandError(f"Port {port} is in use; choose another: PORT=9000 make demo")
        try:
            self._load()
            self._run(port)
        except KeyboardInterrupt:
            self.stdout.write("Stopped.")

    def _load(self) -> None:
        found = demo.find()
        if found in BEGIN_ANEW:
            raise CommandError(BEGIN_ANEW[found])
        if found == demo.Found.NOTHING:
            self.stdout.write("Loading the demo region (first start only) ...")
            for leftover in (settings.PRIVATE_DIR, settings.REPORT_DIR):
                shutil.rmtree(leftover, ignore_errors=True)
            call_command("migrate", database="owner", verbosity=0)
            demo.remember(demo.LOADING)
            call_command("demo_region", verbosity=0)
            demo.remember(demo.loaded(demo.schema_hash()))
        connections.close_all()

    def _run(self, port: int) -> None:
        logs = settings.LOCAL_DIR / "logs"
        settings.STATIC_ROOT.mkdir(parents=True, exist_ok=True)
        supervisor = Supervisor(demo.commands(port), logs, demo.environment())
        try:
            if not demo.await_ready(port, supervisor.running):
                raise CommandError(f"The demo did not start; see the files in {logs}")
            self.stdout.write(f"MTVP ready at http://{demo.HOST}:{port}")
            self.stdout.write(_accounts_table())
            self.stdout.write(
                f"A passkey needs a name instead of a number: http://localhost:{port}"
            )
            self.stdout.flush()
            parent = os.getppid()
            while supervisor.running() and os.getppid() == parent:
                time.sleep(0.5)
            if not supervisor.running():
                raise CommandError(f"A part of the demo stopped by itself; see {logs}")
        finally:
            supervisor.stop()


def _accounts_table() -> str:
    with translation.override(settings.LANGUAGE_CODE):
        head = (gettext("Role"), gettext("E-mail"), gettext("Password"))
        rows = [(gettext(account.role), account.email, account.password) for account in ACCOUNTS]
    widths = [max(len(row[column]) for row in (head, *rows)) for column in range(len(head))]
    rule = tuple("-" * width for width in widths)
    lines = (
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in (head, rule, *rows)
    )
    return "\n".join(lines)


def _as_interrupt(_signal: int, _frame: object) -> None:
    raise KeyboardInterrupt
