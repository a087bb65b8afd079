"""`api_token`: make, list and revoke the tokens by which programs use one company's API."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from agent.management.tenants import find_tenant
from agent.models import Tenant
from agent.rest.authentication import list_scopes
from agent.rest.models import REQUESTS_PER_MINUTE, ApiToken
from agent.rest.tokens import InvalidToken, create_token, revoke_token
from agent.tenancy import tenant_scope

SCHEMA_VERSION = 1
ACTOR = "api_token"


class Command(BaseCommand):
    help = "Make, list and revoke API tokens. `create` prints the token on standard output; nobody can read it again."

    def add_arguments(self, parser: CommandParser) -> None:
        acts = parser.add_subparsers(dest="act", required=True)
        create = acts.add_parser("create", help="make a token and print it")
        create.add_argument("--name", required=True, help="what uses it")
        create.add_argument(
            "--scope",
            action="append",
            required=True,
            dest="scopes",
            metavar="SCOPE",
            help="what it may do, such as orders:write; once for each, and `all` for everything",
        )
        create.add_argument("--days", type=int, default=90, help="after how many days it ends (90)")
        create.add_argument(
            "--requests-per-minute", type=int, default=REQUESTS_PER_MINUTE, help=f"({REQUESTS_PER_MINUTE})"
        )
        listing = acts.add_parser("list", help="show the tokens")
        listing.add_argument("--format", choices=("table", "json"), default="table")
        revoke = acts.add_parser("revoke", help="end a token at once")
        revoke.add_argument("--name", required=True)
        revoke.add_argument("--reason", required=True)
        for act in (create, listing, revoke):
            act.add_argument("--tenant", required=True, metavar="SLUG")

    def handle(self, *args: Any, **options: Any) -> None:
        tenant = find_tenant(options["tenant"])
        act = {"create": self._create, "list": self._list, "revoke": self._revoke}[options["act"]]
        try:
            with tenant_scope(tenant):
                act(tenant, options)
        except InvalidToken as invalid:
            raise CommandError(str(invalid)) from invalid

    def _create(self, tenant: Tenant, options: dict[str, Any]) -> None:
        now, known = timezone.now(), list_scopes()
        token, text = create_token(
            name=options["name"],
            scopes=known if options["scopes"] == ["all"] else options["scopes"],
            known_scopes=known,
            expires_at=now + timedelta(days=min(max(options["days"], 0), 10_000)),
            requests_per_minute=options["requests_per_minute"],
            actor=ACTOR,
            now=now,
        )
        self.stderr.write(
            f"{tenant.name}: {token.name} may {', '.join(token.scopes)}, until {token.expires_at:%Y-%m-%d}. "
            "Keep the token now; it is not shown again."
        )
        self.stdout.write(text)

    def _list(self, tenant: Tenant, options: dict[str, Any]) -> None:
        rows = [_describe(token) for token in ApiToken.objects.order_by("id")]
        if options["format"] == "json":
            document = {"schema_version": SCHEMA_VERSION, "tenant": tenant.slug, "tokens": rows}
            self.stdout.write(json.dumps(document))
            return
        for row in rows:
            used = f"last used {row['last_used_at']}" if row["last_used_at"] else "never used"
            self.stdout.write(
                f"{row['name']} (…{row['ending']}) {row['state']}, {used}: {', '.join(row['scopes'])}"
            )
        if not rows:
            self.stdout.write(f"{tenant.name} has no API token. Make one with: manage.py api_token create")

    def _revoke(self, tenant: Tenant, options: dict[str, Any]) -> None:
        token = ApiToken.objects.filter(name=options["name"], revoked_at__isnull=True).first()
        if token is None:
            raise CommandError(
                f"{tenant.name} has no token called {options['name']} in force. See: manage.py api_token list"
            )
        revoke_token(token=token, actor=ACTOR, reason=options["reason"], now=timezone.now())
        self.stdout.write(f"The token {token.name} of {tenant.name} opens nothing any more.")


def _describe(token: ApiToken) -> dict[str, Any]:
    if token.revoked_at is not None:
        state = "revoked"
    else:
        state = "valid" if token.expires_at > timezone.now() else "ended"
    return {
        "name": token.name,
        "ending": token.ending,
        "state": state,
        "scopes": token.scopes,
        "created_by": token.created_by,
        "expires_at": token.expires_at.isoformat(),
        "last_used_at": token.last_used_at.isoformat() if token.last_used_at else None,
    }
