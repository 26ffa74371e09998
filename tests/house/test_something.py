"""No test passes because it looked at nothing: one check at least stands outside every loop that may be empty."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping

import pytest

from tests.house.reading_code import ROOT

FILLED = ("items", "values", "keys", "sorted", "enumerate", "list", "tuple", "set", "zip", "product")
"""Calls that give something where all that they are given is something."""

NOTHING = ("[]", "()", "{}", "set()", "0")
READ_WHOLE = ("any", "list", "set", "sorted", "tuple", "sum", "len")

TESTS = {
    f"{path.relative_to(ROOT)}::{node.name}": (node, tree)
    for path in sorted((ROOT / "tests").rglob("test_*.py"))
    for tree in [ast.parse(path.read_text(encoding="utf-8"))]
    for node in ast.walk(tree)
    if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")
}


def is_filled(node: ast.expr, names: frozenset[str]) -> bool:
    """Say whether an iterable is known to hold something: written out, a constant, ``some(…)``, or made of such."""
    match node:
        case ast.Tuple(elts=items) | ast.List(elts=items) | ast.Set(elts=items):
            return bool(items)
        case ast.Dict(keys=items):
            return bool(items)
        case ast.Name(id=name):
            return name in names or name.isupper()
        case ast.Attribute(attr=name):
            return name.isupper()
        case ast.IfExp(body=one, orelse=other):
            return is_filled(one, names) and is_filled(other, names)
        case ast.BinOp(left=one, right=other):
            return is_filled(one, names) or is_filled(other, names)
        case ast.Call(func=ast.Name(id="some" | "range")):
            return True
        case ast.Call(func=ast.Attribute(value=whole, attr=name)) if name in FILLED:
            return is_filled(whole, names)
        case ast.Call(func=ast.Name(id=name), args=items) if name in FILLED:
            return bool(items) and all(is_filled(item, names) for item in items)
        case ast.ListComp(generators=parts) | ast.GeneratorExp(generators=parts):
            return all(is_filled(part.iter, names) and not part.ifs for part in parts)
    return False


def gathered(test: ast.FunctionDef) -> Mapping[str, list[ast.expr]]:
    """Give the iterables of the loops in which a list, a set or a mapping that begins empty is filled, by its name.

    Of loops within each other the outermost: what lies deeper may be empty now and then.
    """
    found = {
        ast.unparse(target): list[ast.expr]()
        for node in ast.walk(test)
        if isinstance(node, ast.Assign) and ast.unparse(node.value) in NOTHING
        for target in node.targets
    }
    loops = [node for node in ast.walk(test) if isinstance(node, ast.For)]
    inner = {id(node) for loop in loops for part in loop.body for node in ast.walk(part)}
    for loop in [loop for loop in loops if id(loop) not in inner]:
        for node in ast.walk(loop):
            match node:
                case (
                    ast.Call(func=ast.Attribute(value=ast.Name(id=name)))
                    | ast.AugAssign(target=ast.Name(id=name))
                    | ast.Assign(targets=[ast.Subscript(value=ast.Name(id=name))])
                ) if name in found:
                    found[name].append(loop.iter)
    return found


def searched(
    claim: ast.expr, named: Mapping[str, ast.expr], filled: Mapping[str, list[ast.expr]]
) -> Iterator[ast.expr]:
    """Give the iterables in which a claim that there is nothing of a kind, or nothing but, looks for it.

    named: what names stand for. filled: see ``gathered``.
    """
    match claim:
        case ast.UnaryOp(op=ast.Not(), operand=found):
            pass
        case ast.Compare(left=found, ops=[ast.Eq()], comparators=[nothing]) if ast.unparse(nothing) in NOTHING:
            pass
        case ast.Compare(left=found, ops=[ast.LtE()]):
            pass
        case _:
            return
    while isinstance(found, ast.Call) and ast.unparse(found.func) in READ_WHOLE and found.args:
        found = found.args[0]
    yield from filled.get(found.id, ()) if isinstance(found, ast.Name) else ()
    match named.get(found.id) if isinstance(found, ast.Name) else found:
        case ast.ListComp() | ast.GeneratorExp() | ast.SetComp() | ast.DictComp() as sieve:
            yield from (part.iter for part in sieve.generators)


def checks(
    node: ast.AST,
    named: Mapping[str, ast.expr],
    filled: Mapping[str, list[ast.expr]],
    loops: tuple[ast.expr, ...] = (),
) -> Iterator[tuple[ast.expr, ...]]:
    """Give the iterables of the loops that stand around each assertion, and of those that it makes itself."""
    for child in ast.iter_child_nodes(node):
        around = loops
        match child:
            case ast.FunctionDef() | ast.Lambda():
                continue
            case ast.For(iter=found):
                around = (*loops, found)
            case ast.Assert(test=ast.Call(func=ast.Name(id="all"), args=[ast.GeneratorExp(generators=parts)])):
                yield (*loops, *(part.iter for part in parts))
            case ast.Assert(test=claim):
                yield (*loops, *searched(claim, named, filled))
            case ast.With(items=items) if any(".raises(" in ast.unparse(item) for item in items):
                yield loops
        yield from checks(child, named, filled, around)


def is_sure(test: ast.FunctionDef, tree: ast.Module) -> bool:
    """Say whether a test makes a check that it always reaches; one whose validator raises needs no assertion."""
    pairs = {a.arg for a in test.args.args if re.fullmatch(r"tuple\[[^.]*\]", ast.unparse(a.annotation or a))}
    names, named = frozenset(pairs), dict[str, ast.expr]()
    for node in (*tree.body, *ast.walk(test)):
        if isinstance(node, ast.Assign):
            own = {target.id for target in node.targets if isinstance(target, ast.Name)}
            named |= dict.fromkeys(own, node.value)
            names |= own if is_filled(node.value, names) else frozenset()
    found = list(checks(test, named, gathered(test)))
    return not found or any(all(is_filled(loop, names) for loop in loops) for loops in found)


def test_no_test_passes_on_nothing() -> None:
    assert len(TESTS) > 1000
    assert [name for name, (test, tree) in TESTS.items() if not is_sure(test, tree)] == []


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("for x in found():\n    assert x", False),
        ("for x in some(found()):\n    assert x", True),
        ("for x in (1, 2):\n    for y in found(x):\n        assert y", False),
        ("for x in KNOWN:\n    assert x", True),
        ("assert all(x for x in found())", False),
        ("assert all(x for x in some(found()))", True),
        ("for x in [y for y in KNOWN if y]:\n    assert x", False),
        ("assert [x for x in found() if x] == []", False),
        ("assert [x for x in some(found()) if x] == []", True),
        ("odd = {x for x in found() if x}\nassert sorted(odd) == []", False),
        ("assert not any(x for x in found())", False),
        ("assert sum(x for x in some(found())) == 0", True),
        ("odd = []\nfor x in found():\n    odd.append(x)\nassert odd == []", False),
        ("odd = {}\nfor x in some(found()):\n    odd[x] = 1\nassert not odd", True),
        ("odd = {}\nfor x in some(found()):\n    for y in x:\n        odd[y] = 1\nassert odd == {}", True),
        ("odd = {}\nfor x in found():\n    for y in KNOWN:\n        odd[y] = 1\nassert odd == {}", False),
        ("assert found() == []", True),
        ("assert {x for x in found()} <= KNOWN", False),
        ("assert {x for x in some(found())} <= KNOWN", True),
        ("rows = found()\nassert rows\nfor x in rows:\n    assert x", True),
        ("with pytest.raises(ValueError):\n    found()", True),
    ],
)
def test_a_check_in_a_loop_that_may_be_empty_is_seen(body: str, expected: bool) -> None:
    tree = ast.parse("def test_it():\n" + "".join(f"    {line}\n" for line in body.splitlines()))
    (test,) = tree.body
    assert isinstance(test, ast.FunctionDef)
    assert is_sure(test, tree) is expected
