"""How Google's client library reaches the network: one request, one try, no redirect, and an end to what it reads.

The library's usual transport repeats a request whose connection broke, a sent message included, and reads an answer of
any size. This one stands in its place behind the same call.
"""

from __future__ import annotations

from typing import Any

import httplib2
import requests
from requests.adapters import HTTPAdapter

from engagement.mail.sources import MAX_FILE_BYTES, MEGABYTE

# A mail travels as base64 in JSON.
MAX_MAIL_ANSWER = MAX_FILE_BYTES * 4 // 3 + MEGABYTE
# What a batch may weigh; the mails of a heavier one are asked for one by one.
MAX_ANSWER = max(64 * MEGABYTE, MAX_MAIL_ANSWER)
_PIECE = 256 * 1024


class AnswerTooLarge(Exception):
    """An answer that was not read to its end, because it is larger than anything we would take."""


class Transport:
    """What Google's library takes for an `httplib2.Http`. Not for two threads at once."""

    # What the library looks at on a transport.
    timeout: float
    follow_redirects = False
    redirect_codes: frozenset[int] = frozenset()

    def __init__(self, *, timeout: float) -> None:
        self.timeout = timeout
        self.limit = MAX_ANSWER
        self.adapter = _TracingAdapter(max_retries=0)
        self._session = requests.Session()
        self._session.mount("https://", self.adapter)
        self._session.mount("http://", self.adapter)

    def request(
        self, uri: str, method: str = "GET", body: Any = None, headers: Any = None, **kwargs: Any
    ) -> tuple[httplib2.Response, bytes]:
        """Ask once. Raises what `requests` raises, and `AnswerTooLarge`."""
        self.adapter.has_connected = False
        with self._session.request(
            method,
            uri,
            data=body,
            headers=headers,
            timeout=self.timeout,
            allow_redirects=False,
            stream=True,
        ) as answer:
            content = b"".join(self._read(answer))
        told = {name.lower(): value for name, value in answer.headers.items()}
        response = httplib2.Response({**told, "status": str(answer.status_code)})
        response.reason = answer.reason
        return response, content

    def _read(self, answer: requests.Response) -> Any:
        size = 0
        for piece in answer.iter_content(_PIECE):
            size += len(piece)
            if size > self.limit:
                raise AnswerTooLarge(f"more than {self.limit // MEGABYTE} MB")
            yield piece

    def close(self) -> None:
        self._session.close()


class _TracingAdapter(HTTPAdapter):
    """Notes when a request may have been heard: a connection stands, this request's or an earlier one's."""

    has_connected = False

    def get_connection_with_tls_context(self, *args: Any, **kwargs: Any) -> Any:
        pool = super().get_connection_with_tls_context(*args, **kwargs)
        adapter = self
        if pool.num_connections:
            self.has_connected = True

        class Traced(pool.ConnectionCls):  # type: ignore[misc]
            def connect(self) -> None:
                super().connect()
                adapter.has_connected = True

        if not getattr(pool.ConnectionCls, "is_traced", False):
            Traced.is_traced = True
            pool.ConnectionCls = Traced
        return pool
