"""Taking files into the library: each content once, whatever it is called and however often it comes.

A file that is there already gains a source. These services write into the storage, so they open their own transactions.
"""

from __future__ import annotations

import re
import uuid
from dataclasses import dataclass
from datetime import date, datetime
from typing import BinaryIO

from django.db import models

from agent.models import Tenant
from agent.tenancy import refuse_tenant_scope
from documents.categories import FOLLOWED_FROM, suggest_category
from documents.events import emit_about
from documents.files import FileRefused, Spool, keep_file, spooled
from documents.media_types import find_media_type
from documents.models import Document, DocumentSource, StoredFile
from documents.services.curating import set_visibility
from documents.services.queueing import queue_extraction
from documents.services.trashing import restore_rows
from documents.states import Category, ExtractionStatus, JobStep, SourceState, SourceType, Visibility

NAME_LENGTH = 255
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
# Bytes of a name on disk that are no UTF-8, as Python hands them on; PostgreSQL keeps no such character.
_SURROGATE = re.compile(r"[\ud800-\udfff]")
UPLOAD = "upload"


class Outcome(models.TextChoices):
    """What became of a file that was brought to the library."""

    ADDED = "added", "Added"
    VERSION = "version", "Added as a new version"
    DUPLICATE = "duplicate", "In the library already"
    RESTORED = "restored", "Taken back out of the trash"
    TRASHED = "trashed", "In the trash, and left there"
    REMOVED = "removed", "Deleted for good before, and left out"


@dataclass(frozen=True, kw_only=True)
class Origin:
    """Where a file comes from: who registered the source, and the key that names the place in it for good."""

    type: SourceType
    source: str
    key: str
    label: str = ""
    reference_kind: str = ""
    reference_id: str = ""

    @property
    def is_by_person(self) -> bool:
        """Whether somebody chose the file: what they deleted before, they want back."""
        return self.type == SourceType.MANUAL_UPLOAD


@dataclass(frozen=True, kw_only=True)
class Registered:
    """What became of one file, and the document it is.

    `is_read_again`: its text is being read anew. `is_restricted`: everybody could see it until it came again.
    """

    outcome: Outcome
    document: Document | None
    is_read_again: bool = False
    is_restricted: bool = False

    @property
    def is_new(self) -> bool:
        return self.outcome in (Outcome.ADDED, Outcome.VERSION)


@dataclass(frozen=True, kw_only=True)
class Details:
    """What whoever brings a file says of it. A category given here is a person's decision."""

    title: str = ""
    category: Category | None = None
    default_category: Category = Category.OTHER
    effective_date: date | None = None
    expiry_date: date | None = None
    visibility: Visibility = Visibility.COMPANY


def register_document(
    *,
    tenant: Tenant,
    content: BinaryIO,
    name: str,
    actor: str,
    now: datetime,
    origin: Origin | None = None,
    details: Details | None = None,
    is_cleared: bool = True,
) -> Registered:
    """Take one file into the library. Without an origin it is a person's upload.

    The same content is one document: a second one gains a source and is answered `duplicate`; a document that could
    not be read, or of which nothing was read, is read again. Content in the trash comes back when a person brings it,
    and stays there when a source does. What is to be restricted and is there for everybody becomes restricted in all
    its versions. Raises `FileRefused` for an empty or too large file, `StorageBusy`, and
    `StorageFailed`.

    `is_cleared` says whether whoever brings it may see restricted documents. To others the answer names none, and what
    they bring changes none: no source is added, nothing is read again or taken out of the trash.
    """
    return _register(tenant, content, name, actor, now, origin, details or Details(), None, is_cleared)


def add_version(
    *,
    tenant: Tenant,
    document_id: int,
    content: BinaryIO,
    name: str,
    actor: str,
    now: datetime,
    origin: Origin | None = None,
    details: Details | None = None,
    is_cleared: bool = True,
) -> Registered:
    """Take a file in as the newest version of a document; who searches finds it, what was cited before stays.

    Title, category and visibility are the former version's unless given; RESTRICTED then holds for all versions.
    Content that is in the library already, as whatever version of whatever document, is answered `duplicate`.
    Raises `Document.DoesNotExist` and what `register_document` does.
    """
    return _register(tenant, content, name, actor, now, origin, details or Details(), document_id, is_cleared)


