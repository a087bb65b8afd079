"""An embeddings endpoint of its own process, in OpenAI's shape: eight numbers a text, counted from its letters.

    python -m tests.fakes.embedding_endpoint LOG [--port N]

It prints one line of JSON with its address, and goes on until it is ended. `POST /control` says how it answers from
then on: `{"status": 200, "raw": null, "dimensions": 8, "seconds": 0}`, the last how long it takes.
"""

from __future__ import annotations

import argparse
import json
import time
import zlib
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any


class Endpoint(BaseHTTPRequestHandler):
    """One request for embeddings."""

    log: Path
    orders: dict[str, Any] = {}  # noqa: RUF012 - one endpoint, many connections

    def do_POST(self) -> None:  # noqa: N802 - the library's name
        body = json.loads(self.rfile.read(int(self.headers.get("Content-Length", "0"))))
        if self.path == "/control":
            type(self).orders = body
            self._say(200, "{}")
            return
        with self.log.open("a") as log:
            log.write(json.dumps({"headers": dict(self.headers.items()), "body": body}) + "\n")
        time.sleep(self.orders.get("seconds", 0))
        size = self.orders.get("dimensions", 8)
        data = [
            {"index": place, "embedding": _vector(text, size)} for place, text in enumerate(body["input"])
        ]
        self._say(self.orders.get("status", 200), self.orders.get("raw") or json.dumps({"data": data[::-1]}))

    def _say(self, status: int, body: str) -> None:
        content = body.encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *args: object) -> None:
        """The log is ours."""


def _vector(text: str, size: int) -> list[float]:
    """How many of the text's words fall into each of so many heaps."""
    heaps = [0.0] * size
    for word in text.lower().split():
        heaps[zlib.crc32(word.encode()) % size] += 1
    return heaps


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.fakes.embedding_endpoint")
    parser.add_argument("log", type=Path, help="where each request is written down")
    parser.add_argument("--port", type=int, default=0)
    options = parser.parse_args()
    Endpoint.log = options.log
    server = ThreadingHTTPServer(("127.0.0.1", options.port), Endpoint)
    server.daemon_threads = True
    print(json.dumps({"http": f"http://127.0.0.1:{server.server_address[1]}"}), flush=True)
    server.serve_forever()


if __name__ == "__main__":
    main()
