"""The console's pages for the library: its list, a document, its text and file, uploads, the queue, and the tables."""

from documents.admin import library, queue, tables

__all__ = ["library", "queue", "tables"]
