"""The settings take good values as they are meant and stop the start at bad ones."""

import os
import runpy
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured

from agent_site.home import REPOSITORY, HomeUnusable

APPLICATION = "postgresql://app:secret@db.example:6432/agent"
OWNER = "postgresql://owner:secret@db.example:5432/agent"


@pytest.fixture
def environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> pytest.MonkeyPatch:
    """The variables of a machine on which nothing has been set, but a home."""
    for name in ("DATABASE_URL", "DATABASE_OWNER_URL", "SECRET_KEY", "DEBUG", "EMAIL_URL", "EMAIL_SEND_MODE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("AGENT_HOME", str(tmp_path / "home"))
    return monkeypatch


def read_settings() -> dict[str, Any]:
    return runpy.run_path(str(REPOSITORY / "agent_site" / "settings.py"))


def test_a_machine_without_variables_gets_safe_defaults(environment: pytest.MonkeyPatch) -> None:
    settings = read_settings()
    assert settings["DEBUG"] is False
    assert settings["EMAIL_SEND_MODE"] == ""
    assert settings["CELERY_BROKER_URL"] == "filesystem://localhost//"
    assert settings["EMAIL_BACKEND"] == "django.core.mail.backends.smtp.EmailBackend"
    assert settings["DATABASES"]["default"]["USER"] == "agent_app"
    assert settings["DATABASES"]["owner"]["USER"] == "agent_owner"


def test_the_secret_key_is_made_once_and_kept_private(
    environment: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    first, second = read_settings()["SECRET_KEY"], read_settings()["SECRET_KEY"]
    assert first == second
    assert len(first) >= 50
    assert (tmp_path / "home" / "secret_key").stat().st_mode & 0o777 == 0o600


def test_the_embedded_sockets_path_survives_spaces(environment: pytest.MonkeyPatch) -> None:
    environment.setenv("AGENT_HOME", "/a home + more")
    environment.setenv("SECRET_KEY", "given")
    database = read_settings()["DATABASES"]["default"]
    assert database["HOST"] == "/a home + more/postgres/run"
    assert database["NAME"] == "agent"


def test_a_server_of_ones_own_needs_no_owner_to_run(environment: pytest.MonkeyPatch) -> None:
    environment.setenv("DATABASE_URL", APPLICATION)
    databases = read_settings()["DATABASES"]
    assert set(databases) == {"default"}
    assert (databases["default"]["HOST"], databases["default"]["PORT"]) == ("db.example", 6432)
    assert databases["default"]["OPTIONS"]["connect_timeout"] == 5


def test_both_addresses_give_two_connections_to_one_test_database(environment: pytest.MonkeyPatch) -> None:
    environment.setenv("DATABASE_URL", APPLICATION)
    environment.setenv("DATABASE_OWNER_URL", OWNER)
    databases = read_settings()["DATABASES"]
    assert databases["owner"]["USER"] == "owner"
    assert databases["default"]["TEST"] == {"MIRROR": "owner"}


def test_servers_pool_their_connections_and_commands_do_not(environment: pytest.MonkeyPatch) -> None:
    assert "pool" not in read_settings()["DATABASES"]["default"]["OPTIONS"]
    environment.setenv("DATABASE_POOL", "true")
    assert read_settings()["DATABASES"]["default"]["OPTIONS"]["pool"]["timeout"] == 5


def test_the_agents_switches_reach_the_kernel_as_they_were_written(environment: pytest.MonkeyPatch) -> None:
    environment.setenv("AGENT_KILL_SWITCH", " Maybe ")
    environment.setenv("EMAIL_SEND_MODE", "yolo")
    settings = read_settings()
    assert settings["AGENT_KILL_SWITCH"] == " Maybe "
    assert settings["EMAIL_SEND_MODE"] == "yolo"


def test_mail_servers_are_read_from_one_address(environment: pytest.MonkeyPatch) -> None:
    environment.setenv("EMAIL_URL", "smtp+tls://desk:p%40ss@mail.example:587")
    settings = read_settings()
    assert (settings["EMAIL_HOST"], settings["EMAIL_PORT"]) == ("mail.example", 587)
    assert (settings["EMAIL_HOST_PASSWORD"], settings["EMAIL_USE_TLS"]) == ("p@ss", True)


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("DEBUG", "maybe", "DEBUG must be true or false, not 'maybe'"),
        ("AGENT_HTTPS", "yes please", "AGENT_HTTPS must be true or false"),
        ("LOG_LEVEL", "chatty", "LOG_LEVEL must be DEBUG, INFO"),
        ("EMAIL_URL", "pigeon://coop", "EMAIL_URL"),
        ("DNS_RESOLVERS", "9.9.9.9, dns.example.com", "DNS_RESOLVERS: 'dns.example.com' is not an address"),
        ("DNS_RESOLVERS", "127.0.0.1:port", "DNS_RESOLVERS"),
        ("PUBLIC_URL", "http://agent.example.com", "PUBLIC_URL must look like https://agent.example.com"),
        (
            "PUBLIC_URL",
            "https://agent.example.com/app",
            "PUBLIC_URL must look like https://agent.example.com",
        ),
        ("PUBLIC_URL", "agent.example.com", "PUBLIC_URL must look like https://agent.example.com"),
        ("PUBLIC_URL", "https://a b", "PUBLIC_URL must look like https://agent.example.com"),
        ("DATABASE_URL", "mysql://app@db/agent", "DATABASE_URL must look like postgresql://"),
        ("DATABASE_URL", "postgresql://app@db:port/agent", "DATABASE_URL is not an address"),
        ("DATABASE_URL", "postgresql://app@db", "DATABASE_URL must look like postgresql://"),
        ("DATABASE_OWNER_URL", OWNER, "DATABASE_OWNER_URL is set and DATABASE_URL is not"),
    ],
)
def test_a_bad_value_stops_the_start_and_is_named(
    environment: pytest.MonkeyPatch, name: str, value: str, sentence: str
) -> None:
    environment.setenv(name, value)
    with pytest.raises(ImproperlyConfigured, match=sentence):
        read_settings()


@pytest.mark.skipif(os.geteuid() == 0, reason="root writes everywhere")
def test_a_home_that_cannot_be_written_stops_the_start(
    environment: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    tmp_path.chmod(0o555)
    with pytest.raises(HomeUnusable, match="set AGENT_HOME to a directory of your own"):
        read_settings()