def clean_name(name: str) -> str:
    """A file's name without folders, without characters that would hide what it is, and such as can be stored."""
    storable = _SURROGATE.sub("\N{REPLACEMENT CHARACTER}", name)
    base = _CONTROL.sub("", storable.replace("\\", "/").rpartition("/")[2]).strip()
    stem, dot, ending = base.rpartition(".")
    if dot and len(ending) < 20:
        return f"{stem[: NAME_LENGTH - len(ending) - 1]}.{ending}" if stem else base
    return base[:NAME_LENGTH] or "document"


def _register(
    tenant: Tenant,
    content: BinaryIO,
    name: str,
    actor: str,
    now: datetime,
    origin: Origin | None,
    details: Details,
    of: int | None,
    is_cleared: bool,
) -> Registered:
    refuse_tenant_scope("register_document")
    if details.effective_date and details.expiry_date and details.expiry_date < details.effective_date:
        raise FileRefused("A document cannot expire before it takes effect. Correct one of the two dates.")
    name = clean_name(name)
    with spooled(content, name=name) as spool:
        place = origin or _upload(spool, name)
        arrival = _Arrival(
            spool=spool,
            name=name,
            actor=actor,
            now=now,
            origin=place,
            details=details,
            of=of,
            is_cleared=is_cleared,
        )
        return keep_file(tenant=tenant, spool=spool, find=arrival.find, record=arrival.enter)


def _upload(spool: Spool, name: str) -> Origin:
    key = f"{spool.sha256}:{name}"[:200]
    return Origin(type=SourceType.MANUAL_UPLOAD, source=UPLOAD, key=key, label=name)


