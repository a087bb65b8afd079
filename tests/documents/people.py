"""People who work with the library in the console."""

from __future__ import annotations

from django.contrib.auth.models import Permission, User
from django.test import Client

from agent.access import list_viewers, set_viewers
from agent.models import Tenant


def make_person(name: str, tenant: Tenant, *permissions: str) -> User:
    """A member of staff of that company with these permissions in it."""
    person = User.objects.create_user(name, password="unguessable", is_staff=True)
    person.user_permissions.add(*Permission.objects.filter(codename__in=permissions))
    set_viewers(tenant=tenant, users=[*list_viewers(tenant), person])
    return person


def log_in(person: User, tenant: Tenant) -> Client:
    """A browser in which the person works in that company."""
    browser = Client()
    browser.force_login(person)
    session = browser.session
    session["tenant"] = tenant.slug
    session.save()
    return browser
