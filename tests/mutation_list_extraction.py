"""What `tests.mutations` takes away of the reading of files: fences around readers, and checks of what they say."""

from __future__ import annotations

from tests.mutation_base import changes_of

FENCES = "tests/documents/test_extraction_fences.py"
HOSTILE = "tests/documents/test_extraction_hostile.py"
EXTRACTION = [
    *changes_of(
        "documents/readers/fences.py",
        FENCES,
        readers_open_no_files=("            _call(self._libc, _RESTRICT_SELF, self._ruleset, 0)\n", ""),
        readers_have_bounded_memory=(
            "            resource.setrlimit(resource.RLIMIT_AS, (memory_bytes, memory_bytes))\n",
            "",
        ),
    ),
    *changes_of(
        "documents/extraction/hosts.py",
        FENCES,
        readers_have_no_environment=("        env=ENVIRONMENT,\n", ""),
        readers_are_ended_in_time=("time.monotonic() + seconds)", "time.monotonic() + seconds + 20)"),
        nonsense_ends_a_reader=("(was_ended or not transcript.is_nonsense)", "True"),
    ),
    *changes_of(
        "documents/readers/host.py",
        FENCES,
        orphans_are_ended=("    _end_orphans()\n", ""),
    ),
    *changes_of(
        "documents/extraction/transcripts.py",
        FENCES,
        frames_are_bounded=("size > _FRAME_BYTES.get(kind, -1) or", ""),
        reasons_are_known=('        if told["reason"] not in REASONS:', "        if False:"),
        pages_have_no_nought=('        if "\\0" in text:', "        if False:"),
    ),
    *changes_of(
        "documents/readers/archives.py",
        HOSTILE,
        archives_do_not_expand=(
            "        if info.file_size > limits.RATIO_FROM_BYTES and",
            "        if False and",
        ),
    ),
    *changes_of(
        "documents/readers/word.py",
        HOSTILE,
        spans_are_bounded=("    _check_spans(root)\n", ""),
    ),
    *changes_of(
        "documents/extraction/opening.py",
        HOSTILE,
        sizes_are_bounded=("        if status.st_size > limits.FILE_BYTES:", "        if False:"),
    ),
]
