"""A receiver of webhooks of its own process. Its log is the oracle: what it was sent, byte for byte.

    python -m tests.fakes.webhook_receiver LOG [--port N] [--certificate PEM]

It prints one line of JSON with its address, and goes on until it is ended. What it does with a POST is in the path:

- `/say/500`: takes it and answers with that status; a redirect leads to `/say/200`
- `/after/2/say/200`: answers 503 to the first two tries of each notice, then as the rest of the path says
- `/hang`: never answers; `/drip`: answers one byte of a header every tenth of a second, for ever
- `/reset`: takes it and resets the connection
"""

from __future__ import annotations

import argparse
import json
import socket
import ssl
import struct
import time
from collections import Counter
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

FOREVER = 3600


class Receiver(BaseHTTPRequestHandler):
    """One connection to the receiver."""

    log: Path
    tries: Counter[str] = Counter()

    def do_POST(self) -> None:  # noqa: N802 - the library's name
        body = self.rfile.read(int(self.headers.get("Content-Length", "0")))
        self._note(body)
        path = self.path
        if path.startswith("/after/"):
            _, _, number, path = path.split("/", 3)
            name = self.headers.get("X-Agent-Notice", "")
            self.tries[name] += 1
            path = f"/{path}" if self.tries[name] > int(number) else "/say/503"
        if path == "/hang":
            time.sleep(FOREVER)
        elif path == "/drip":
            self._drip()
        elif path == "/reset":
            # Closing with nothing to linger for resets the connection.
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            self.connection.close()
        else:
            self._say(int(path.rpartition("/")[2]))

    def _say(self, status: int) -> None:
        self.send_response(status)
        if 300 <= status < 400:
            self.send_header("Location", "/say/200")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def _drip(self) -> None:
        self.wfile.write(b"HTTP/1.1 200 OK\r\nX-Slow: ")
        while True:
            self.wfile.write(b"x")
            self.wfile.flush()
            time.sleep(0.1)

    def _note(self, body: bytes) -> None:
        line = {"path": self.path, "headers": dict(self.headers.items()), "body": body.decode()}
        with self.log.open("a") as log:
            log.write(json.dumps(line) + "\n")

    def log_message(self, *args: object) -> None:
        """The log is ours."""


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.fakes.webhook_receiver")
    parser.add_argument("log", type=Path, help="where each request is written down")
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--certificate", type=Path, help="key and certificate, to speak TLS")
    options = parser.parse_args()
    Receiver.log = options.log
    server = ThreadingHTTPServer(("127.0.0.1", options.port), Receiver)
    server.daemon_threads = True
    scheme = "http"
    if options.certificate:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(options.certificate)
        server.socket = context.wrap_socket(server.socket, server_side=True)
        scheme = "https"
    print(json.dumps({"port": server.server_address[1], "scheme": scheme}), flush=True)
    server.serve_forever()


if __name__ == "__main__":
    main()
