"""The guards of the API that `make proof` takes away."""

from __future__ import annotations

from tests.mutation_base import Mutation
from tests.mutation_base import changes_of as _of

API: tuple[Mutation, ...] = (
    *_of(
        "agent/rest/authentication.py",
        "tests/rest/test_tokens.py",
        token_needs_its_scope=("            if scope not in request.auth.scopes:", "            if False:"),
        token_has_a_limit=("and request.auth.is_over_limit)", "and False)"),
    ),
    *_of(
        "agent/rest/tokens.py",
        "tests/rest/test_tokens.py",
        revoked_token_opens_nothing=(" AND revoked_at IS NULL AND expires_at", " AND expires_at"),
        ended_token_opens_nothing=(" AND expires_at > %(now)s\n", "\n"),
    ),
    *_of(
        "agent/rest/repeats.py",
        "tests/rest/test_requests.py",
        repetition_waits_for_the_first=("        if not cursor.fetchone()[0]:", "        if False:"),
        key_is_for_one_request=("    if kept.request_digest != digest:", "    if False:"),
    ),
    *_of(
        "documents/api/shapes.py",
        "tests/documents/test_api.py",
        restricted_documents_do_not_exist=(
            "visible_to(is_cleared=self.is_cleared)",
            "visible_to(is_cleared=True)",
        ),
    ),
)
