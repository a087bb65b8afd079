"""Settings of the worker and beat processes of the broker's proof: the program's own, with the small domain."""

from agent_site.settings import *  # noqa: F403

# Imported when a worker starts; it puts the small domain in the place of every engine.
CELERY_INCLUDE = ["tests.proof.post_office"]
