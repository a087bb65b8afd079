"""What the next hour would do, kept; and how far the run that follows drifted from it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from agent.models import Preview, Run
from agent.policy import Judged


def describe_judged(judged: Sequence[Judged]) -> list[dict[str, Any]]:
    """Each card that would be judged, with the state it would get and the rule that decides."""
    return [
        {
            "card": entry.card.pk,
            "key": f"{entry.card.dedupe_key}{' (rehearsal)' if entry.card.is_rehearsal else ''}",
            "kind": entry.card.kind,
            "engine": entry.card.engine,
            "subject": entry.card.subject_label,
            "contact": entry.card.contact_label or None,
            "state": str(entry.state),
            "rule": entry.judgement.rule,
            "reason": entry.card.reason,
            "rule_reason": entry.judgement.ruling.reason,
            "evidence": entry.card.evidence,
        }
        for entry in judged
    ]


def store_preview(items: Sequence[Mapping[str, Any]], *, cycle_at: datetime, made_at: datetime) -> Preview:
    """Keep a preview; the only thing that previewing writes."""
    return Preview.objects.create(items=list(items), cycle_at=cycle_at, made_at=made_at)


def take_drift(judged: Sequence[Judged], *, run: Run) -> dict[str, Any]:
    """Compare a run's plan with the newest preview that no run has followed yet, and tie the two together.

    Empty when there is none. `missing` was foreseen and not planned, `added` the reverse, `changed` got another state.
    """
    preview = Preview.objects.filter(run__isnull=True).order_by("-id").first()
    if preview is None:
        return {}
    Preview.objects.filter(run__isnull=True, pk__lte=preview.pk).update(run=run)
    foreseen = {item["key"]: item for item in preview.items}
    planned = {item["key"]: item for item in describe_judged(judged)}
    return {
        "preview": preview.pk,
        "missing": [_brief(foreseen[key]) for key in sorted(foreseen.keys() - planned.keys())],
        "added": [_brief(planned[key]) for key in sorted(planned.keys() - foreseen.keys())],
        "changed": [
            {**_brief(planned[key]), "foreseen": foreseen[key]["state"]}
            for key in sorted(foreseen.keys() & planned.keys())
            if foreseen[key]["state"] != planned[key]["state"]
        ],
    }


def _brief(item: Mapping[str, Any]) -> dict[str, Any]:
    return {name: item[name] for name in ("key", "kind", "subject", "state", "rule_reason")}
