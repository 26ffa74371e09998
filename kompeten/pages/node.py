"""A place in a JSON document: its value, and the address a reader can follow to it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Node:
    """One value inside a document. path: below the root of the site; pointer: RFC 6901, "" for the whole document."""

    path: str
    pointer: str
    value: Any

    def __getitem__(self, key: str | int) -> Node:
        """Step into an object or a list. Raises KeyError or IndexError where there is nothing."""
        token = str(key).replace("~", "~0").replace("/", "~1")
        return Node(self.path, f"{self.pointer}/{token}", self.value[key])

    def __iter__(self) -> Iterator[Node]:
        """Walk the items of a list."""
        return (self[index] for index in range(len(self.value)))

    def __len__(self) -> int:
        return len(self.value)

    def __bool__(self) -> bool:
        return self.value is not None and self.value != [] and self.value != ()

    def find(self, **wanted: object) -> Node:
        """Give the one item of a list whose fields have these values. Raises LookupError where none has."""
        for item in self:
            if all(item.value[name] == value for name, value in wanted.items()):
                return item
        raise LookupError(f"{self.path}{self.pointer}: no item with {wanted}")

    def where(self, **wanted: object) -> list[Node]:
        """Give the items of a list whose fields have these values."""
        return [item for item in self if all(item.value[name] == value for name, value in wanted.items())]

    @property
    def address(self) -> str:
        """Give the address of the value: the document and the pointer into it."""
        return f"/{self.path}#{self.pointer}"
