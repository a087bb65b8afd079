"""The sections of a document's page."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from agent.admin.display import (
    NOTHING,
    Section,
    badge,
    humanise,
    link_to,
    pairs,
    sentence,
    stack,
    table,
    token,
)
from documents.admin.links import download_link, text_address
from documents.admin.words import index_badge, job_badge, status_badge
from documents.models import Document, DocumentQuerySet
from documents.states import OPEN_JOB_STATES, Visibility

# Rows of each table on the page; a document may have thousands of chunks.
SHOWN = 50
# Measures of a reading whose names do not say their unit.
_MEASURES = {"seconds": "Seconds it took", "peak_mb": "Most memory it took (MiB)"}


def describe_document(document: Document, visible: DocumentQuerySet) -> list[Section]:
    """Everything that is known of a document; `visible` are the documents that exist for the person."""
    return [
        Section(title="Document", body=_document(document)),
        Section(title="First page", body=_preview(document)),
        Section(title="What was read of it", body=_report(document)),
        Section(title="Where it came from", body=_sources(document)),
        Section(title="Versions", body=_versions(document, visible)),
        Section(title="Pieces that the search finds", body=_chunks(document), is_folded=True),
        Section(title="Work on it", body=_jobs(document), is_folded=True),
    ]


def _document(document: Document) -> SafeString:
    entries: list[tuple[str, Any]] = [
        ("File name", token(document.name)),
        ("File", download_link(document.pk)),
        ("Size", filesizeformat(document.size)),
        ("Kind of file", document.media_type),
        ("Category", _category(document)),
        ("In force from", document.effective_date),
        ("Expires after", document.expiry_date),
        ("Who may see it", _visibility(document)),
        ("Added", document.added_at),
        ("Added by", document.added_by),
        ("SHA-256", token(document.sha256)),
    ]
    if document.is_trashed:
        entries.insert(0, ("In the trash", f"Since {document.trashed_at:%Y-%m-%d}, by {document.trashed_by}"))
    return pairs((name, value) for name, value in entries if value not in (None, ""))


def _category(document: Document) -> SafeString:
    """What it is, who says so, and what the rules suggest where that is something else."""
    said_by = f"Chosen by {document.category_set_by}." if document.category_set_by else "Suggested."
    parts = [badge(document.get_category_display(), "quiet"), sentence(said_by)]
    if document.suggested_category:
        confidence = f"{document.suggestion_confidence:.0%}"
        suggested = (
            f"{document.get_suggested_category_display()}, {confidence} sure: {document.suggestion_reason}"
        )
        parts.append(sentence(f"The rules say: {suggested}"))
    return stack(*parts)


def _visibility(document: Document) -> SafeString:
    tone = "warning" if document.visibility == Visibility.RESTRICTED else "quiet"
    return badge(document.get_visibility_display(), tone)


def _preview(document: Document) -> SafeString:
    if document.preview_id is None:
        return sentence(
            "There is no picture of it. Documents of PDF and image files get one when they are read."
        )
    url = reverse("admin:documents_document_preview", args=[document.pk])
    return format_html('<img class="agent-preview" src="{}" alt="First page of {}">', url, document.title)


def _report(document: Document) -> SafeString:
    """How far it was read, why not further, and how good the text is."""
    read = document.pages_done if document.pages_done is not None else 0
    entries: list[tuple[str, Any]] = [
        ("Text", status_badge(document)),
        ("Why", document.extraction_detail),
        ("Reason code", document.extraction_reason),
        ("Pages read", "" if document.pages is None else f"{read} of {document.pages}"),
        ("Characters", f"{document.characters:,}" if document.characters else ""),
        ("Read by", document.reader),
        ("Read at", document.extracted_at),
        ("Search", index_badge(document)),
        ("Why it is not found", document.indexing_reason),
        *((_MEASURES.get(name) or humanise(name), value) for name, value in document.quality.items()),
    ]
    shown = pairs((name, value) for name, value in entries if value not in (None, "", []))
    if not document.characters:
        return shown
    link = format_html('<a class="agent-link" href="{}">Read the text</a>', text_address(document.pk))
    return stack(shown, sentence(link))


def _sources(document: Document) -> SafeString:
    rows = [
        (
            source.get_type_display(),
            source.label or NOTHING,
            f"{humanise(source.reference_kind)} {source.reference_id}" if source.reference_kind else NOTHING,
            source.added_at,
            source.added_by,
        )
        for source in document.sources.order_by("-id")[:SHOWN]
    ]
    headers = ("Source", "Called", "Belongs to", "Since", "By")
    return table(headers, rows, empty="Nobody knows where it came from any more.")


def _versions(document: Document, visible: DocumentQuerySet) -> SafeString:
    rows = [
        (
            link_to(one, f"Version {one.version}"),
            _standing(one),
            one.name,
            one.added_at,
            one.added_by,
        )
        for one in visible.filter(series=document.series).order_by("-version")[:SHOWN]
    ]
    return table(("Version", "", "File", "Added", "By"), rows)


def _standing(document: Document) -> str | SafeString:
    if document.is_trashed:
        return badge("In the trash", "bad")
    return badge("Latest", "good") if document.is_latest else "Former"


def _chunks(document: Document) -> SafeString:
    chunks: QuerySet[Any] = document.chunks.defer("text").order_by("ordinal")
    rows = [
        (
            format_html(
                '<a class="agent-link" href="{}#cited">{}</a>',
                text_address(document.pk, start=chunk.char_from, end=chunk.char_to),
                chunk.ordinal + 1,
            ),
            chunk.page_from if chunk.page_from == chunk.page_to else f"{chunk.page_from} to {chunk.page_to}",
            f"{chunk.char_from:,} to {chunk.char_to:,}",
            chunk.chunker_version,
        )
        for chunk in chunks[:SHOWN]
    ]
    headers = ("Piece", "Page", "Characters", "Rules of cutting")
    return table(
        headers, rows, empty="It has not been cut into pieces: the search does not find it by its text."
    )


def _jobs(document: Document) -> SafeString:
    rows = [
        (
            link_to(job, job.get_step_display()),
            job_badge(job),
            job.attempts,
            job.not_before if job.state in OPEN_JOB_STATES else job.finished_at,
            job.reason or NOTHING,
        )
        for job in document.jobs.order_by("-id")[:SHOWN]
    ]
    return table(
        ("Step", "State", "Tries", "When", "What became of it"), rows, empty="Nothing was queued for it."
    )
