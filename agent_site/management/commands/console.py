import os
import sys
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandParser

from agent_site.home import REPOSITORY, read_or_create_secret

LOGIN = "operator"
PASSWORD_FILE = "operator_password"  # noqa: S105 - the name of a file, not a password


class Command(BaseCommand):
    help = (
        "Serve the operator console. When nobody may log in yet, make the login 'operator' with a random "
        "password, which is printed once and kept in $AGENT_HOME, readable by its owner only."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("address", nargs="?", default="127.0.0.1:8000", help="host:port to listen on")

    def handle(self, *args: Any, **options: Any) -> None:
        self._create_first_login()
        self.stderr.write(f"The console is at http://{options['address']}/ (Ctrl-C ends it).")
        os.environ.setdefault("LOG_LEVEL", "WARNING")
        os.environ["AGENT_HOME"] = str(settings.AGENT_HOME)
        os.chdir(REPOSITORY)
        command = [sys.executable, "-m", "gunicorn", "agent_site.wsgi", "--bind", options["address"]]
        quiet = ["--log-level", "warning", "--no-control-socket"]
        os.execv(sys.executable, [*command, "--threads", "4", *quiet])  # noqa: S606

    def _create_first_login(self) -> None:
        """Make the first superuser, if there is none; never touches an existing login."""
        users = get_user_model().objects
        if users.filter(is_superuser=True).exists():
            return
        password = read_or_create_secret(PASSWORD_FILE, length=12)
        users.create_superuser(LOGIN, password=password)
        self.stderr.write(
            f"Log in as {LOGIN} with the password {password} "
            f"(also in {settings.AGENT_HOME / PASSWORD_FILE}; change it in the console)."
        )
