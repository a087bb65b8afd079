"""The door of the command line: which commands need a database, and how failures look to an operator.

Not here: anything a command does. Commands raise `CommandError` for what they refuse; this module translates
what can go wrong around them.
"""

import sys
from collections.abc import Sequence
from importlib import import_module

from django.core.exceptions import ImproperlyConfigured
from django.core.management import execute_from_command_line
from django.db import OperationalError, ProgrammingError
from django.utils.connection import ConnectionDoesNotExist

from agent_site.embedded import ensure_database_environment

# Commands that must work without a database, or that look after it themselves.
WITHOUT_DATABASE = {
    "help",
    "version",
    "--version",
    "makemessages",
    "compilemessages",
    "collectstatic",
    "embedded",
    # It tells when the database is down, and must not start it by looking.
    "watch",
}
# Commands that need neither a database nor the apps, which take two seconds to load: run without `django.setup()`.
WITHOUT_APPS = {"extract_text": "documents.management.commands.extract_text"}
# Commands that need one only with an option.
WITH_DATABASE_FOR = {"evaluate_mail": "--tenant"}
# SQLSTATEs of an undefined table or column: the migrations of this version have not been applied.
TABLES_MISSING = ("42P01", "42703")
# SQLSTATE classes of a server that refused or ended the connection: PostgreSQL, appendix A.
CONNECTION_LOST = ("08", "28", "3D", "53", "57P")


def run_command(argv: Sequence[str]) -> int:
    """Run one management command; returns the process's exit code when Django does not exit by itself."""
    try:
        if len(argv) > 1 and argv[1] in WITHOUT_APPS:
            import_module(WITHOUT_APPS[argv[1]]).Command().run_from_argv(list(argv))
            return 0
        if needs_database(argv):
            ensure_database_environment()
        execute_from_command_line(list(argv))
    except ImproperlyConfigured as error:
        return _fail(str(error))
    except ConnectionDoesNotExist as error:
        if "owner" not in str(error):
            raise
        return _fail(
            "DATABASE_OWNER_URL is not set: give it the address of the role that owns the database, "
            "which creates tables and the application's role."
        )
    except ProgrammingError as error:
        if getattr(error.__cause__, "sqlstate", None) not in TABLES_MISSING:
            raise
        return _fail("The database lacks tables or columns of this version: run `manage.py migrate` first.")
    except OperationalError as error:
        if not is_connection_failure(error):
            raise
        return _fail(f"The database does not answer: {_first_line(error)}")
    except KeyboardInterrupt:
        return 130
    return 0


def needs_database(argv: Sequence[str]) -> bool:
    """Whether this command line is worth starting the embedded server for."""
    if len(argv) < 2 or argv[1] in WITHOUT_DATABASE or {"-h", "--help"} & set(argv[1:]):
        return False
    option = WITH_DATABASE_FOR.get(argv[1])
    return option is None or any(_names(word, option) for word in argv[2:])


def _names(word: str, option: str) -> bool:
    """Whether a word of the command line is that option, which may be shortened and carry its value."""
    name = word.partition("=")[0]
    return len(name) > 2 and option.startswith(name)


def is_connection_failure(error: OperationalError) -> bool:
    """Whether the server could not be reached or hung up, as opposed to failing at a statement."""
    state = getattr(error.__cause__, "sqlstate", None)
    return state is None or state.startswith(CONNECTION_LOST)


def _fail(sentence: str) -> int:
    sys.stderr.write(f"{sentence}\n")
    return 1


def _first_line(error: Exception) -> str:
    """The cause in one line; libpq appends hints and repeats itself for every address it tried."""
    return str(error).strip().split("\n", 1)[0]
