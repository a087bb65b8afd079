"""Citing a document: what a card rests on, with a reference that leads to the very words.

A citation names a version of a document and a range of characters of its text. Both stay when newer versions come.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import urlencode

from django.db.models.functions import Substr
from django.urls import reverse

from agent.registry import Evidence
from agent.tenancy import require_tenant_id
from documents.models import Document, DocumentText
from documents.states import Visibility

DOCUMENT = "document"
_SPELLING = re.compile(r"(\d{1,18}):(\d{1,9})-(\d{1,9})")


class NothingToCite(ValueError):
    """The range holds no text of the document; the message says which range of which document."""


@dataclass(frozen=True)
class Citation:
    """Characters `start` to `end` (the end not included) of the text of one version of a document."""

    document_id: int
    start: int
    end: int

    def __str__(self) -> str:
        return f"{self.document_id}:{self.start}-{self.end}"

    @classmethod
    def parse(cls, text: str) -> Citation | None:
        """A citation as `str` spells it; None for anything else."""
        found = _SPELLING.fullmatch(text)
        return cls(*map(int, found.groups())) if found else None

    @property
    def address(self) -> str:
        """The console's page of the text, where the cited words are highlighted."""
        page = reverse("admin:documents_document_text", args=[self.document_id])
        return f"{page}?{urlencode({'start': self.start, 'end': self.end})}#cited"


def cite_document(*, document: Document, start: int, end: int) -> Evidence:
    """What a proposal rests on, in the document's own words: the quote is what is stored between the two characters.

    A restricted document is named and not quoted, because everybody who may see the card would read it. Raises
    `NothingToCite`.
    """
    require_tenant_id()
    texts = DocumentText.objects.filter(document=document)
    words = texts.annotate(words=Substr("content", start + 1, max(end - start, 0))).values_list(
        "words", flat=True
    )
    cited = words.first() or ""
    if not cited.strip():
        raise NothingToCite(f"Document {document.pk} has no text between characters {start} and {end}.")
    quote = "" if document.visibility == Visibility.RESTRICTED else cited
    return Evidence(type=DOCUMENT, id=str(Citation(document.pk, start, end)), quote=quote)
