"""Whether the receiving server found that a mail is not from the domain it claims (RFC 8601, DMARC).

What lives here: reading the verdict of our own server. What does not: checking SPF, DKIM or DMARC. Without a verdict a mail is
neither trusted nor refused here: only an explicit `dmarc=fail` counts.
"""

from __future__ import annotations

import re

from .parsing import ParsedMessage

_VERDICT = re.compile(r"\bdmarc\s*=\s*(\w+)", re.I)
_COMMENT = re.compile(r"\([^()]{0,500}\)")


def fails_dmarc(parsed: ParsedMessage) -> bool:
    """True when the topmost Authentication-Results with a DMARC verdict says fail.

    The topmost is the one our server added last; those below may have been written by the sender. A failure from any
    server above that line is not undone by a pass below it.
    """
    for value in parsed.all_headers("authentication-results"):
        verdict = _VERDICT.search(_COMMENT.sub(" ", value))
        if verdict:
            return verdict[1].lower() in ("fail", "permfail", "hardfail")
    return False
