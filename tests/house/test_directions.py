"""Imports run one way, the private wing has one door, and only the shell touches the world."""

from __future__ import annotations

import ast
import subprocess
import sys
from graphlib import TopologicalSorter

import pytest

from tests.house.reading_code import ROOT, imports, modules, room
from tests.some import some

ORDER = (
    "ground",
    "console",
    "audit",
    "intake",
    "statistics",
    "api",
    "forms",
    "pages",
    "site",
    "register",
    "invented",
    "cli",
    "__main__",
    "build",
)
"""The rooms from the foundation to the roof: a room may import what stands before it in this list."""

SHELL = frozenset(
    {
        *("build", "kompeten", "kompeten.__main__", "kompeten.cli", "kompeten.console"),
        *("kompeten.ground.strict", "kompeten.ground.store", "kompeten.ground.tree", "kompeten.ground.wording"),
        "kompeten.ground.workshop",
        *("kompeten.intake.permanent", "kompeten.intake.validation", "kompeten.intake.packages.reading"),
        "kompeten.intake.tidy",
        *("kompeten.site.assets", "kompeten.site.binding", "kompeten.site.glossary", "kompeten.site.prose"),
        *("kompeten.site.redrawn", "kompeten.site.search"),
        *("kompeten.api.comparing", "kompeten.api.joining", "kompeten.api.releasing", "kompeten.api.reviewing"),
    }
)
"""Modules outside the two wings that load, write or talk. Every other one gives values for values."""


def is_pure(module: str) -> bool:
    """Tell whether a module must give values for values and nothing else."""
    return module not in SHELL and room(module) not in {"audit", "register", "invented"}


WORLD = frozenset(
    {
        *("open", "print", "input", "os.getenv", "os.urandom", "os.listdir", "os.scandir", "os.walk"),
        *("date.today", "datetime.now", "datetime.today", "datetime.utcnow", "dt.date.today", "dt.datetime.now"),
    }
)
WORLD_METHODS = frozenset(
    {
        *("read_text", "read_bytes", "write_text", "write_bytes", "iterdir", "glob", "rglob", "exists", "is_file"),
        *("is_dir", "mkdir", "unlink", "touch", "stat", "resolve", "cwd", "home"),
    }
)
WORLD_MODULES = frozenset(
    {"random", "time", "secrets", "socket", "subprocess", "tempfile", "shutil", "urllib.request", "logging", "locale"}
)


def test_every_room_has_a_place_in_the_order() -> None:
    assert {room(name) for name in modules()} - {"kompeten"} == set(ORDER)


def test_the_package_has_at_most_ten_rooms() -> None:
    assert 5 < len({room(name) for name in modules() if name.count(".") > 1}) <= 10


def test_imports_run_one_way() -> None:
    place = {name: number for number, name in enumerate(ORDER)}
    upward = {
        (one.module, one.target)
        for one in some(imports())
        if room(one.target) != "kompeten" and place[room(one.target)] > place[room(one.module)]
    }
    assert upward == set()


def test_no_module_imports_itself_by_a_detour_not_even_for_types() -> None:
    graph: dict[str, set[str]] = {}
    for one in imports():
        if one.module != one.target:
            graph.setdefault(one.module, set()).add(one.target)
    assert list(TopologicalSorter(graph).static_order())


def test_nothing_reaches_the_private_wing_but_its_own_commands() -> None:
    wing = {"register", "invented"}
    outside = [one for one in imports() if room(one.target) in wing and room(one.module) not in wing]
    assert {one.module for one in outside} == {"kompeten.cli"}
    assert all(one.inside for one in outside)


def test_the_private_wing_reaches_nothing_that_publishes() -> None:
    reached = {room(one.target) for one in imports() if room(one.module) == "register"}
    assert reached & {"pages", "api", "forms", "site", "build"} == set()


def test_the_attacker_knows_nothing_of_the_protector() -> None:
    known = {room(one.target) for one in imports() if room(one.module) == "audit"}
    assert known == {"audit", "ground", "kompeten"}


def test_a_build_loads_nothing_of_the_private_wing() -> None:
    script = (
        "import sys, build; print(*(n for n in sys.modules if n.startswith(('kompeten.register', 'kompeten.inv'))))"
    )
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == ""


@pytest.mark.parametrize("module", [name for name in modules() if is_pure(name)])
def test_a_pure_room_neither_reads_nor_writes_nor_asks_the_time(module: str) -> None:
    touched = []
    for node in some(ast.walk(modules()[module])):
        if isinstance(node, ast.Import):
            touched += [alias.name for alias in node.names if alias.name in WORLD_MODULES]
        elif isinstance(node, ast.ImportFrom):
            touched += [str(node.module)] if node.module in WORLD_MODULES else []
        elif isinstance(node, ast.Attribute):
            touched += ["os.environ"] if ast.unparse(node) == "os.environ" else []
        elif isinstance(node, ast.Call):
            name = ast.unparse(node.func)
            if name in WORLD or (isinstance(node.func, ast.Attribute) and node.func.attr in WORLD_METHODS):
                touched.append(name)
    assert touched == []


WORKSHOPS = frozenset({"console", "audit", "register"})
"""Rooms that keep working state while they run; what they hand on is frozen."""


@pytest.mark.parametrize("module", [name for name in modules() if room(name) not in WORKSHOPS])
def test_values_are_frozen(module: str) -> None:
    loose = []
    for node in some(ast.walk(modules()[module])):
        if not isinstance(node, ast.ClassDef):
            continue
        for decorator in map(ast.unparse, node.decorator_list):
            frozen = "frozen=True" in decorator and "slots=True" in decorator
            if decorator.split("(")[0].endswith("dataclass") and not frozen:
                loose.append(node.name)
    assert loose == []


@pytest.mark.parametrize("module", modules())
def test_no_condition_of_input_hangs_on_assert(module: str) -> None:
    assert [node.lineno for node in some(ast.walk(modules()[module])) if isinstance(node, ast.Assert)] == []


def test_the_table_of_contents_holds_calls_and_few_decisions() -> None:
    tree = modules()["build"]
    functions = [node for node in tree.body if isinstance(node, ast.FunctionDef)]
    assert [f.name for f in some(functions) if (f.end_lineno or 0) - f.lineno >= 45] == []
    publish = next(f for f in functions if f.name == "publish")
    assert [node for node in some(ast.walk(publish)) if isinstance(node, (ast.If, ast.For, ast.While))] == []
