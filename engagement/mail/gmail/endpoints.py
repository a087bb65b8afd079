"""Where Google is asked: its own addresses, or those of a server on this machine that speaks like it."""

from __future__ import annotations

import functools
import json
from typing import Any

from django.conf import settings
from googleapiclient import discovery, discovery_cache

GOOGLE = "https://gmail.googleapis.com/"
_GOOGLES = {
    "authorize": "https://accounts.google.com/o/oauth2/v2/auth",
    "token": "https://oauth2.googleapis.com/token",
    "revoke": "https://oauth2.googleapis.com/revoke",
}
_PATHS = {"authorize": "o/oauth2/v2/auth", "token": "token", "revoke": "revoke"}


def address_of(name: str) -> str:
    """The address of `authorize`, `token` or `revoke`."""
    root = settings.GMAIL_API_ROOT
    return _GOOGLES[name] if root == GOOGLE else f"{root}{_PATHS[name]}"


def build_service(http: Any) -> Any:
    """Google's own client of the Gmail API, speaking through `http`. Asks the network for nothing.

    The root stands in the document that the library ships: the option for another endpoint leaves out batches.
    """
    return discovery.build_from_document(_document(settings.GMAIL_API_ROOT), http=http)


@functools.cache
def _document(root: str) -> str:
    document = json.loads(discovery_cache.get_static_doc("gmail", "v1"))
    document["rootUrl"] = root
    document.pop("mtlsRootUrl", None)
    return json.dumps(document)
