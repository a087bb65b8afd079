"""What the library contributes to the kernel: how long finished jobs are kept, and figures of it.

It proposes nothing. What documents tell is for the domains whose documents they are.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import ClassVar

from django.db import models

from agent.registry import Cycle, Engine, Expiring, Plan, Report
from documents.citations import DOCUMENT, Citation
from documents.models import Document, ExtractionJob
from documents.states import ExtractionStatus

JOB_AGE = timedelta(days=90)


class DocumentsEngine(Engine):
    """The documents library."""

    slug: ClassVar[str] = "documents"
    label: ClassVar[str] = "Documents"

    def plan(self, cycle: Cycle) -> Plan:
        """Nothing: the queue is worked off by itself."""
        return Plan()

    def locate_evidence(self, evidence: Mapping[str, str]) -> str:
        """The page of the cited document's text, with the cited characters highlighted."""
        citation = Citation.parse(evidence["id"]) if evidence["type"] == DOCUMENT else None
        return citation.address if citation else ""

    def report(self, cycle: Cycle) -> Report:
        """How many documents came in, and how many wait or could not be read."""
        latest = Document.objects.latest()
        since = cycle.now - timedelta(hours=24)
        counted = latest.aggregate(
            added=models.Count("pk", filter=models.Q(added_at__gt=since)),
            waiting=models.Count(
                "pk",
                filter=models.Q(
                    extraction_status__in=[ExtractionStatus.PENDING, ExtractionStatus.PROCESSING]
                ),
            ),
            failed=models.Count("pk", filter=models.Q(extraction_status=ExtractionStatus.FAILED)),
        )
        return Report(
            figures={
                "documents_added_24h": counted["added"],
                "documents_waiting": counted["waiting"],
                "documents_unreadable": counted["failed"],
            }
        )

    def expiring(self) -> Sequence[Expiring]:
        """Jobs of the extraction queue that ended long ago; what became of a document is on the document."""
        return (Expiring(name="extraction_jobs", age=JOB_AGE, rows=_finished_before),)


def _finished_before(moment: datetime) -> models.QuerySet[ExtractionJob]:
    return ExtractionJob.objects.filter(finished_at__lt=moment)
