"""The tables of these tests as a chapter of the method: printed from the tests, so that neither can say otherwise.

``python -m tests.spec.printed`` writes it anew.
"""

from __future__ import annotations

import ast
import textwrap
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
CHAPTER = ROOT / "docs/method/worked-examples.md"
HEAD = """# Worked examples: every rule with its table

Printed from `tests/spec` by `python -m tests.spec.printed`; a test holds this page to them. `-` is an empty cell; a
column that is not drawn takes the value that says least. What follows `assert` holds.
"""


def chapter() -> str:
    """Give the chapter: a section for each file, an example for each test that draws a table."""
    return "\n".join(
        [HEAD, *(line for path in sorted(Path(__file__).parent.glob("test_*.py")) for line in _file(path))]
    )


def _file(path: Path) -> Iterator[str]:
    text = path.read_text(encoding="utf-8")
    tree = ast.parse(text)
    drawn = [each for each in tree.body if isinstance(each, ast.FunctionDef) and _draws(each)]
    title, _, rest = (ast.get_docstring(tree) or "").partition(":")
    yield f"## {title}\n\n{rest.strip()[:1].upper()}{rest.strip()[1:]}\n"
    for test in drawn:
        first, last = test.body[0].lineno, test.body[-1].end_lineno
        body = textwrap.dedent("\n".join(text.splitlines()[first - 1 : last]))
        yield f"### {test.name.removeprefix('test_').replace('_', ' ').capitalize()}\n\n```text\n{body}\n```\n"


def _draws(node: ast.FunctionDef) -> bool:
    """Tell whether a test draws a table of its own."""
    if not node.name.startswith("test_"):
        return False
    texts = (each.value for each in ast.walk(node) if isinstance(each, ast.Constant) and isinstance(each.value, str))
    return any(text.count("\n") > 1 for text in texts)


if __name__ == "__main__":
    CHAPTER.write_text(chapter(), encoding="utf-8", newline="\n")
