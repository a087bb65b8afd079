"""What one change of `tests.mutations` is, and several of one file."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Mutation:
    """One change of one file, and the tests of which at least one must fail under it."""

    name: str
    path: str
    old: str
    new: str
    tests: tuple[str, ...]
    changes_schema: bool = False

    def apply(self, text: str) -> str:
        """The changed text; the old one must stand there exactly once."""
        found = text.count(self.old)
        if found != 1:
            raise ValueError(
                f"Mutation {self.name}: {self.old!r} stands {found} times in {self.path}, not once."
            )
        return text.replace(self.old, self.new)


def changes_of(
    path: str, *tests: str, changes_schema: bool = False, **changes: tuple[str, str]
) -> list[Mutation]:
    """Several mutations of one file that the same tests must notice."""
    return [
        Mutation(
            name=name.replace("_", "-"),
            path=path,
            old=old,
            new=new,
            tests=tests,
            changes_schema=changes_schema,
        )
        for name, (old, new) in changes.items()
    ]
