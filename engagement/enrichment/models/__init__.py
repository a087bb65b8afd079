"""The tables of enrichment: who stands in mail, what mail says of its writers, what business it shows, and merges.

Contacts, and what is known of them value by value, live in `engagement`.
"""

from engagement.enrichment.models.candidates import Candidate, Sighting
from engagement.enrichment.models.jobs import EnrichmentJob, JobState
from engagement.enrichment.models.merges import ContactMerge
from engagement.enrichment.models.opportunities import OpportunitySignal, SignalType

__all__ = [
    "Candidate",
    "ContactMerge",
    "EnrichmentJob",
    "JobState",
    "OpportunitySignal",
    "Sighting",
    "SignalType",
]
