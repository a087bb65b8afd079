"""API tokens: what opens, what opens nothing, who may make one, and that nobody reads one again."""

from __future__ import annotations

import json
import re
from datetime import timedelta
from io import StringIO

import pytest
from django.contrib.auth.models import Permission, User
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from agent.access import set_viewers
from agent.rest.authentication import list_scopes
from agent.rest.models import ApiToken
from agent.rest.tokens import TOKEN, InvalidToken, create_token, revoke_token
from agent.tenancy import tenant_scope
from agent_site.logs import Mask

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])

CARDS = "/api/v1/cards"


def stored(tenant) -> ApiToken:
    with tenant_scope(tenant):
        return ApiToken.objects.latest("id")


def test_a_token_opens_its_scopes_and_says_which_one_is_missing(meridian, make_caller):
    caller = make_caller(meridian, "runs:read")
    assert caller.get("/api/v1/runs").status_code == 200
    refused = caller.get(CARDS)
    assert (refused.status_code, refused["Content-Type"]) == (403, "application/problem+json")
    assert refused.json() == {
        "type": "urn:vnext-agent:problem:scope-missing",
        "title": "Forbidden",
        "status": 403,
        "detail": "This token has no scope cards:read.",
        "instance": CARDS,
    }


@pytest.mark.parametrize("header", ["", "Bearer", "Bearer x", "Bearer vna_1_x", "Basic b3A6eA=="])
def test_without_a_token_of_ours_nobody_gets_in(stranger, meridian, header):
    answer = stranger.get(CARDS, Authorization=header)
    assert answer.status_code == 401
    assert answer["WWW-Authenticate"] == 'Bearer realm="api"'
    assert answer.json()["status"] == 401


def test_a_secret_opens_nothing_of_another_tenant(meridian, harborpine, make_caller):
    caller = make_caller(meridian)
    caller.token = caller.token.replace(f"vna_{meridian.pk}_", f"vna_{harborpine.pk}_")
    assert caller.get(CARDS).status_code == 401
    caller.token = re.sub(r"^vna_\d+_", f"vna_{'9' * 18}_", caller.token)
    assert caller.get(CARDS).status_code == 401


def test_a_revoked_token_opens_nothing_from_the_next_request_on(meridian, make_caller):
    caller = make_caller(meridian, name="order portal")
    assert caller.get(CARDS).status_code == 200
    with tenant_scope(meridian):
        revoke_token(token=ApiToken.objects.get(), actor="maria", reason="It leaked.", now=timezone.now())
    answer = caller.get(CARDS)
    assert answer.status_code == 401
    assert "was revoked on" in answer.json()["detail"]
    again = make_caller(meridian, name="order portal")
    assert again.get(CARDS).status_code == 200


def test_a_token_ends_on_its_day(meridian, make_caller):
    caller = make_caller(meridian)
    with tenant_scope(meridian):
        ApiToken.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    answer = caller.get(CARDS)
    assert (answer.status_code, "ended on" in answer.json()["detail"]) == (401, True)


def test_only_a_digest_of_a_token_is_kept_and_its_last_use(meridian, make_caller):
    caller = make_caller(meridian)
    before = timezone.now()
    caller.get(CARDS)
    row = stored(meridian)
    assert row.last_used_at >= before
    assert row.ending == caller.token[-4:]
    assert caller.token not in json.dumps(vars(row), default=str)
    assert re.fullmatch(r"[0-9a-f]{64}", row.digest)


def test_no_log_shows_a_token(ours):
    event = {"event": f"odd header {ours.token}", "headers": {"Authorization": f"Bearer {ours.token}"}}
    assert Mask()(None, "info", event) == {
        "event": "odd header <secret>",
        "headers": {"Authorization": "Bearer <secret>"},
    }


def test_a_request_that_is_refused_counts_as_use_too(meridian, make_caller):
    caller = make_caller(meridian, "runs:read")
    caller.get(CARDS)
    assert stored(meridian).window_used == 1


def test_each_token_has_so_many_requests_a_minute(meridian, make_caller):
    busy, other = make_caller(meridian, requests_per_minute=3), make_caller(meridian)
    with tenant_scope(meridian):
        # A minute that does not end while the test runs.
        ahead = timezone.now().replace(second=0, microsecond=0)
    statuses = [busy.get(CARDS).status_code for _ in range(5)]
    if timezone.now().replace(second=0, microsecond=0) == ahead:
        assert statuses == [200, 200, 200, 429, 429]
        answer = busy.get(CARDS)
        assert answer.status_code == 429
        assert 1 <= int(answer["Retry-After"]) <= 60
    assert other.get(CARDS).status_code == 200


def test_a_request_takes_ten_statements_and_begins_with_one_that_proves_the_token(ours):
    ours.get(CARDS)
    with CaptureQueriesContext(connection) as queries:
        ours.get(CARDS)
    statements = [query["sql"] for query in queries]
    assert len(statements) <= 10, statements
    assert sum("UPDATE api_tokens" in sql for sql in statements) == 1


