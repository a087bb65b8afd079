"""Settings of the benchmarks: those of the tests, on databases of other names.

`tests.bench.__main__` has pointed `AGENT_HOME` at a directory of the benchmarks' own before these are read.
"""

from tests.settings import *  # noqa: F403

DATABASES["owner"]["TEST"]["NAME"] = "bench"  # noqa: F405
DATABASES["default"]["NAME"] = "bench"  # noqa: F405
