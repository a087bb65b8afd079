"""Writing down the statements that the program sends, transaction by transaction, and sending them by hand again."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import psycopg
from django.db import connection

# Every unit of work begins by saying whose it is (`agent.tenancy.tenant_scope`); what runs outside one, such as the
# reading of the tenant itself, is a transaction of its own.
SCOPE_BEGINS = "SELECT set_config('app.tenant_id'"


@dataclass
class Recorder:
    """The transactions of one piece of work: each a list of statements with their parameters."""

    transactions: list[list[tuple[str, Any]]] = field(default_factory=list)

    def __call__(
        self, execute: Callable[..., Any], statement: str, parameters: Any, many: bool, context: Any
    ) -> Any:
        if many:
            raise NotImplementedError("The program sends no statement with many sets of parameters.")
        if not connection.in_atomic_block or statement.lstrip().startswith(SCOPE_BEGINS):
            self.transactions.append([])
        self.transactions[-1].append((statement, parameters))
        return execute(statement, parameters, many, context)

    @property
    def statements(self) -> int:
        return sum(map(len, self.transactions))


@contextmanager
def recorded() -> Iterator[Recorder]:
    """Record what the program sends over its own connection within the block."""
    recorder = Recorder()
    with connection.execute_wrapper(recorder):
        yield recorder


def replay_transaction(by_hand: psycopg.Connection[Any], statements: Sequence[tuple[str, Any]]) -> None:
    """Send one recorded transaction through plain psycopg, and read every answer."""
    with by_hand.transaction(), by_hand.cursor() as cursor:
        for statement, parameters in statements:
            cursor.execute(statement, parameters)
            if cursor.description is not None:
                cursor.fetchall()
