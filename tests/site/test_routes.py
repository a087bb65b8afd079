"""Every address of the installation turns strangers away, but for those that are meant for them."""

from __future__ import annotations

import pytest
from django.urls import NoReverseMatch, URLPattern, URLResolver, get_resolver, reverse

pytestmark = pytest.mark.django_db

# Meant for everybody: logging in and out, signs of life, what a mail's recipient opens without an account, and the
# description of the API.
OPEN = {
    "admin:login",
    "admin:logout",
    "admin:jsi18n",
    "agent:livez",
    "agent:readyz",
    "mail:preferences",
    "rest:schema",
    "rest:docs",
}
# What stands for an argument, by the name of its converter.
SAMPLES = {"int": 1, "slug": "x", "str": "x", "path": "1", "uuid": "00000000-0000-4000-8000-000000000000"}


def walk(patterns, namespaces=()):
    """Each named pattern with the name that `reverse` knows it by."""
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            inner = (*namespaces, pattern.namespace) if pattern.namespace else namespaces
            yield from walk(pattern.url_patterns, inner)
        elif isinstance(pattern, URLPattern):
            yield ":".join((*namespaces, pattern.name or "")), pattern


def sample_address(name, pattern):
    """An address that the pattern matches, or None when it has no name of its own."""
    samples = {
        argument: SAMPLES[type(converter).__name__.removesuffix("Converter").replace("String", "str").lower()]
        for argument, converter in pattern.pattern.converters.items()
    }
    try:
        return reverse(name, kwargs=samples)
    except NoReverseMatch:
        return None


ROUTES = dict(walk(get_resolver().url_patterns))


def test_the_open_addresses_are_addresses():
    assert OPEN <= ROUTES.keys()


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_stranger_is_turned_away(client, method):
    answers = {}
    for name, pattern in ROUTES.items():
        address = sample_address(name, pattern)
        if address is None or name in OPEN:
            continue
        answer = getattr(client, method)(address)
        is_login = answer.status_code == 302 and "/login/" in answer.headers["Location"]
        if not is_login and answer.status_code not in {400, 401, 403, 404, 405, 503}:
            answers[name] = answer.status_code
    assert answers == {}
    assert len(ROUTES) > 100
