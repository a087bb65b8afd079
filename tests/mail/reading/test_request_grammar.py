"""Explicit requests by grammar: every way of asking with every act, and every way of not asking."""

from collections.abc import Sequence
from itertools import product

import pytest

from engagement.mail.reading import find_requests

from . import request_grammar as grammar


def asked(ways: Sequence[str], acts: Sequence[str]) -> tuple[list[str], list[str]]:
    """The sentences made of every pair: those that are read as a request, and the others."""
    sentences = [way.replace("{}", act) for way, act in product(ways, acts)]
    read = [one for one in sentences if find_requests(one, sent_at=None)]
    return read, [one for one in sentences if one not in set(read)]


@pytest.mark.parametrize(
    ("ways", "acts"),
    [
        (grammar.ASKING_SOMEBODY, grammar.DONE_BY_SOMEBODY),
        (grammar.ASKING_TO_TALK, grammar.DONE_TOGETHER),
        (grammar.WISHING_FOR, grammar.WISHED_FOR),
        (grammar.WISHING_TO, grammar.TALKING_WITH_US),
    ],
    ids=["asking somebody", "asking to talk", "wishing for", "wishing to"],
)
def test_nine_of_ten_pairs_of_asking_and_act_are_read(ways: list[str], acts: list[str]) -> None:
    read, missed = asked(ways, acts)
    assert len(read) >= 0.9 * (len(read) + len(missed)), missed


@pytest.mark.parametrize(
    ("ways", "acts"),
    [
        (grammar.NOT_ASKING, grammar.ACTS),
        (grammar.NOT_ASKING_FOR, grammar.SESSIONS),
        (grammar.DONE_ALREADY, grammar.PAST_ACTS),
        (grammar.SPEAKING_OF, grammar.GERUNDS),
    ],
    ids=["not asking", "a session spoken of", "what was done", "doing spoken of"],
)
def test_no_more_than_one_in_a_hundred_pairs_that_ask_nothing_is_read(
    ways: list[str], acts: list[str]
) -> None:
    read, left = asked(ways, acts)
    assert len(read) <= 0.01 * (len(read) + len(left)), read
