"""The text of files, read where they can do no harm.

    extraction = extract_file(path, name="report.pdf")     # never raises over what is in the file
    extraction.status, extraction.reason, extraction.page_texts
    is_passing(extraction.reason)                          # whether another try can help
    with FileReader() as reader:                           # for many files: one host for all of them
        reader.extract(path, name="report.pdf")

Each file is read by a process of its own (`documents.readers`) under limits of memory, processor time, wall clock and
output, away from the network, from files and from other processes. This side opens the file, starts and ends the
process, and believes nothing that it says. No table is touched here.
"""

from .extracting import FileReader, extract_file, render_preview
from .pool import extract_files
from .reasons import REASONS, Reason, describe_reason, is_passing
from .results import Extraction

__all__ = [
    "REASONS",
    "Extraction",
    "FileReader",
    "Reason",
    "describe_reason",
    "extract_file",
    "extract_files",
    "is_passing",
    "render_preview",
]
