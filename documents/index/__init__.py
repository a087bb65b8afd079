"""Writes what the search looks in: chunks, their words, their vectors.

Reading it is `documents.search`. Where the text comes from is not this package's business.
"""
