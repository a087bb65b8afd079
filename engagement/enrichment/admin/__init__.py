"""The console's pages of enrichment: who stands in mail, what mail taught us, signs of business, and merges."""

from engagement.enrichment.admin.learning import EnrichmentJobAdmin, OpportunitySignalAdmin
from engagement.enrichment.admin.merges import ContactMergeAdmin
from engagement.enrichment.admin.people import CandidateAdmin

__all__ = ["CandidateAdmin", "ContactMergeAdmin", "EnrichmentJobAdmin", "OpportunitySignalAdmin"]