def refusal(tenant, **changes) -> str:
    now = timezone.now()
    values = {
        "name": "portal", "scopes": ["cards:read"], "known_scopes": ["cards:read"],
        "expires_at": now + timedelta(days=1), "actor": "maria", "now": now,
    }  # fmt: skip
    with tenant_scope(tenant), pytest.raises(InvalidToken) as refused:
        create_token(**values | changes)
    return str(refused.value)


def test_a_token_needs_a_name_known_scopes_and_an_end(meridian, make_caller):
    now = timezone.now()
    assert "Give the token a name" in refusal(meridian, name=" ")
    assert "at least one scope" in refusal(meridian, scopes=[])
    assert "There is no scope cards:eat" in refusal(meridian, scopes=["cards:eat"])
    assert "ends in the future" in refusal(meridian, expires_at=now)
    assert "at most 366 days" in refusal(meridian, expires_at=now + timedelta(days=400))
    make_caller(meridian, name="portal")
    assert "is there already" in refusal(meridian)


def test_the_command_makes_lists_and_revokes_and_prints_the_token_once(meridian, harborpine, stranger):
    out, said = StringIO(), StringIO()
    options = {
        "tenant": "meridian",
        "name": "portal",
        "scopes": ["cards:read"],
        "stdout": out,
        "stderr": said,
    }
    call_command("api_token", "create", **options)
    stranger.token = out.getvalue().strip()
    assert TOKEN.fullmatch(stranger.token) and stranger.token not in said.getvalue()
    assert stranger.get(CARDS).status_code == 200
    listed = StringIO()
    call_command("api_token", "list", tenant="meridian", format="json", stdout=listed)
    (row,) = json.loads(listed.getvalue())["tokens"]
    assert (row["name"], row["state"], row["scopes"]) == ("portal", "valid", ["cards:read"])
    assert stranger.token not in listed.getvalue()
    with pytest.raises(CommandError, match="has no token called portal"):
        call_command("api_token", "revoke", tenant="harborpine", name="portal", reason="Gone.")
    call_command("api_token", "revoke", tenant="meridian", name="portal", reason="Gone.", stdout=StringIO())
    assert stranger.get(CARDS).status_code == 401


def test_the_command_says_what_is_wrong_and_makes_nothing(meridian):
    with pytest.raises(CommandError, match="There is no scope cards:eat"):
        call_command("api_token", "create", tenant="meridian", name="x", scopes=["cards:eat"])
    with pytest.raises(CommandError, match="ends in the future"):
        call_command("api_token", "create", tenant="meridian", name="x", scopes=["all"], days=-3)
    with tenant_scope(meridian):
        assert not ApiToken.objects.exists()


def test_the_console_shows_a_new_token_once_and_keeps_it_nowhere(operator, meridian, stranger):
    address = reverse("admin:rest_apitoken_add")
    assert operator.get(address).status_code == 200
    chosen = {"name": "portal", "scopes": ["cards:read"], "lifetime": "90", "requests_per_minute": "600"}
    page = operator.post(address, chosen)
    assert page["Cache-Control"].startswith("no-store, private")
    stranger.token = re.search(r"vna_\d+_[\w-]{43}", page.content.decode())[0]
    assert stranger.get(CARDS).status_code == 200
    row = stored(meridian)
    for later in (
        reverse("admin:rest_apitoken_change", args=[row.pk]),
        reverse("admin:rest_apitoken_changelist"),
    ):
        assert stranger.token not in operator.get(later).content.decode()
    again = operator.post(address, chosen)
    assert "is there already" in again.content.decode()
    operator.post(reverse("admin:rest_apitoken_revoke", args=[row.pk]), {"reason": ""})
    assert stranger.get(CARDS).status_code == 200
    operator.post(reverse("admin:rest_apitoken_revoke", args=[row.pk]), {"reason": "It leaked."})
    assert stranger.get(CARDS).status_code == 401


def test_nobody_gives_a_program_more_than_they_may_do_themselves(meridian):
    clerk = User.objects.create_user("clerk", is_staff=True)
    wanted = ["add_apitoken", "view_apitoken", "view_card"]
    clerk.user_permissions.set(Permission.objects.filter(codename__in=wanted))
    set_viewers(tenant=meridian, users=[clerk])
    browser = Client()
    browser.force_login(clerk)
    chosen = {"name": "x", "lifetime": "90", "requests_per_minute": "600"}
    page = browser.post(reverse("admin:rest_apitoken_add"), chosen | {"scopes": ["approvals:write"]})
    assert "is not one of the available choices" in page.content.decode()
    with tenant_scope(meridian):
        assert not ApiToken.objects.exists()
    browser.post(reverse("admin:rest_apitoken_add"), chosen | {"scopes": ["cards:read"]})
    assert stored(meridian).scopes == ["cards:read"]
    assert set(list_scopes()) >= {
        "cards:read",
        "approvals:read",
        "approvals:write",
        "runs:read",
        "events:read",
    }


def test_the_rivals_tokens_cannot_be_seen_or_revoked(operator, meridian, harborpine, make_caller):
    caller = make_caller(harborpine)
    row = stored(harborpine)
    address = reverse("admin:rest_apitoken_revoke", args=[row.pk])
    assert operator.post(address, {"reason": "Mine now."}).status_code == 404
    assert caller.get(CARDS).status_code == 200
