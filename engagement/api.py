"""Contacts as other programs read them: who they are, how to reach them, and when the desk owes them a word."""

from __future__ import annotations

from typing import Any

from django.db.models import Prefetch, QuerySet
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from agent.rest.filters import Filters, FlagFilter, KeyFilter
from agent.rest.views import ListResource, RowResource
from engagement.models import Contact, ContactAddress, EngagementClock

FIELDS: tuple[str, ...] = (
    "id", "first_name", "last_name", "role", "title", "department", "company", "client_id", "client", "phone_e164",
    "mobile_e164", "direct_e164", "timezone", "is_shared_mailbox", "is_active", "has_left", "away_until",
    "merged_into_id", "source", "created_at", "addresses", "last_touch_at", "next_touch_due_at",
)  # fmt: skip


class AddressDetail(serializers.ModelSerializer):
    """One e-mail address of a contact."""

    class Meta:
        model = ContactAddress
        fields = ("email", "is_primary")


class ContactDetail(serializers.ModelSerializer):
    """One person at a client, or one mailbox that several people share."""

    client_id = serializers.IntegerField(allow_null=True)
    client = serializers.SerializerMethodField()
    merged_into_id = serializers.IntegerField(
        allow_null=True, help_text="The contact that this one turned out to be."
    )
    addresses = AddressDetail(many=True)
    last_touch_at = serializers.SerializerMethodField()
    next_touch_due_at = serializers.SerializerMethodField()

    class Meta:
        model = Contact
        fields = FIELDS

    def get_client(self, contact: Contact) -> str | None:
        """The client's name."""
        return contact.client.name if contact.client else None

    @extend_schema_field(serializers.DateTimeField(allow_null=True))
    def get_last_touch_at(self, contact: Contact) -> Any:
        """When somebody of the desk and they last had to do with each other."""
        return _show(_clock(contact), "last_touch_at")

    @extend_schema_field(serializers.DateTimeField(allow_null=True))
    def get_next_touch_due_at(self, contact: Contact) -> Any:
        """When the desk owes them a word; null for whom no clock runs."""
        return _show(_clock(contact), "next_touch_due_at")


def _clock(contact: Contact) -> EngagementClock | None:
    return next(iter(contact.clocks.all()), None)


def _show(clock: EngagementClock | None, name: str) -> Any:
    moment = getattr(clock, name) if clock else None
    return serializers.DateTimeField().to_representation(moment) if moment else None


class ContactFilters(Filters):
    """By client, role or standing."""

    client_id = KeyFilter()
    is_active = FlagFilter()
    has_left = FlagFilter()
    is_shared_mailbox = FlagFilter()

    class Meta:
        model = Contact
        fields = ("client_id", "role", "source", "is_active", "has_left", "is_shared_mailbox")


class Contacts:
    """The people and shared mailboxes that the desk talks to, the newest first."""

    resource = "contacts"
    read_permission = "engagement.view_contact"
    serializer_class = ContactDetail

    def get_queryset(self) -> QuerySet[Contact]:
        addresses = Prefetch("addresses", ContactAddress.objects.order_by("-is_primary", "id"))
        return Contact.objects.select_related("client").prefetch_related(addresses, "clocks")


class ContactList(Contacts, ListResource):
    filterset_class = ContactFilters


class ContactRow(Contacts, RowResource):
    pass
