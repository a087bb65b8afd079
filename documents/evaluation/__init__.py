"""Measures the search on a collection of texts, queries and judgements, through the search's own code.

The collection is in the shape of BEIR (Thakur et al. 2021). Nothing of it is kept.
"""

from .collection import Collection, CollectionRefused, read_collection
from .measuring import Measures, evaluate

__all__ = ["Collection", "CollectionRefused", "Measures", "evaluate", "read_collection"]
