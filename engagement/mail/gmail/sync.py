"""Reading what is new in the mailboxes at Gmail: by history id, and anew over a bounded time when Gmail has forgotten.

A page of ids is fetched first, in no transaction, and then stored by `engagement.mail.services`; how far the mailbox
was read moves in the transaction that stores the last page. A poll that ends anywhere is repeated from where the last
one committed, and repeats nothing that is stored. Reading goes on while the agent is stopped, as it does for Maildirs:
a stopped agent does nothing, and misses nothing.
"""

from __future__ import annotations

import base64
import binascii
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta
from typing import Any

import structlog

from agent.events import NewEvent, emit_events
from agent.models import Tenant
from agent.registry import Ref
from agent.tenancy import refuse_tenant_scope, tenant_scope
from engagement.mail.gmail import completeness, leases
from engagement.mail.gmail.accounts import end_poll, unlock
from engagement.mail.gmail.cache import Processed, find_unprocessed, mark_processed, note_failures
from engagement.mail.gmail.client import (
    AccessRefused,
    Fetched,
    GmailClient,
    HistoryForgotten,
    Mail,
    Pace,
    Page,
    PutOff,
)
from engagement.mail.gmail.models import GmailAccount
from engagement.mail.gmail.quota import Meter, largest_batch
from engagement.mail.gmail.states import LEFT_OUT_LABELS, SENT_LABEL, Handling
from engagement.mail.gmail.vault import VaultClosed
from engagement.mail.letters import Letter
from engagement.mail.services import import_messages
from engagement.mail.sources import MAX_MESSAGE_MEGABYTES, RawMail, Refused

logger = structlog.get_logger(__name__)

# A poll ends itself before the schedule rings for the next one.
POLL_SECONDS = 240.0
# How much of the past a newly connected mailbox brings along.
FIRST_LOOK = timedelta(days=7)
# A message may be filed later than its own date says; so much earlier than the last success a full look begins.
OVERLAP = timedelta(days=1)


@dataclass(frozen=True, kw_only=True)
class PollReport:
    """How one poll of one mailbox ended: `done`, `later`, `busy`, `disconnected` or `failed`; `words` says why."""

    mailbox: str
    ended: str
    words: str = ""
    new: int = 0
    duplicates: int = 0
    refused: int = 0
    gone: int = 0

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


def poll_gmail(*, tenant: Tenant, now: datetime, seconds: float = POLL_SECONDS) -> list[PollReport]:
    """Read what is new in each of the tenant's connected mailboxes; trouble with one keeps no other from its turn."""
    accounts = list_connected(tenant=tenant)
    return [poll_account(tenant=tenant, account_id=pk, now=now, seconds=seconds) for pk in accounts]


def list_connected(*, tenant: Tenant) -> list[int]:
    """The tenant's mailboxes that may be polled, by id. Opens its own scope."""
    refuse_tenant_scope("list_connected")
    with tenant_scope(tenant):
        return list(GmailAccount.objects.connected().values_list("pk", flat=True))


def poll_account(
    *, tenant: Tenant, account_id: int, now: datetime, seconds: float = POLL_SECONDS
) -> PollReport:
    """Read what is new in one mailbox, for at most `seconds`. Two at once are one: the second finds it busy."""
    refuse_tenant_scope("poll_account")
    with tenant_scope(tenant):
        account = GmailAccount.objects.select_related("mailbox").get(pk=account_id)
        if account.resume_at is not None and account.resume_at > now:
            return PollReport(mailbox=str(account), ended="later", words=account.failure)
        token = leases.take_lease(account)
    if token is None:
        return PollReport(
            mailbox=str(account), ended="busy", words="Another poll has it, or it was disconnected."
        )
    poll = _Poll(tenant=tenant, account=account, address=str(account), token=token, now=now)
    error: Exception | None = None
    try:
        poll.run(seconds)
    except (AccessRefused, PutOff, VaultClosed, leases.PollLost) as expected:
        error = expected
        logger.warning("gmail_poll_ended", tenant=tenant.slug, mailbox=account.mailbox_id, reason=str(error))
    except Exception as unexpected:
        # A defect of one mailbox's poll must not keep the others from theirs; the log has the traceback.
        error = unexpected
        logger.exception("gmail_poll_failed", tenant=tenant.slug, mailbox=account.mailbox_id)
    with tenant_scope(tenant):
        end_poll(account_id=account_id, token=token, error=error, quota_refusals=poll.quota_refusals, now=now)
    return poll.report(error)


