"""What `desk.json` says of the desk. Amounts in it are text, so that none ever becomes a float."""

from __future__ import annotations

import functools
import json
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent


@functools.cache
def read_specification() -> Mapping[str, Any]:
    """The whole file, read once."""
    specification: Mapping[str, Any] = json.loads((HERE / "desk.json").read_text(encoding="utf-8"))
    return specification


def anchor_date() -> date:
    """The day on which the desk's mails were written; loading moves them to the day of loading."""
    return date.fromisoformat(read_specification()["anchor_date"])
