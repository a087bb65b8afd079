"""A name server of its own process, over UDP: answers from a file of zones, which a test rewrites as it likes.

    python -m tests.fakes.dns_server ZONES [--port N]

ZONES is JSON: {"name TXT": ["text", ...]}. A list that is empty is a name without such records; a name that is not
there does not exist. Instead of a list: "SERVFAIL" is that answer, "SILENT" is none. It is read for each question.
It prints its port on one line and goes on until it is ended.
"""

from __future__ import annotations

import argparse
import json
import socket
from pathlib import Path

import dns.flags
import dns.message
import dns.rcode
import dns.rrset


def answer(question: bytes, zones: dict[str, list[str] | str]) -> bytes | None:
    """The answer to one datagram; None for silence."""
    query = dns.message.from_wire(question)
    response = dns.message.make_response(query)
    response.flags |= dns.flags.RA
    asked = query.question[0]
    name = asked.name.to_text(omit_final_dot=True).lower()
    known = zones.get(f"{name} {dns.rdatatype.to_text(asked.rdtype)}")
    if known == "SILENT":
        return None
    if known == "SERVFAIL":
        response.set_rcode(dns.rcode.SERVFAIL)
    elif known is None:
        response.set_rcode(dns.rcode.NXDOMAIN)
    elif known:
        texts = [" ".join(json.dumps(piece) for piece in pieces_of(text)) for text in known]
        response.answer.append(dns.rrset.from_text_list(asked.name, 60, "IN", "TXT", texts))
    return response.to_wire(max_size=4096)


def pieces_of(text: str) -> list[str]:
    """A text in pieces of at most 255 characters, as the DNS carries it."""
    return [text[start : start + 255] for start in range(0, len(text), 255)]


def main() -> None:
    parser = argparse.ArgumentParser(
        prog="python -m tests.fakes.dns_server", description="A fake name server."
    )
    parser.add_argument("zones", type=Path)
    parser.add_argument("--port", type=int, default=0)
    options = parser.parse_args()
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as door:
        door.bind(("127.0.0.1", options.port))
        print(json.dumps({"port": door.getsockname()[1]}), flush=True)
        while True:
            question, sender = door.recvfrom(4096)
            reply = answer(question, json.loads(options.zones.read_text()))
            if reply is not None:
                door.sendto(reply, sender)


if __name__ == "__main__":
    main()