@dataclass(kw_only=True)
class _Poll:
    """One poll of one mailbox, under its lease."""

    tenant: Tenant
    account: GmailAccount
    address: str
    token: int
    now: datetime
    counts: Counter[str] = field(default_factory=Counter)
    quota_refusals: Sequence[tuple[int, str]] = ()
    failing: dict[str, str] = field(default_factory=dict)

    def run(self, seconds: float) -> None:
        meter = Meter(tenant_id=self.tenant.pk, account_id=self.account.pk)
        pace = Pace(take=meter.take, seconds=seconds)
        client = GmailClient(refresh_token=unlock(self.account), pace=pace)
        self.quota_refusals = client.quota_refusals
        try:
            self._read(client)
        finally:
            client.close()

    def report(self, error: Exception | None) -> PollReport:
        ended = "done"
        if error is not None:
            kinds = {PutOff: "later", leases.PollLost: "busy", AccessRefused: "disconnected"}
            ended = kinds.get(type(error), "failed")
        return PollReport(mailbox=self.address, ended=ended, words=str(error or ""), **self.counts)

    def _read(self, client: GmailClient) -> None:
        if self.account.history_id is None or self.account.resync_history_id is not None:
            self._read_anew(client)
        try:
            self._follow_history(client)
        except HistoryForgotten:
            self._read_anew(client)
        self._count_day(client)

    def _follow_history(self, client: GmailClient) -> None:
        """Everything since the history id; raises `HistoryForgotten`."""
        pages = _pages(
            lambda page_token: client.list_history(since=self.account.history_id or 0, page_token=page_token)
        )
        reached: int | None = None
        for page in pages:
            # What came while the pages were read is told again: the first page knows least.
            reached = page.history_id if reached is None else reached
            ids = [one for one in page.ids if not page.labels[one] & LEFT_OUT_LABELS]
            self._take_page(client, ids, reached=None if page.next_token else reached)

    def _read_anew(self, client: GmailClient) -> None:
        """Everything of a bounded time, and then on from the moment that Gmail named before the first list.

        A look that was put off goes on under the same bounds: what it has stored already costs no second fetch.
        """
        if self.account.resync_history_id is None:
            self._begin_anew(client)
        since, reached = self.account.resync_since, self.account.resync_history_id
        query = f"after:{int(since.timestamp())} -in:drafts -in:chats"
        for page in _pages(lambda page_token: client.list_messages(query=query, page_token=page_token)):
            self._take_page(client, page.ids, reached=None if page.next_token else reached)

    def _begin_anew(self, client: GmailClient) -> None:
        _, history_id = client.read_profile()
        with tenant_scope(self.tenant):
            account = leases.prove(self.account.pk, self.token)
            known = account.succeeded_at or account.connected_at
            overlap = OVERLAP if account.succeeded_at else FIRST_LOOK
            since = min(filter(None, [account.resync_since, known - overlap]))
            account.resync_history_id, account.resync_since = history_id, since
            account.save(update_fields=["resync_history_id", "resync_since"])
        self.account = account
        logger.info("gmail_read_anew", tenant=self.tenant.slug, mailbox=account.mailbox_id, since=since)

    def _count_day(self, client: GmailClient) -> None:
        """Compare one finished day with Gmail, and fetch what passed us by."""
        with tenant_scope(self.tenant):
            day = completeness.find_due_day(self.account, now=self.now)
        if day is None:
            return
        query = completeness.query_of(day)
        pages = _pages(lambda page_token: client.list_messages(query=query, page_token=page_token))
        ids = [message_id for page in pages for message_id in page.ids]
        with tenant_scope(self.tenant):
            counted = completeness.compare_day(account_id=self.account.pk, day=day, ids=ids)
        if counted.absent:
            logger.warning(
                "gmail_gap",
                tenant=self.tenant.slug,
                mailbox=self.account.mailbox_id,
                absent=len(counted.absent),
            )
            self._take_page(client, counted.absent, reached=None)
        with tenant_scope(self.tenant):
            leases.prove(self.account.pk, self.token)
            completeness.record_count(account_id=self.account.pk, counted=counted, now=self.now)

    def _take_page(self, client: GmailClient, ids: Iterable[str], *, reached: int | None) -> None:
        """Fetch and store what is not stored of one page; `reached` is how far the mailbox is read with the last."""
        with tenant_scope(self.tenant):
            wanted = find_unprocessed(account_id=self.account.pk, ids=ids)
        size = largest_batch()
        chunks = [wanted[start : start + size] for start in range(0, len(wanted), size)] or [[]]
        for number, chunk in enumerate(chunks, start=1):
            fetched = client.fetch(chunk)
            self._note_failing(chunk, fetched)
            self._store(fetched, reached=reached if number == len(chunks) else None)

    def _note_failing(self, chunk: Sequence[str], fetched: Fetched) -> None:
        """Gmail named them and does not hand them over: the mailbox is not read to here yet.

        A message counts as failing only where Gmail handed over others of the same batch; otherwise it is Gmail that
        fails.
        """
        if not fetched.failing:
            return
        self.failing |= fetched.failing
        if len(fetched.failing) < len(chunk):
            with tenant_scope(self.tenant):
                note_failures(account_id=self.account.pk, failures=fetched.failing, now=self.now)

    def _store(self, fetched: Fetched, *, reached: int | None) -> None:
        mails = [mail for mail in fetched.mails if not mail.labels & LEFT_OUT_LABELS]
        follow = _Follow(poll=self, mails=mails, fetched=fetched, reached=None if self.failing else reached)
        summary = import_messages(tenant=self.tenant, raws=map(_raw_of, mails), now=self.now, follow=follow)
        refusals = len(summary.refused) + len(fetched.too_large)
        self.counts.update(
            new=summary.new, duplicates=summary.duplicates, refused=refusals, gone=len(fetched.gone)
        )
        for one in summary.refused:
            logger.warning("mail_refused", tenant=self.tenant.slug, mail=one.name, reason=one.reason)
        if reached is not None and self.failing:
            raise PutOff(f"Gmail did not hand over {len(self.failing)} of the messages that it names.")


