"""Finds documents: by their words and by their meaning, in one list, with the passages that say why.

What is searched is written by `documents.index`. Everything here reads as the application's role behind the tenant
wall, and names the tenant in each statement besides: the planner needs it (docs/adr/0039).
"""

from .requests import Filters, SearchRefused, SearchRequest
from .results import Answer, Explanation, Hit, ParsedFilter, Passage
from .services import search_documents

__all__ = [
    "Answer",
    "Explanation",
    "Filters",
    "Hit",
    "ParsedFilter",
    "Passage",
    "SearchRefused",
    "SearchRequest",
    "search_documents",
]
