"""What a rule is: one pure function with its code, and the words and severity that `rules.json` gives it.

The rules themselves live in the other modules of this package; the tuple of all of them in its `__init__`.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from orders.facts import OrderFacts
from orders.fixes import Change
from orders.states import Severity

logger = logging.getLogger(__name__)

# The subject of the finding that says that a rule could not judge.
NOT_JUDGED = "not_judged"
# Law and licence: no person may let an order pass in spite of these (domain, 2.2).
NOT_OVERRIDABLE: frozenset[str] = frozenset({"IND-401", "IND-403", "REQ-213", "VND-501", "VND-503"})
_TEXTS: dict[str, dict[str, str]] = {
    text["code"]: text
    for text in json.loads((Path(__file__).parent.parent / "rules.json").read_text(encoding="utf-8"))
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What a rule yields: the values of its message, and what it saw."""

    values: Mapping[str, Any] = field(default_factory=dict)
    message: str = ""
    """Only where the rule's own sentence would be untrue of the case."""
    subject: str = ""
    """What of the order, where the rule may find several things; part of the exception's key."""
    severity: Severity | None = None
    """Only where the case decides (REQ-207, 209, 212, 218); otherwise the rule's own."""
    evidence: Mapping[str, Any] = field(default_factory=dict)
    fix: tuple[Change, ...] = ()
    message: str = ""
    """Other words than the rule's own, where those would be untrue of the case."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing wrong with one order, as it is stored and shown."""

    code: str
    subject: str
    severity: Severity
    message: str
    evidence: Mapping[str, Any]
    fix: tuple[Change, ...] = ()

    @property
    def key(self) -> tuple[str, str]:
        """What makes it the same finding in a later look at the same order."""
        return self.code, self.subject

    def as_json(self) -> dict[str, Any]:
        """As printed for one order."""
        return {
            "code": self.code,
            "severity": self.severity.value,
            "message": self.message,
            "fix": [change.as_json() for change in self.fix] or None,
        }


Check = Callable[[OrderFacts], Iterator[Found]]


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule: its check, and the severity and message template of its code."""

    code: str
    check: Check
    severity: Severity
    template: str

    def judge(self, facts: OrderFacts) -> list[Finding]:
        """Everything this rule finds. A rule that fails says so in a blocking finding; it never falls silent."""
        try:
            return [self._finding(found) for found in self.check(facts)]
        except Exception as error:  # a finding, and a traceback in the log
            logger.warning("%s could not judge order %s", self.code, facts.order.order_number, exc_info=True)
            return [
                Finding(
                    code=self.code,
                    subject=NOT_JUDGED,
                    severity=Severity.BLOCKING,
                    message=f"{self.code} could not be judged. Look at the order by hand.",
                    evidence={"error": f"{type(error).__name__}: {error}"},
                )
            ]

    def _finding(self, found: Found) -> Finding:
        return Finding(
            code=self.code,
            subject=found.subject,
            severity=found.severity or self.severity,
            message=found.message or self.template.format_map(found.values),
            evidence=found.evidence,
            fix=found.fix,
        )


def rule(code: str) -> Callable[[Check], Rule]:
    """Make a check the rule of this code; an unknown code stops the program at start."""

    def decorate(check: Check) -> Rule:
        text = _TEXTS[code]
        return Rule(code=code, check=check, severity=Severity(text["severity"]), template=text["message"])

    return decorate
