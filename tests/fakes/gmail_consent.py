"""Google's consent and token server, as the fake Gmail has them: codes, PKCE, refresh and access tokens."""

from __future__ import annotations

import base64
import hashlib
import secrets
from dataclasses import dataclass, field
from typing import Any

# What every token of the fake begins with, for tests that look for one where none may be.
CANARY = "1//canary-"


@dataclass
class Consent:
    """Who was let in, and for what."""

    client: tuple[str, str] = ("client", "secret")
    codes: dict[str, dict[str, str]] = field(default_factory=dict)
    refresh_tokens: dict[str, str] = field(default_factory=dict)
    access_tokens: set[str] = field(default_factory=set)
    denied: list[str] = field(default_factory=list)
    is_revoked: bool = False

    def order(self, orders: dict[str, Any]) -> None:
        if orders.get("revoke"):
            self.refresh_tokens.clear()
            self.access_tokens.clear()
        if orders.get("expire"):
            self.access_tokens.clear()
        self.denied = orders.get("deny", self.denied)

    def ask(self, query: dict[str, str]) -> dict[str, str]:
        """What the person's browser brings back: a code for what was asked, but for what is denied."""
        assert query["client_id"] == self.client[0] and query["response_type"] == "code", query
        assert query["code_challenge_method"] == "S256" and query["access_type"] == "offline", query
        code = secrets.token_urlsafe(24)
        granted = [scope for scope in query["scope"].split() if scope not in self.denied]
        self.codes[code] = {**query, "scope": " ".join(granted)}
        return {"state": query["state"], "code": code, "scope": " ".join(granted)}

    def give_token(self, form: dict[str, str]) -> tuple[int, dict[str, Any]]:
        if (form.get("client_id"), form.get("client_secret")) != self.client:
            return 401, {"error": "invalid_client", "error_description": "The OAuth client was not found."}
        if form.get("grant_type") == "authorization_code":
            return self._redeem(form)
        scope = self.refresh_tokens.get(form.get("refresh_token", ""))
        if scope is None:
            return 400, {"error": "invalid_grant", "error_description": "Token has been expired or revoked."}
        return 200, self._access(scope)

    def _redeem(self, form: dict[str, str]) -> tuple[int, dict[str, Any]]:
        asked = self.codes.pop(form.get("code", ""), None)
        digest = hashlib.sha256(form.get("code_verifier", "").encode()).digest()
        challenge = base64.urlsafe_b64encode(digest).decode().rstrip("=")
        if (
            asked is None
            or asked["code_challenge"] != challenge
            or asked["redirect_uri"] != form.get("redirect_uri")
        ):
            return 400, {"error": "invalid_grant", "error_description": "Malformed auth code."}
        refresh_token = CANARY + secrets.token_urlsafe(40)
        self.refresh_tokens[refresh_token] = asked["scope"]
        return 200, {**self._access(asked["scope"]), "refresh_token": refresh_token}

    def _access(self, scope: str) -> dict[str, Any]:
        token = "ya29." + secrets.token_urlsafe(40)
        self.access_tokens.add(token)
        return {"access_token": token, "expires_in": 3599, "scope": scope, "token_type": "Bearer"}

    def revoke(self, token: str) -> int:
        known = self.refresh_tokens.pop(token, None)
        self.access_tokens.clear()
        return 200 if known is not None else 400

    def lets_in(self, authorization: str) -> bool:
        return authorization.removeprefix("Bearer ") in self.access_tokens
