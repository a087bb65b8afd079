"""What `tests.mutations` takes away of the documents library: what keeps files, claims and people's words."""

from __future__ import annotations

from tests.mutation_base import changes_of as _of

REGISTRY = "tests/documents/test_registry.py"
PIPELINE = "tests/documents/test_pipeline.py"
SOURCES = "tests/documents/test_sources.py"

FILES = [
    *_of(
        "documents/files.py",
        REGISTRY,
        files_take_turns=(
            "            _take_turns(spool)\n            found = find()",
            "            found = find()",
        ),
        files_are_doomed=(
            "files.update(state=FileState.DOOMED, touched_at=Now())",
            "files.count()",
        ),
        files_have_a_limit=("            if size > limit:", "            if False:"),
        files_are_not_empty=("        if size == 0:", "        if False:"),
    ),
    *_of(
        "documents/files.py",
        "tests/proof/test_library.py::test_deletion_killed_at_any_step_leaves_neither_half",
        files_go_before_their_rows=(
            "    for stored in doomed:\n        storage.delete(stored.key)\n",
            "    for stored in doomed:\n        storage.exists(stored.key)\n",
        ),
    ),
    *_of(
        "documents/files.py",
        "tests/documents/test_storage.py",
        files_of_the_living_are_left=("touched_at__lt=Now() - WRITING_ENDS_AFTER", "touched_at__lt=Now()"),
    ),
]
LIBRARY = [
    *_of(
        "documents/services/registering.py",
        REGISTRY,
        content_is_one_document=("        if document is None:\n", "        if True:\n"),
        trash_is_respected=(
            "if document.is_trashed and place.is_by_person:",
            "if document.is_trashed:",
        ),
        deleted_stays_deleted=(
            "not place.is_by_person:\n            return Registered",
            "False:\n            return Registered",
        ),
        a_choice_outlives_a_version=(
            "if self.details.category is None and former.category_set_by:",
            "if False:",
        ),
    ),
    *_of(
        "documents/services/trashing.py",
        REGISTRY,
        live_documents_are_not_deleted=("        if live is not None:", "        if False:"),
        the_version_before_becomes_the_latest=(
            "version=Subquery(newest)).update(is_latest=True)",
            "version=Subquery(newest)).count()",
        ),
        twins_are_not_restored=("    if twin is not None:", "    if False:"),
    ),
    *_of(
        "documents/services/curating.py",
        PIPELINE,
        a_persons_category_stands=(
            'filter(pk=document.pk, category_set_by="").update(category=',
            "filter(pk=document.pk).update(category=",
        ),
    ),
]
QUEUE = [
    *_of(
        "documents/services/queueing.py",
        PIPELINE,
        claims_are_fenced=(
            "attempts=job.attempts)\n    state =",
            ")\n    state =",
        ),
        claims_skip_locked=('due.select_for_update(skip_locked=True, of=("self",)).first()', "due.first()"),
        jobs_are_given_up=("    if job.attempts >= MAX_ATTEMPTS:", "    if False:"),
        long_claims_are_reaped=("claimed_at__lt=Now() - CLAIM_LIFETIME", "claimed_at__isnull=True"),
    ),
    *_of(
        "documents/services/completing.py",
        PIPELINE,
        permanent_faults_are_final=("is_passing(extraction.reason):", "True:"),
    ),
]
INGEST = [
    *_of(
        "engagement/mail/attachments.py",
        SOURCES,
        inline_pictures_are_left_out=("(row.is_inline or row.size", "(row.size"),
        logos_are_left_out=("row.sha256 not in logos and", "True and"),
        programs_are_left_out=(" or is_program(filename=row.filename, start=bytes(row.start))", ""),
    ),
    *_of(
        "documents/services/ingesting.py",
        SOURCES,
        announcing_twice_adds_nothing=("if offer.key not in known]", "]"),
    ),
]
DOCUMENTS = [*FILES, *LIBRARY, *QUEUE, *INGEST]
