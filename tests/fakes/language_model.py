"""A language model of its own process, in the shape of chat completions. Its log is the oracle: what it was shown.

    python -m tests.fakes.language_model LOG [--port N]

It prints one line of JSON with its address, and goes on until it is ended. `POST /control` says how it
answers from then on:

    {"content": "...", "status": 200, "hang": false, "raw": null}

`content` is what its answers say, `raw` a whole body instead of a completion; with `hang` it never answers.
"""

from __future__ import annotations

import argparse
import json
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

FOREVER = 3600


class Model(BaseHTTPRequestHandler):
    """One question to the model."""

    log: Path
    orders: dict[str, Any] = {}  # noqa: RUF012 - one model, many connections

    def do_POST(self) -> None:  # noqa: N802 - the library's name
        body = self.rfile.read(int(self.headers.get("Content-Length", "0")))
        if self.path == "/control":
            type(self).orders = json.loads(body)
            self._say(200, "{}")
            return
        with self.log.open("a") as log:
            line = {"path": self.path, "headers": dict(self.headers.items()), "body": json.loads(body)}
            log.write(json.dumps(line) + "\n")
        if self.orders.get("hang"):
            time.sleep(FOREVER)
        words = {"role": "assistant", "content": self.orders.get("content", "")}
        raw = self.orders.get("raw") or json.dumps({"choices": [{"index": 0, "message": words}]})
        self._say(self.orders.get("status", 200), raw)

    def _say(self, status: int, body: str) -> None:
        content = body.encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *args: object) -> None:
        """The log is ours."""


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.fakes.language_model")
    parser.add_argument("log", type=Path, help="where each question is written down")
    parser.add_argument("--port", type=int, default=0)
    options = parser.parse_args()
    Model.log = options.log
    server = ThreadingHTTPServer(("127.0.0.1", options.port), Model)
    server.daemon_threads = True
    print(json.dumps({"http": f"http://127.0.0.1:{server.server_address[1]}"}), flush=True)
    server.serve_forever()


if __name__ == "__main__":
    main()
