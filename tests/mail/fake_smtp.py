"""An SMTP server of its own process, whose log is the oracle: what it took is what left the machine.

Run as `python -m tests.mail.fake_smtp LOG BEHAVIOUR`; prints its port. The log has one JSON object a line, for each
command that mattered and each message taken.
"""

from __future__ import annotations

import asyncio
import base64
import json
import sys
from pathlib import Path

from aiosmtpd.smtp import SMTP

# What the server does, by the name of the behaviour: the reply to one command, or hanging up on it.
REPLIES = {
    "refuse_recipient": ("rcpt", "550 5.1.1 User unknown"),
    "defer_recipient": ("rcpt", "451 4.7.1 Greylisted, try again later"),
    "refuse_sender": ("mail", "553 5.7.1 Sender not allowed"),
    "refuse_text": ("data", "554 5.7.1 Message refused"),
    "defer_text": ("data", "452 4.3.1 Out of storage"),
}


class Recorder:
    """Follows the behaviour and writes down what happened."""

    def __init__(self, log: Path, behaviour: str) -> None:
        self.log = log
        self.behaviour = behaviour

    def note(self, **entry: object) -> None:
        with self.log.open("a") as file:
            file.write(json.dumps(entry) + "\n")

    async def handle_MAIL(self, server, session, envelope, address, options):  # noqa: N802
        self.note(command="mail", address=address)
        if self.behaviour == "hang_up_before_text":
            server.transport.abort()
            return None
        if REPLIES.get(self.behaviour, ("", ""))[0] == "mail":
            return REPLIES[self.behaviour][1]
        envelope.mail_from = address
        return "250 OK"

    async def handle_RCPT(self, server, session, envelope, address, options):  # noqa: N802
        self.note(command="rcpt", address=address)
        if REPLIES.get(self.behaviour, ("", ""))[0] == "rcpt":
            return REPLIES[self.behaviour][1]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):  # noqa: N802
        if REPLIES.get(self.behaviour, ("", ""))[0] == "data":
            return REPLIES[self.behaviour][1]
        self.note(
            command="taken",
            sender=envelope.mail_from,
            recipients=envelope.rcpt_tos,
            content=base64.b64encode(envelope.original_content).decode(),
        )
        if self.behaviour == "hang_up_after_text":
            server.transport.abort()
            return None
        if self.behaviour == "silent_after_text":
            await asyncio.sleep(60)
        return "250 Taken"


async def serve(log: Path, behaviour: str) -> None:
    loop = asyncio.get_running_loop()
    recorder = Recorder(log, behaviour)
    server = await loop.create_server(
        lambda: SMTP(recorder, hostname="fake.test", loop=loop), host="127.0.0.1", port=0
    )
    print(server.sockets[0].getsockname()[1], flush=True)  # noqa: T201
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(serve(Path(sys.argv[1]), sys.argv[2]))
