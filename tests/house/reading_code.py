"""The source of the project as syntax trees: who imports whom, and what a module calls."""

from __future__ import annotations

import ast
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True, slots=True, kw_only=True)
class Import:
    """One import of a module of the project. inside: it stands in a function, so it runs only when that is called."""

    module: str
    target: str
    inside: bool


@lru_cache(maxsize=1)
def modules() -> dict[str, ast.Module]:
    """Give the syntax tree of build.py and of every module of the package, by dotted name."""
    found = {"build": ROOT / "build.py"}
    for path in sorted((ROOT / "kompeten").rglob("*.py")):
        parts = path.relative_to(ROOT).with_suffix("").parts
        found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path
    return {name: ast.parse(path.read_text(encoding="utf-8"), filename=str(path)) for name, path in found.items()}


def room(module: str) -> str:
    """Name the room of a module: ``kompeten.pages.home`` is in ``pages``, build.py is in ``build``."""
    parts = module.split(".")
    return parts[1] if len(parts) > 1 else parts[0]


def imports() -> Iterator[Import]:
    """Give every import of the project's own modules, those for type checkers included."""
    known = modules()
    for name, tree in known.items():
        inside = {
            id(node)
            for function in ast.walk(tree)
            if isinstance(function, ast.FunctionDef)
            for node in ast.walk(function)
        }
        for node in ast.walk(tree):
            for target in _targets(node):
                module = target if target in known else target.rpartition(".")[0]
                if module in known:
                    yield Import(module=name, target=module, inside=id(node) in inside)


def _targets(node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.Import):
        yield from (alias.name for alias in node.names if alias.name.startswith("kompeten"))
    elif isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == "kompeten":
        yield from (f"{node.module}.{alias.name}" for alias in node.names)


def tracked() -> tuple[str, ...]:
    """Give every file of the repository that is committed or would be."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout.split("\0")
    return tuple(name for name in sorted(filter(None, listed)) if (ROOT / name).is_file())
