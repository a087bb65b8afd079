"""What people say a mail says: a file of labels, checked and in the words of the reports.

The file holds `{"emails": [{"file": …, "category": …, …}]}`. A mail without a key is not scored on it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

Label = Mapping[str, Any]


class BadLabels(ValueError):
    """The file cannot be used; the message says why and what it must look like."""


def read_labels(path: str) -> dict[str, Label]:
    """The labels by file name; those marked as ambiguous are left out."""
    try:
        content = json.loads(Path(path).read_text(encoding="utf-8"))
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise BadLabels(f"The labels {path} cannot be read ({reason}). Check the path.") from error
    except ValueError as error:
        raise BadLabels(f"The labels {path} are no JSON: {error}.") from error
    emails = content.get("emails") if isinstance(content, dict) else content
    if not isinstance(emails, list) or not all(_is_label(one) for one in emails):
        raise BadLabels(
            f'The labels {path} are not of the form {{"emails": [{{"file": "a.eml", …}}, …]}}: '
            "every entry names its file."
        )
    return {one["file"]: one for one in emails if not one.get("ambiguous")}


def _is_label(entry: Any) -> bool:
    return isinstance(entry, dict) and isinstance(entry.get("file"), str)
