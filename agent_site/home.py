"""Where this installation keeps what it grows by itself: the directory `$AGENT_HOME`.

Here: finding and creating that directory, and files in it that only its owner may read. Not here: the
embedded database, which places itself (`agent_site.embedded.placement`), and anything read from `settings`,
because the settings import this module.
"""

import os
import secrets
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

REPOSITORY = Path(__file__).resolve().parent.parent


class HomeUnusable(ImproperlyConfigured):
    """`$AGENT_HOME` cannot be created or written; the message says what to change."""


def agent_home() -> Path:
    """The absolute path of `$AGENT_HOME`, by default `var/` beside `manage.py`; it may not exist yet."""
    return Path(os.environ.get("AGENT_HOME") or REPOSITORY / "var").expanduser().absolute()


def create_home(home: Path) -> Path:
    """Create `home` if it is missing and return it; raises `HomeUnusable` when it cannot be written."""
    try:
        home.mkdir(parents=True, exist_ok=True)
        probe = home / f".writable-{os.getpid()}"
        probe.touch()
        probe.unlink()
    except OSError as error:
        raise HomeUnusable(_unusable(home, error)) from error
    return home


def read_or_create_secret(name: str, length: int = 64) -> str:
    """Return the text of the private file `name` in `$AGENT_HOME`, made of `length` random bytes at first.

    Several processes may ask at once and all get the same secret: the file is written aside and linked into
    place, which only the first can do.
    """
    home = agent_home()
    path = home / name
    try:
        return path.read_text(encoding="ascii").strip()
    except FileNotFoundError:
        pass
    except OSError as error:
        raise HomeUnusable(_unusable(home, error)) from error
    create_home(home)
    write_private(path, secrets.token_urlsafe(length))
    return path.read_text(encoding="ascii").strip()


def write_private(path: Path, text: str) -> bool:
    """Write `text` to the new file `path`, readable by its owner only; False when the file was there."""
    aside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        descriptor = os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        os.link(aside, path)
    except FileExistsError:
        return False
    except OSError as error:
        raise HomeUnusable(_unusable(path.parent, error)) from error
    finally:
        aside.unlink(missing_ok=True)
    return True


def _unusable(home: Path, error: OSError) -> str:
    """One sentence for the operator about a home that the system refused to use."""
    return (
        f"The directory {home} cannot be used ({error.strerror or error}): "
        "make it writable, free some space, or set AGENT_HOME to a directory of your own."
    )
