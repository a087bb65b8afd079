"""The webhook client reaches what is public, and nothing of ours, however the address is written."""

from __future__ import annotations

import hashlib
import hmac
import ipaddress
import shutil
import subprocess
import time

import pytest

from agent.alerts.webhook import WebhookRefused, is_public, post_notice, resolve_public, sign
from tests.fakes.running import webhook_receiver


@pytest.fixture(scope="module")
def receiver(tmp_path_factory):
    with webhook_receiver(tmp_path_factory.mktemp("hooks") / "posts.log") as running:
        yield running


def post(url, **changes):
    post_notice(url, **{"body": b"{}", "headers": {}, "is_loopback_allowed": True, **changes})


INSIDE = [
    "0.0.0.0",
    "10.1.2.3",
    "100.64.0.1",
    "127.0.0.1",
    "127.255.255.254",
    "169.254.169.254",  # metadata of most clouds
    "168.63.129.16",  # Azure's
    "172.31.255.255",
    "192.168.1.1",
    "198.18.0.1",
    "224.0.0.1",
    "255.255.255.255",
    "::",
    "::1",
    "::127.0.0.1",
    "::ffff:10.0.0.1",
    "::ffff:169.254.169.254",
    "64:ff9b::a9fe:a9fe",  # 169.254.169.254 behind NAT64
    "2002:a00:1::",  # 10.0.0.1 in 6to4
    "2001::1",  # Teredo
    "fd00:ec2::254",  # metadata over IPv6
    "fe80::1",
    "fec0::1",
    "ff02::1",
]
OUTSIDE = ["1.1.1.1", "93.184.215.14", "172.32.0.1", "2606:4700::1111", "::ffff:1.1.1.1", "64:ff9b::101:101"]


@pytest.mark.parametrize("address", INSIDE)
def test_an_address_inside_is_no_address_to_call(address):
    assert not is_public(ipaddress.ip_address(address))


@pytest.mark.parametrize("address", OUTSIDE)
def test_a_public_address_may_be_called(address):
    assert is_public(ipaddress.ip_address(address))


# All the ways to write 127.0.0.1 and 169.254.169.254 that a resolver understands.
@pytest.mark.parametrize(
    "host", ["localhost", "2130706433", "0x7f.1", "0177.0.0.1", "127.1", "::1", "2852039166"]
)
def test_a_name_is_judged_by_where_it_leads_and_not_by_how_it_is_written(host):
    with pytest.raises(WebhookRefused, match="which is not a public address"):
        resolve_public(host, 443)


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("http://hooks.test/a", "must begin with https://"),
        ("ftp://hooks.test/a", "must begin with https://"),
        ("https://user:secret@hooks.test/a", "may not hold a login"),
        ("https:///a", "must begin with https://"),
        ("https://hooks.test:99999/a", "cannot be read"),
        ("https://[::1/a", "cannot be read"),
        ("https://[::1]/a", "leads to ::1"),
        ("https://169.254.169.254/latest/meta-data", "leads to 169.254.169.254"),
        ("https://no-such-name.invalid/a", "cannot be resolved"),
    ],
)
def test_an_address_that_must_not_be_called_is_refused_in_one_sentence(url, said):
    with pytest.raises(WebhookRefused, match=said):
        post(url, is_loopback_allowed=False)


def test_the_exception_for_this_machine_opens_nothing_else():
    with pytest.raises(WebhookRefused, match="not a public address"):
        post("http://10.0.0.1/a")
    with pytest.raises(WebhookRefused, match="must begin with https"):
        post("http://1.1.1.1/a")


def test_a_notice_is_posted_as_json_to_the_whole_address(receiver):
    before = len(receiver.posts)
    post(receiver.url("/say/204"), headers={"X-Agent-Notice": "7"})
    (posted,) = receiver.posts[before:]
    assert (posted["path"], posted["body"]) == ("/say/204", "{}")
    assert posted["headers"]["Content-Type"] == "application/json"
    assert posted["headers"]["Host"] == f"127.0.0.1:{receiver.port}"


def test_a_redirect_is_not_followed(receiver):
    before = len(receiver.posts)
    with pytest.raises(WebhookRefused, match=r"It answered 302\. Redirects are not followed\."):
        post(receiver.url("/say/302"))
    assert [posted["path"] for posted in receiver.posts[before:]] == ["/say/302"]


@pytest.mark.parametrize("status", [400, 401, 410, 429, 500, 503])
def test_only_a_yes_counts(receiver, status):
    with pytest.raises(WebhookRefused, match=f"It answered {status}"):
        post(receiver.url(f"/say/{status}"))


@pytest.mark.parametrize("path", ["/hang", "/drip"])
def test_whoever_is_slow_is_hung_up_on(receiver, path, monkeypatch):
    monkeypatch.setattr("agent.alerts.webhook.SECONDS", 0.5)
    began = time.monotonic()
    with pytest.raises(WebhookRefused, match="could not be reached: .*(time|Remote)"):
        post(receiver.url(path))
    # Both would go on for an hour.
    assert time.monotonic() - began < 60


def test_a_reset_and_a_closed_door_are_refusals(receiver):
    with pytest.raises(WebhookRefused, match="could not be reached"):
        post(receiver.url("/reset"))
    with pytest.raises(WebhookRefused, match="could not be reached: ConnectionRefusedError"):
        post("http://127.0.0.1:1/a")


def test_a_proxy_of_the_environment_is_not_asked(receiver, monkeypatch):
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:1")
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:1")
    post(receiver.url("/say/200"))


@pytest.mark.skipif(not shutil.which("openssl"), reason="openssl is not installed")
def test_a_certificate_must_be_known_and_bear_the_name(tmp_path, monkeypatch):
    certificate = tmp_path / "both.pem"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost"]
        + [
            "-addext",
            "subjectAltName=DNS:localhost",
            "-keyout",
            certificate,
            "-out",
            tmp_path / "public.pem",
        ],
        check=True,
        capture_output=True,
    )
    with certificate.open("a") as both:
        both.write((tmp_path / "public.pem").read_text())
    with webhook_receiver(tmp_path / "posts.log", "--certificate", str(certificate)) as secure:
        with pytest.raises(WebhookRefused, match="CERTIFICATE_VERIFY_FAILED"):
            post(secure.url("/say/200", host="localhost"))
        monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "public.pem"))
        # Pinned to the address that was looked at, asked for under the name.
        post(secure.url("/say/200", host="localhost"))
        with pytest.raises(WebhookRefused, match="CERTIFICATE_VERIFY_FAILED"):
            post(secure.url("/say/200"))
        assert [posted["headers"]["Host"] for posted in secure.posts] == [f"localhost:{secure.port}"]


def test_a_signature_covers_the_time_and_the_body():
    value = sign(b'{"a": 1}', secret="s3cret", timestamp=1_795_000_000)
    expected = hmac.new(b"s3cret", b'1795000000.{"a": 1}', hashlib.sha256).hexdigest()
    assert value == f"t=1795000000,v1={expected}"
    assert sign(b'{"a": 2}', secret="s3cret", timestamp=1_795_000_000) != value
    assert sign(b'{"a": 1}', secret="s3cret", timestamp=1_795_000_001) != value
