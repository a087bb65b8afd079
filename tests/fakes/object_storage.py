"""A storage that speaks S3, as a process of its own: it puts, gets, lists and deletes objects, and checks no signature.

    python -m tests.fakes.object_storage FOLDER

It prints one line of JSON with its address, and goes on until it is ended. Objects are files of FOLDER/BUCKET, so a
test sees with its own eyes what is there. While FOLDER/broken exists, every request is answered 503.
"""

from __future__ import annotations

import argparse
import json
from email.utils import formatdate
from hashlib import md5
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit
from xml.sax.saxutils import escape

NAMESPACE = "http://s3.amazonaws.com/doc/2006-03-01/"


class Storage(BaseHTTPRequestHandler):
    """One connection. Paths are /BUCKET/KEY."""

    protocol_version = "HTTP/1.1"
    folder: Path

    @property
    def _object(self) -> Path:
        return self.folder / unquote(urlsplit(self.path).path).lstrip("/")

    def do_PUT(self) -> None:  # noqa: N802 - the library's name
        body = self._read_body()
        if self._is_broken():
            return
        self._object.parent.mkdir(parents=True, exist_ok=True)
        self._object.write_bytes(body)
        self._answer(200, ETag=f'"{md5(body).hexdigest()}"')

    def do_GET(self) -> None:  # noqa: N802
        if self._is_broken():
            return
        query = parse_qs(urlsplit(self.path).query)
        if "list-type" in query or "prefix" in query:
            self._list(query.get("prefix", [""])[0], query.get("delimiter", [""])[0])
        elif self._object.is_file():
            body = self._object.read_bytes()
            self._answer(200, body, **{"Last-Modified": formatdate(usegmt=True)})
        else:
            self._answer(404, b"<Error><Code>NoSuchKey</Code></Error>")

    do_HEAD = do_GET  # noqa: N815

    def do_DELETE(self) -> None:  # noqa: N802
        if self._is_broken():
            return
        self._object.unlink(missing_ok=True)
        self._answer(204)

    def _list(self, prefix: str, delimiter: str) -> None:
        bucket = self._object
        keys = sorted(str(path.relative_to(bucket)) for path in bucket.rglob("*") if path.is_file())
        keys = [key for key in keys if key.startswith(prefix)]
        deeper = {
            prefix + key[len(prefix) :].partition("/")[0] + "/" for key in keys if "/" in key[len(prefix) :]
        }
        shown = [key for key in keys if not delimiter or "/" not in key[len(prefix) :]]
        entries = "".join(f"<Contents><Key>{escape(key)}</Key><Size>1</Size></Contents>" for key in shown)
        if delimiter:
            entries += "".join(
                f"<CommonPrefixes><Prefix>{escape(one)}</Prefix></CommonPrefixes>" for one in sorted(deeper)
            )
        body = f'<ListBucketResult xmlns="{NAMESPACE}"><IsTruncated>false</IsTruncated>{entries}</ListBucketResult>'
        self._answer(200, body.encode(), **{"Content-Type": "application/xml"})

    def _is_broken(self) -> bool:
        if (self.folder / "broken").exists():
            self._answer(503, b"<Error><Code>SlowDown</Code></Error>")
            return True
        return False

    def _read_body(self) -> bytes:
        """The body; clients may send it in signed chunks (aws-chunked)."""
        body = self.rfile.read(int(self.headers.get("Content-Length", "0")))
        if "aws-chunked" not in self.headers.get("Content-Encoding", ""):
            return body
        plain = b""
        while body:
            line, _, body = body.partition(b"\r\n")
            size = int(line.partition(b";")[0] or b"0", 16)
            if size == 0:
                break
            plain, body = plain + body[:size], body[size + 2 :]
        return plain

    def _answer(self, status: int, body: bytes = b"", **headers: str) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def log_message(self, *arguments: object) -> None:
        """Silent: what is stored is the log."""


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    Storage.folder = parser.parse_args().folder
    server = ThreadingHTTPServer(("127.0.0.1", 0), Storage)
    print(json.dumps({"endpoint": f"http://127.0.0.1:{server.server_port}"}), flush=True)
    server.serve_forever()


if __name__ == "__main__":
    main()
