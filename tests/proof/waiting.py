"""Waiting for what other processes do."""

from __future__ import annotations

import time
from collections.abc import Callable

# Far longer than a healthy machine needs for what a proof waits for, so that a busy one passes too.
PATIENCE_SECONDS = 300


def wait_until(
    condition: Callable[[], object], what: str, *, progress: Callable[[], object] = lambda: None
) -> None:
    """Look again and again until `condition` holds; patience begins anew with whatever `progress` shows."""
    end, seen = time.monotonic() + PATIENCE_SECONDS, None
    while not condition():
        if (shown := progress()) != seen:
            end, seen = time.monotonic() + PATIENCE_SECONDS, shown
        assert time.monotonic() < end, f"Waited in vain for {what}."
        time.sleep(0.02)
