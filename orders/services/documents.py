"""Files of orders: attaching them, and offering them to the library."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from typing import BinaryIO, ClassVar

from django.db.models import QuerySet

from agent.events import NewEvent, emit_events
from agent.models import Event, Tenant
from agent.registry import Ref
from agent.tenancy import tenant_scope
from documents.files import keep_file, open_file, spooled
from documents.models import StoredFile
from documents.services import announce_keys
from documents.services.registering import clean_name
from documents.sources import FileGone, Listing, Offer, Source
from documents.states import Category, SourceType
from orders.models import Order, OrderDocument, OrderDocumentKind

SLUG = "orders"
ADDED = "order.document_added"
CATEGORIES = {
    OrderDocumentKind.ORDER_FORM: Category.CLIENT_DOCUMENT,
    OrderDocumentKind.ENGAGEMENT_LETTER: Category.CONTRACT,
    OrderDocumentKind.PURCHASE_CONTRACT: Category.CONTRACT,
    OrderDocumentKind.REPORT: Category.APPRAISAL_REPORT,
    OrderDocumentKind.REVISION: Category.APPRAISAL_REPORT,
    OrderDocumentKind.INVOICE: Category.INVOICE,
    OrderDocumentKind.PROPERTY_RECORD: Category.CLIENT_DOCUMENT,
}


def attach_document(
    *,
    tenant: Tenant,
    order_id: int,
    content: BinaryIO,
    name: str,
    kind: OrderDocumentKind,
    actor: str,
    now: datetime,
) -> OrderDocument:
    """Keep a file with an order, and tell of it; the same content of the same order is answered as it is.

    Writes into the storage, so it opens its own transactions. Raises `Order.DoesNotExist`, `FileRefused` for an
    empty or too large file, and what `keep_file` does.
    """
    with spooled(content, name=clean_name(name)) as spool:

        def find() -> OrderDocument | None:
            Order.objects.only("pk").get(pk=order_id)
            return OrderDocument.objects.filter(order_id=order_id, sha256=spool.sha256).first()

        def record(stored: StoredFile) -> OrderDocument:
            document = OrderDocument.objects.create(
                order_id=order_id,
                file=stored,
                name=clean_name(name),
                kind=kind,
                sha256=spool.sha256,
                size=spool.size,
                added_at=now,
                added_by=actor,
            )
            order = Order.objects.only("order_number").get(pk=order_id)
            subject = Ref(kind="order", id=str(order_id), label=order.order_number)
            data = {"document": document.pk, "name": document.name, "kind": kind, "by": actor}
            emit_events([NewEvent(kind=ADDED, subject=subject, data=data)], now=now)
            return document

        return keep_file(tenant=tenant, spool=spool, find=find, record=record)


def announce_order_documents(events: Iterable[Event], *, now: datetime) -> int:
    """Have the library fetch the files that events tell of; returns how many are new."""
    keys = [str(event.data["document"]) for event in events if event.kind == ADDED]
    return announce_keys(slug=SLUG, keys=keys, now=now)


class OrderDocuments(Source):
    """The files of orders."""

    slug: ClassVar[str] = SLUG
    label: ClassVar[str] = "Orders"
    type: ClassVar[SourceType] = SourceType.ORDER_DOCUMENT

    def list_files(self, *, after: int, limit: int) -> Listing:
        rows = list(_named().filter(pk__gt=after).order_by("pk")[:limit])
        return Listing(offers=[_offer(row) for row in rows], last=rows[-1].pk if len(rows) == limit else None)

    def find_files(self, keys: Collection[str]) -> Sequence[Offer]:
        ids = [int(key) for key in keys if key.isdecimal()]
        return [_offer(row) for row in _named().filter(pk__in=ids).order_by("pk")]

    def open_file(self, *, tenant: Tenant, key: str) -> BinaryIO:
        with tenant_scope(tenant):
            row = OrderDocument.objects.filter(pk=int(key)).select_related("file").first()
        if row is None:
            raise FileGone(f"File {key} of an order is no longer there.")
        return open_file(row.file)


def _named() -> QuerySet[OrderDocument]:
    return OrderDocument.objects.select_related("order").only("name", "kind", "order__order_number")


def _offer(row: OrderDocument) -> Offer:
    kind = OrderDocumentKind(row.kind)
    return Offer(
        position=row.pk,
        key=str(row.pk),
        name=row.name,
        label=f"Order {row.order.order_number}: {kind.label.lower()}",
        reference_kind="order",
        reference_id=str(row.order_id),
        category=CATEGORIES.get(kind),
    )
