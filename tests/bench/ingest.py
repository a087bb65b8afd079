"""Taking a day's mail in, from bytes to links, against the standard library's parsing of the same bytes alone.

Ours: parse, understand, store with everything that follows, and let every engine react, which links the mail. Theirs:
parse with the modern policy, and read each header and the content of each part, as any use of a mail would.
"""

from __future__ import annotations

import email
import email.policy
import time
from email.message import EmailMessage

from agent.events import consume_events
from agent.models import Tenant
from agent.registry import Cycle, registry
from agent.states import SendMode
from agent.tenancy import tenant_scope
from engagement.mail.models import Message
from engagement.mail.services import import_messages
from engagement.mail.sources import RawMail
from tests.bench.books import NOW, TENANT
from tests.bench.mails import make_mails
from tests.bench.measure import Ratio, ratio_of, take_turns
from tests.bench.server import WORK, Server

MAILS = 200
ROUNDS = 5


def measure_ingest(server: Server, *, book: str, contacts: int) -> Ratio:
    """Every round takes the same mails into the same book."""
    mails = make_mails(MAILS, contacts=contacts, mark="bench")
    ours, theirs = take_turns(ROUNDS, lambda: _take_in(server, book, mails), lambda: _parse(mails))
    return Ratio(
        name="ingest_vs_parsing",
        what=f"Taking {MAILS} mails in (parse, understand, store, link), against stdlib `email` parsing them alone",
        ours=ours,
        theirs=theirs,
        unit="milliseconds a mail",
        value=ratio_of(ours, theirs),
        goal=6.0,
    )


def _take_in(server: Server, book: str, mails: list[bytes]) -> float:
    with server.use(server.copy(book, WORK)):
        tenant = Tenant.objects.get(pk=TENANT)
        raws = [RawMail(str(number), content) for number, content in enumerate(mails)]
        began = time.perf_counter()
        import_messages(tenant=tenant, raws=raws, now=NOW)
        cycle = Cycle(tenant=tenant, settings=tenant.settings, now=NOW, send_mode=SendMode.DRY_RUN)
        for engine in registry:
            consume_events(engine=engine, cycle=cycle, open_scope=lambda: tenant_scope(tenant))
        seconds = time.perf_counter() - began
        with tenant_scope(tenant):
            if Message.objects.count() != len(mails):
                raise RuntimeError(f"{Message.objects.count()} of {len(mails)} mails were stored.")
    return seconds * 1000 / len(mails)


def _parse(mails: list[bytes]) -> float:
    began = time.perf_counter()
    for content in mails:
        message = email.message_from_bytes(content, policy=email.policy.default)
        for part in message.walk():
            _read(part)
    return (time.perf_counter() - began) * 1000 / len(mails)


def _read(part: EmailMessage) -> None:
    for _, value in part.items():
        str(value)
    if not part.is_multipart():
        part.get_content()
