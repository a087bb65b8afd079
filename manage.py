#!/usr/bin/env python
"""The command line of the program. What it does around Django's commands is in `agent_site.entry`."""

import os
import sys


def main() -> None:
    """Run the command that the arguments name and exit with its code."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "agent_site.settings")
    try:
        import django  # noqa: F401 - asks only whether this Python is the one with the dependencies
    except ImportError:
        sys.exit("Django is not installed for this Python: run 'make venv', then use .venv/bin/python.")
    from agent_site.entry import run_command

    sys.exit(run_command(sys.argv))


if __name__ == "__main__":
    main()
