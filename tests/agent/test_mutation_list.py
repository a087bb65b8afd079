"""Each guard that `make proof` takes away is still there to be taken away."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from tests.mutation_list import MUTATIONS
from tests.mutations import REPOSITORY


def test_no_name_stands_for_two_mutations():
    assert len({mutation.name for mutation in MUTATIONS}) == len(MUTATIONS)


@pytest.mark.parametrize("mutation", MUTATIONS, ids=lambda mutation: mutation.name)
def test_a_mutation_still_applies_and_leaves_a_program(mutation):
    changed = mutation.apply((REPOSITORY / mutation.path).read_text())
    ast.parse(changed)
    assert all((REPOSITORY / Path(test.partition("::")[0])).exists() for test in mutation.tests)
