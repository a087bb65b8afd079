"""How a process learns its database: the operator's addresses, or those of the embedded server.

Called by the entry points before Django reads its settings; everything heavy is imported only when needed.
"""

import os
from urllib.parse import quote

from agent_site.embedded.placement import cluster_directory, socket_directory
from agent_site.home import agent_home


def embedded_url(role: str) -> str:
    """The address of the embedded server of this `$AGENT_HOME` for one role; does not start it.

    The form with `?host=` is understood by libpq and survives any path.
    """
    sockets = socket_directory(cluster_directory(agent_home()))
    return f"postgresql://{role}@/agent?host={quote(str(sockets), safe='/')}"


def ensure_database_environment() -> None:
    """Set `DATABASE_URL` and `DATABASE_OWNER_URL` to the embedded server, started if need be.

    Does nothing when one of them is set: then the database is the operator's. Raises
    `EmbeddedDatabaseError` or `HomeUnusable` with one sentence for the operator.
    """
    if os.environ.get("DATABASE_URL") or os.environ.get("DATABASE_OWNER_URL"):
        return
    from agent_site.embedded.cluster import Cluster

    Cluster(agent_home()).start()
    os.environ["DATABASE_URL"] = embedded_url("agent_app")
    os.environ["DATABASE_OWNER_URL"] = embedded_url("agent_owner")
