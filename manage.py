#!/usr/bin/env python
"""Run a management command, on embedded servers where no others are named."""

import os
import sys

from mtvp.embedded import servers_for_command

WITHOUT_SERVERS = {
    "",
    "check",
    "collectstatic",
    "compilecatalogue",
    "help",
    "makemessages",
    "startapp",
    "version",
}


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mtvp.settings")
    from django.core.management import execute_from_command_line

    command = sys.argv[1] if len(sys.argv) > 1 else ""
    if command in WITHOUT_SERVERS or "--help" in sys.argv:
        execute_from_command_line(sys.argv)
        return
    with servers_for_command() as servers:
        if servers.fresh and command not in {"migrate", "demo"}:
            execute_from_command_line([sys.argv[0], "migrate", "--database", "owner", "-v", "0"])
        execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