@dataclass(frozen=True, kw_only=True)
class _Follow:
    """What Gmail's side must remember of a batch, written with it: what became of each message, and how far we are."""

    poll: _Poll
    mails: Sequence[Mail]
    fetched: Fetched
    reached: int | None

    def __call__(self, letters: Sequence[Letter], refused: Sequence[Refused], *, is_last: bool) -> None:
        account = leases.prove(self.poll.account.pk, self.poll.token)
        by_name = {_name_of(mail.id): mail for mail in self.mails}
        entries = [_stored(by_name[letter.name], letter) for letter in letters]
        if is_last:
            entries += [_refused(by_name[one.name].id, one.reason) for one in refused]
            entries += [_refused(one, _TOO_LARGE) for one in self.fetched.too_large]
            entries += [Processed(id=one, handling=Handling.GONE) for one in self.fetched.gone]
        mark_processed(account_id=account.pk, entries=entries, now=self.poll.now)
        if is_last and self.reached is not None:
            self._move_on(account, self.reached)

    def _move_on(self, account: GmailAccount, reached: int) -> None:
        """The mailbox is read up to here."""
        changed = ["history_id"]
        if account.resync_history_id is not None:
            emit_events([_read_anew_event(account)], now=self.poll.now)
            account.resync_history_id = account.resync_since = None
            account.resynced_at = self.poll.now
            changed += ["resync_history_id", "resync_since", "resynced_at"]
        account.history_id = reached
        account.save(update_fields=changed)
        self.poll.account = account


_TOO_LARGE = (
    f"has more than the {MAX_MESSAGE_MEGABYTES} MB a message may have. Save its attachments from Gmail."
)


def _pages(ask: Any) -> Iterator[Page]:
    """Each page of a list, one call a page."""
    page = ask("")
    yield page
    while page.next_token:
        page = ask(page.next_token)
        yield page


def _name_of(gmail_id: str) -> str:
    """What an operator finds the message by, in logs and refusals."""
    return f"Gmail message {gmail_id}"


def _raw_of(mail: Mail) -> RawMail | Refused:
    """The exact bytes of a message. Gmail leaves out the padding of base64 (RFC 4648, section 5)."""
    name = _name_of(mail.id)
    try:
        content = base64.urlsafe_b64decode(mail.raw + "=" * (-len(mail.raw) % 4))
    except (binascii.Error, ValueError):
        return Refused(name, "came from Gmail in a form that cannot be read. Open it there.")
    return RawMail(name, content, is_sent=SENT_LABEL in mail.labels and "INBOX" not in mail.labels)


def _stored(mail: Mail, letter: Letter) -> Processed:
    return Processed(
        id=mail.id, handling=Handling.STORED, thread_id=mail.thread_id, message_id=letter.message_id
    )


def _refused(gmail_id: str, reason: str) -> Processed:
    return Processed(id=gmail_id, handling=Handling.REFUSED, detail=reason)


def _read_anew_event(account: GmailAccount) -> NewEvent:
    return NewEvent(
        kind="gmail.read_anew",
        subject=Ref(kind="gmail_account", id=str(account.pk), label=str(account.mailbox)),
        data={"since": account.resync_since.isoformat(), "history_id": account.resync_history_id},
    )
