#!/usr/bin/env python
"""Django's command line; settings come from DJANGO_SETTINGS_MODULE, local ones by default."""

import os
import sys

LOCAL = "config.settings.local"
# These run without PostgreSQL or Redis; all others may start the embedded servers for their time.
WITHOUT_SERVERS = {
    "read_replies",
    "score_replies",
    "decide_billing",
    "check",
    "makemigrations",
    "collectstatic",
    "help",
}


def main() -> None:
    """Run one management command."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", LOCAL)
    command = sys.argv[1] if len(sys.argv) > 1 else "help"
    if os.environ["DJANGO_SETTINGS_MODULE"] == LOCAL and command not in WITHOUT_SERVERS:
        from config.local.servers import lend_servers  # noqa: PLC0415 - before Django reads its settings

        lend_servers()
    from django.core.management import execute_from_command_line  # noqa: PLC0415

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