@dataclass(frozen=True, kw_only=True)
class _Arrival:
    """One file on its way in. Both methods run inside a scope of its tenant, and again when others were quicker."""

    spool: Spool
    name: str
    actor: str
    now: datetime
    origin: Origin
    details: Details
    of: int | None
    is_cleared: bool

    def find(self) -> Registered | None:
        """The answer when the library needs nothing of this file's bytes, with everything that follows from it."""
        place = self.origin
        known = (
            DocumentSource.objects.filter(source=place.source, key=place.key)
            .select_related("document")
            .first()
        )
        if known is not None and known.state == SourceState.REMOVED and not place.is_by_person:
            return Registered(outcome=Outcome.REMOVED, document=None)
        same = Document.objects.filter(sha256=self.spool.sha256).order_by("trashed_at", "-id")
        # In PostgreSQL nulls come last: live documents are looked for by themselves.
        document = same.live().select_for_update().first() or same.select_for_update().first()
        if document is None:
            return None
        if document.visibility == Visibility.RESTRICTED and not self.is_cleared:
            return Registered(
                outcome=Outcome.TRASHED if document.is_trashed else Outcome.DUPLICATE, document=None
            )
        outcome = Outcome.DUPLICATE
        if document.is_trashed and place.is_by_person:
            restore_rows([document], actor=self.actor, now=self.now, is_cleared=self.is_cleared)
            outcome = Outcome.RESTORED
        elif document.is_trashed:
            outcome = Outcome.TRASHED
        self._link(document)
        is_restricted = self._is_to_be_restricted(document)
        if is_restricted:
            self._restrict(document)
        is_read_again = outcome != Outcome.TRASHED and self._read_again(document)
        return Registered(
            outcome=outcome, document=document, is_read_again=is_read_again, is_restricted=is_restricted
        )

    def enter(self, stored: StoredFile) -> Registered:
        """Make the document of a file that has been written, or a version of the one it belongs to."""
        former = self._former() if self.of is not None else None
        document = self._document(stored) if former is None else self._version(stored, former)
        document.save(force_insert=True)
        self._link(document)
        queue_extraction(documents=[document], step=JobStep.EXTRACT, actor=self.actor, now=self.now)
        data = {"source": self.origin.source, "by": self.actor}
        emit_about("document.added", [document], data, now=self.now)
        return Registered(outcome=Outcome.ADDED if former is None else Outcome.VERSION, document=document)

    def _document(self, stored: StoredFile) -> Document:
        suggestion = suggest_category(name=self.name)
        chosen, details = self.details.category, self.details
        follows = suggestion.category is not None and suggestion.confidence >= FOLLOWED_FROM
        return Document(
            name=self.name,
            title=details.title.strip()[:300] or _title_of(self.name),
            media_type=find_media_type(head=self.spool.head, name=self.name),
            size=self.spool.size,
            sha256=self.spool.sha256,
            file=stored,
            series=uuid.uuid4(),
            category=chosen or (suggestion.category if follows else details.default_category),
            category_set_by=self.actor if chosen else "",
            category_set_at=self.now if chosen else None,
            suggested_category=suggestion.category or "",
            suggestion_confidence=suggestion.confidence,
            suggestion_reason=suggestion.reason,
            effective_date=details.effective_date,
            expiry_date=details.expiry_date,
            visibility=details.visibility,
            added_at=self.now,
            added_by=self.actor,
        )

    def _former(self) -> Document:
        """The version that is the latest now, locked, so that two new versions take turns."""
        series = Document.objects.live().values_list("series", flat=True).get(pk=self.of)
        return Document.objects.select_for_update().get(series=series, is_latest=True)

    def _version(self, stored: StoredFile, former: Document) -> Document:
        chain = Document.objects.filter(series=former.series)
        newest = chain.aggregate(newest=models.Max("version"))["newest"]
        chain.filter(is_latest=True).update(is_latest=False)
        document = self._document(stored)
        document.series, document.version = former.series, newest + 1
        document.title = self.details.title.strip()[:300] or former.title
        if self.details.visibility == Visibility.COMPANY:
            document.visibility = former.visibility
        elif self._is_to_be_restricted(former):
            self._restrict(former)
        if self.details.category is None and former.category_set_by:
            document.category = former.category
            document.category_set_by, document.category_set_at = (
                former.category_set_by,
                former.category_set_at,
            )
        return document

    def _is_to_be_restricted(self, document: Document) -> bool:
        asked = self.is_cleared and self.details.visibility == Visibility.RESTRICTED
        return asked and document.visibility != Visibility.RESTRICTED

    def _restrict(self, document: Document) -> None:
        """Whoever may not see one version of a document may see none."""
        set_visibility(
            document_ids=[document.pk], visibility=Visibility.RESTRICTED, actor=self.actor, now=self.now
        )
        document.visibility = Visibility.RESTRICTED

    def _link(self, document: Document) -> None:
        """Remember where the file came from; a place that is linked already stays with its document."""
        place = self.origin
        row = DocumentSource(
            document=document,
            type=place.type,
            source=place.source,
            key=place.key,
            label=place.label[:300],
            reference_kind=place.reference_kind,
            reference_id=place.reference_id,
            state=SourceState.LINKED,
            added_at=self.now,
            added_by=self.actor,
        )
        DocumentSource.objects.bulk_create([row], ignore_conflicts=True)
        waiting = DocumentSource.objects.filter(source=place.source, key=place.key)
        waiting.exclude(state=SourceState.LINKED).update(
            document=document, state=SourceState.LINKED, label=row.label, reason="", not_before=None
        )

    def _read_again(self, document: Document) -> bool:
        """Whether nothing was read of the document, which is then queued once more."""
        unread = (ExtractionStatus.COMPLETED, ExtractionStatus.FAILED, ExtractionStatus.SKIPPED)
        if document.characters or document.extraction_status not in unread:
            return False
        queued = queue_extraction(documents=[document], step=JobStep.EXTRACT, actor=self.actor, now=self.now)
        return queued == 1


def _title_of(name: str) -> str:
    """What a document is called until somebody gives it a title: its name without its ending."""
    stem = name.rpartition(".")[0] or name
    return re.sub(r"\s+", " ", stem.replace("_", " ")).strip()[:300] or name
