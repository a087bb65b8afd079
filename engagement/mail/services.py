"""Taking mail in: from files now, from a provider later; and reading the Maildirs that mailboxes are set to watch.

These services open their own transactions, one for each batch of mails, and refuse to be called inside a scope. How
mails are found on disk is `engagement.mail.sources`, how they are read `engagement.mail.inbound`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any, Protocol

import structlog
from django.db import DataError, IntegrityError

from agent.models import Tenant
from agent.tenancy import refuse_tenant_scope, tenant_scope
from engagement.mail.effects import Effects, apply_effects
from engagement.mail.letters import Letter
from engagement.mail.models import Mailbox
from engagement.mail.senders import OwnAddresses, load_client_domains
from engagement.mail.sources import MEGABYTE, RawMail, Refused, read_path
from engagement.mail.storing import StoredBatch, store_letters

logger = structlog.get_logger(__name__)

BATCH = 50
# A batch is held in memory whole, so few large mails make one, too.
BATCH_BYTES = 32 * MEGABYTE

Progress = Callable[[int], None]


class Follow(Protocol):
    """What the source of mails writes in the very transaction that stores them: how far it has been read, for one.

    Called last in each transaction, with the letters it stores (those that are stored already among them), all
    refusals so far, and whether nothing comes after it. Whatever it raises undoes the transaction; called again with
    the same letters it must come to the same end.
    """

    def __call__(self, letters: Sequence[Letter], refused: Sequence[Refused], *, is_last: bool) -> None: ...


@dataclass(frozen=True, kw_only=True)
class ImportSummary:
    """What an import did. Every mail that was found is counted once: new, duplicate or refused."""

    read: int = 0
    new: int = 0
    duplicates: int = 0
    requests: int = 0
    replies: int = 0
    bounces: int = 0
    complaints: int = 0
    opt_outs: int = 0
    new_contacts: int = 0
    refused: tuple[Refused, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """The summary as the command prints it."""
        counts = {name: getattr(self, name) for name in _COUNTS}
        return {**counts, "refused": [{"name": one.name, "reason": one.reason} for one in self.refused]}


_COUNTS = (
    "read",
    "new",
    "duplicates",
    "requests",
    "replies",
    "bounces",
    "complaints",
    "opt_outs",
    "new_contacts",
)


@dataclass
class _Batch:
    """Letters read and not stored yet."""

    letters: list[Letter] = field(default_factory=list)
    size: int = 0

    def add(self, letter: Letter) -> None:
        self.letters.append(letter)
        self.size += letter.size

    @property
    def is_full(self) -> bool:
        return len(self.letters) >= BATCH or self.size >= BATCH_BYTES


def import_messages(
    *,
    tenant: Tenant,
    raws: Iterable[RawMail | Refused],
    now: datetime,
    on_progress: Progress = lambda read: None,
    follow: Follow | None = None,
) -> ImportSummary:
    """Read and store mails with everything that follows from them; the same mail twice changes nothing.

    One transaction for each batch of at most 50. A mail that cannot be read or stored is refused by name and the
    rest goes on, so that running the import again completes it. `on_progress` is told the number read so far;
    `follow` writes what the source must remember.
    """
    refuse_tenant_scope("import_messages")
    read: Callable[[RawMail], Letter | Refused] | None = None
    store = _Store(tenant=tenant, now=now, follow=follow)
    counts = store.counts
    batch = _Batch()
    for raw in raws:
        if batch.is_full:
            store.keep(batch.letters)
            batch = _Batch()
            on_progress(counts["read"])
        letter = raw
        if isinstance(raw, RawMail):
            read = read or _reader_for(tenant)
            letter = read(raw)
        counts["read"] += 1
        if isinstance(letter, Refused):
            store.refused.append(letter)
        else:
            batch.add(letter)
    store.keep(batch.letters, is_last=True)
    on_progress(counts["read"])
    return ImportSummary(refused=tuple(store.refused), **counts)


def _reader_for(tenant: Tenant) -> Callable[[RawMail], Letter | Refused]:
    """How the tenant's mails are read.

    Made for the first mail and not before: the vocabulary of reading takes half a second to compile, and whatever names
    these services (a worker, beat, the web), or finds nothing new, does without.
    """
    from engagement.mail.inbound import read_letter
    from engagement.mail.language_model import second_reader_of

    with tenant_scope(tenant):
        return partial(
            read_letter,
            zone=tenant.zone,
            own_domains=tuple(sorted(OwnAddresses.load().domains)),
            known_domains=load_client_domains(),
            second_reader=second_reader_of(tenant),
        )


def poll_mailboxes(*, tenant: Tenant, now: datetime) -> ImportSummary:
    """Read what is new in the Maildirs of this tenant's mailboxes, and mark it as seen there.

    A mail moves from `new` to `cur` once it is stored, as a Maildir's reader does; one that is refused moves with
    the flag F, for a person to look at, and is not read again.
    """
    refuse_tenant_scope("poll_mailboxes")
    with tenant_scope(tenant):
        folders = [Path(mailbox.maildir_path) / "new" for mailbox in Mailbox.objects.watched()]
    paths = sorted(
        path for folder in folders if folder.is_dir() for path in folder.iterdir() if path.is_file()
    )
    summary = import_messages(tenant=tenant, raws=_read_all(paths), now=now)
    refused = {one.name for one in summary.refused}
    for path in paths:
        _mark_seen(path, flag="F" if str(path) in refused else "S")
    for one in summary.refused:
        logger.warning("mail_refused", tenant=tenant.slug, mail=one.name, reason=one.reason)
    return summary


def _mark_seen(path: Path, *, flag: str) -> None:
    """Move a mail of a Maildir from `new` to `cur`, with the flag that says what became of it."""
    try:
        path.rename(path.parent.parent / "cur" / f"{path.name.partition(':')[0]}:2,{flag}")
    except FileNotFoundError:
        return  # Another reader of the same Maildir was quicker; the store keeps one copy.


def _read_all(paths: Iterable[Path]) -> Iterator[RawMail | Refused]:
    for path in paths:
        yield from read_path(path)


@dataclass(kw_only=True)
class _Store:
    """Stores the batches of one import, and counts what became of them."""

    tenant: Tenant
    now: datetime
    follow: Follow | None
    counts: Counter[str] = field(default_factory=Counter)
    refused: list[Refused] = field(default_factory=list)

    def keep(self, letters: list[Letter], *, is_last: bool = False) -> None:
        """Store one batch in one transaction. When the database refuses it, find the mail that it refuses."""
        if not letters and not (is_last and self.follow):
            return
        try:
            batch, effects = self._write(letters, is_last)
        except (DataError, IntegrityError, ValueError) as error:
            if not letters:
                raise
            self._keep_singly(letters, error, is_last)
            return
        self.counts.update(
            new=len(batch.stored),
            duplicates=batch.duplicates,
            requests=sum(len(entry.letter.requests) for entry in batch.stored),
            replies=effects.replies,
            bounces=effects.bounces,
            complaints=effects.complaints,
            opt_outs=effects.opt_outs,
            new_contacts=batch.new_contacts,
        )

    def _write(self, letters: list[Letter], is_last: bool) -> tuple[StoredBatch, Effects]:
        with tenant_scope(self.tenant):
            batch = store_letters(letters, now=self.now)
            effects = apply_effects(batch, now=self.now)
            if self.follow:
                self.follow(letters, tuple(self.refused), is_last=is_last)
        return batch, effects

    def _keep_singly(self, letters: list[Letter], error: Exception, is_last: bool) -> None:
        """Each letter by itself; the one that is alone already is refused by name."""
        if len(letters) > 1:
            for letter in letters:
                self.keep([letter])
        else:
            logger.exception("mail_not_stored", tenant=self.tenant.slug, mail=letters[0].name)
            words = str(error).partition("\n")[0].rstrip(".")
            self.refused.append(Refused(letters[0].name, f"was read, but cannot be stored: {words}."))
        if is_last:
            self.keep([], is_last=True)
