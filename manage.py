#!/usr/bin/env python
"""Run a management command, on embedded servers where no others are named."""

import os
import sys

from mtvp.embedded import servers_for_command

WITHOUT_SERVERS = {
    "",
    "check",
    "collectstatic",
    "help",
    "makemessages",
    "version",
}
AS_OWNER = {"demo", "makemigrations", "migrate", "sqlmigrate", "showmigrations"}


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mtvp.settings")
    from django.core.management import execute_from_command_line

    command = sys.argv[1] if len(sys.argv) > 1 else ""
    if command in WITHOUT_SERVERS or {"-h", "--help"} & set(sys.argv):
        execute_from_command_line(sys.argv)
        return
    with servers_for_command() as servers:
        if command not in AS_OWNER:
            if servers.fresh:
                execute_from_command_line([sys.argv[0], "migrate", "--database", "owner", "-v0"])
            refuse_mighty_log_in()
        execute_from_command_line(sys.argv)


def refuse_mighty_log_in() -> None:
    import django

    django.setup()
    from practices.isolation import exit_unless_restricted

    exit_unless_restricted()


if __name__ == "__main__":
    main()
