"""`create_roles` makes the application's role once, and refuses one that tenants could see through."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import quote

import pytest

from agent_site.embedded.cluster import Cluster
from agent_site.embedded.placement import cluster_directory, socket_directory
from tests.site.conftest import ManagePy, connect

NEW_ROLE = 'desk "role"'


@pytest.fixture
def cluster(standing_cluster: Cluster) -> Iterator[Cluster]:
    """The standing cluster, used as if it were a server of the operator's own."""
    yield standing_cluster
    with connect(standing_cluster, role="postgres") as session:
        session.execute("""DROP ROLE IF EXISTS "desk ""role\"\"\" """)


def address(cluster: Cluster, role: str) -> str:
    host = socket_directory(cluster_directory(cluster.home))
    return f"postgresql://{quote(role)}:a%27b%25@/agent?host={quote(str(host))}"


def test_create_roles_makes_a_bound_role_once(cluster: Cluster, manage_py: ManagePy) -> None:
    urls = {
        "DATABASE_URL": address(cluster, NEW_ROLE),
        "DATABASE_OWNER_URL": address(cluster, "postgres"),
        "AGENT_HOME": str(cluster.home),
    }
    with ThreadPoolExecutor(3) as pool:
        done = list(pool.map(lambda _: manage_py("create_roles", **urls), range(3)))
    assert [run.returncode for run in done] == [0, 0, 0], [run.stderr for run in done]
    said = sorted(run.stdout for run in done)
    assert said == [f"The role {NEW_ROLE} is ready.\n"] * 2 + [f"The role {NEW_ROLE} was created.\n"]
    with connect(cluster, role="postgres") as session:
        query = (
            "SELECT rolcanlogin, rolsuper, rolbypassrls, rolpassword LIKE 'SCRAM-SHA-256$%%' FROM pg_authid"
        )
        assert session.execute(f"{query} WHERE rolname = %s", [NEW_ROLE]).fetchone() == (
            True,
            False,
            False,
            True,
        )


@pytest.mark.parametrize(
    ("application", "owner", "sentence"),
    [
        ("postgres", "agent_owner", "of DATABASE_URL is a superuser"),
        ("agent_owner", "agent_owner", "has the rights of the migrating role"),
        ("agent_owner", "postgres", "owns the database"),
        ("unheard of", "agent_owner", "may not create roles: as an administrator run CREATE ROLE"),
        ("", "agent_owner", "DATABASE_URL names no role"),
    ],
)
def test_create_roles_refuses_a_role_that_sees_every_tenant(
    cluster: Cluster, manage_py: ManagePy, application: str, owner: str, sentence: str
) -> None:
    urls = {
        "DATABASE_URL": address(cluster, application),
        "DATABASE_OWNER_URL": address(cluster, owner),
        "AGENT_HOME": str(cluster.home),
    }
    done = manage_py("create_roles", **urls)
    assert done.returncode == 1
    assert sentence in done.stderr
    assert "Traceback" not in done.stderr
