"""What can be done with documents, for the API, the console, commands and engines alike.

Services that write rows run inside the caller's `tenant_scope`; those that move files, or go through many documents,
open their own and refuse one. Reading the queue's documents is `documents.pipeline`.
"""

from documents.files import FileRefused, StorageBusy, StorageFailed, open_file
from documents.services.curating import (
    DetailsRefused,
    change_document,
    describe_document,
    follow_suggestion,
    recategorise_documents,
    set_visibility,
)
from documents.services.ingesting import (
    Brought,
    IngestReport,
    announce_files,
    announce_keys,
    announce_source,
    count_by_reading,
    fetch_announced,
    ingest_paths,
    ingest_source,
)
from documents.services.queueing import (
    ClaimLost,
    claim_next_extraction,
    queue_extraction,
    retry_documents,
    retry_failed,
)
from documents.services.registering import (
    Details,
    Origin,
    Outcome,
    Registered,
    add_version,
    register_document,
)
from documents.services.trashing import (
    ContentTaken,
    StillInLibrary,
    delete_documents,
    empty_trash,
    restore_documents,
    trash_documents,
)
from documents.services.uploading import Upload, take_uploads

__all__ = [
    "Brought",
    "ClaimLost",
    "ContentTaken",
    "Details",
    "DetailsRefused",
    "FileRefused",
    "IngestReport",
    "Origin",
    "Outcome",
    "Registered",
    "StillInLibrary",
    "StorageBusy",
    "StorageFailed",
    "Upload",
    "add_version",
    "announce_files",
    "announce_keys",
    "announce_source",
    "change_document",
    "claim_next_extraction",
    "count_by_reading",
    "delete_documents",
    "describe_document",
    "empty_trash",
    "fetch_announced",
    "follow_suggestion",
    "ingest_paths",
    "ingest_source",
    "open_file",
    "queue_extraction",
    "recategorise_documents",
    "register_document",
    "restore_documents",
    "retry_documents",
    "retry_failed",
    "set_visibility",
    "take_uploads",
    "trash_documents",
]
