"""How much one file may cost.

Both sides of the process boundary know these, and only the outer one is trusted to keep them.
"""

MIB = 1024 * 1024

# A file above this is not opened at all.
FILE_BYTES = 128 * MIB
# Address space of a reader. With its host and the parent it stays below 1 GiB.
MEMORY_BYTES = 800 * MIB
# Processor time of a reader, then the wall clock: together with starting and ending it, a file is over within 35
# seconds.
CPU_SECONDS = 25
WALL_SECONDS = 28
OPEN_FILES = 64

# With character recognition a page takes seconds, in a process of its own.
RECOGNITION_WALL_SECONDS = 300
# What a host and its readers know of the environment of the program, which holds secrets.
ENVIRONMENT = {
    "LANG": "C.UTF-8",
    "PATH": "/usr/local/bin:/usr/bin:/bin:/opt/homebrew/bin",
    # A reader lives for one file: giving memory back to the system and taking it again is a tenth of its time.
    "GLIBC_TUNABLES": f"glibc.malloc.mmap_threshold={64 * MIB}:glibc.malloc.trim_threshold={128 * MIB}",
}
# Folders whose programs and data character recognition needs.
RECOGNITION_FOLDERS = ["/usr", "/lib", "/lib64"]

PAGES = 2_000
TEXT_BYTES = 5_000_000
# Of the last frame of a reader, which is JSON.
REPORT_BYTES = 64 * 1024
IMAGE_BYTES = 8 * MIB

# Archives (Word, Excel): how many members, and what they may unpack to.
MEMBERS = 5_000
MEMBER_BYTES = 64 * MIB
ARCHIVE_BYTES = 256 * MIB
RATIO = 200
# A member smaller than this may be packed as tightly as it likes.
RATIO_FROM_BYTES = MIB
GRID_SPAN = 1_000
