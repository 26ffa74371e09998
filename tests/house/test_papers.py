"""What the papers of the house say is so: dependencies, commands, workflows, files that are named."""

from __future__ import annotations

import ast
import json
import re
import sys
import tomllib
from fnmatch import fnmatch
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest
import yaml

from kompeten.api.shapes import SCHEMA_VERSION
from tests.house.reading_code import ROOT, modules, tracked
from tests.some import some
from tests.spec.printed import CHAPTER, chapter

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
WORKFLOWS = sorted((ROOT / ".github/workflows").glob("*.yml"))
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")
TARGETS = re.findall(r"^([a-z-]+):.*?##", MAKEFILE, flags=re.MULTILINE)
REGISTRIES = ("pypi" + ".org", "pythonhosted" + ".org", "npmjs" + ".org", "crates" + ".io", "npmjs" + ".com")
MACHINE = re.compile(rb"(?<![\w.~$}])/(?:home|root|Users|work|workspace|mnt|opt/hosted[a-z]*)/[\w.-]+")
SHARED = b".." + b"/shared"


def text(name: str) -> str:
    """Read a paper of the repository."""
    return (ROOT / name).read_text(encoding="utf-8")


def test_no_file_names_a_package_registry() -> None:
    named = {
        name: host for name in some(tracked()) for host in REGISTRIES if host.encode() in (ROOT / name).read_bytes()
    }
    assert named == {}


def test_no_file_names_a_path_of_one_machine_or_a_folder_outside() -> None:
    found = {}
    for name in some(tracked()):
        content = (ROOT / name).read_bytes()
        if b"\0" not in content and (paths := [*MACHINE.findall(content), *re.findall(re.escape(SHARED), content)]):
            found[name] = paths
    assert found == {}


def test_no_test_is_skipped_or_expected_to_fail() -> None:
    marks = re.compile(r"\b(?:pytest\.skip|mark\.skip\w*|mark\.xfail|pytest\.xfail|importor" + r"skip)\b")
    tests = some(name for name in tracked() if name.startswith("tests/") and name.endswith(".py"))
    assert [name for name in tests if marks.search(text(name))] == []


def test_a_run_of_everything_enters_every_folder_of_tests(pytestconfig: pytest.Config) -> None:
    named = (name for name in tracked() if name.startswith("tests/") and Path(name).name.startswith("test_"))
    folders = some({part for name in named for part in Path(name).parent.parts})
    patterns = pytestconfig.getini("norecursedirs")
    assert [folder for folder in folders if any(fnmatch(folder, pattern) for pattern in patterns)] == ["long"]
    assert re.search(r"^test-long:.*\n\t.* -m pytest -n 2 --dist loadfile tests/long$", MAKEFILE, flags=re.MULTILINE)


def test_nothing_is_left_for_later() -> None:
    later = re.compile(r"\b(?:TO" + r"DO|FIX" + r"ME|XX" + r"X)\b")
    code = some(n for n in tracked() if n.endswith((".py", ".html", ".css", ".js", ".sh", ".yml", ".toml")))
    assert [name for name in code if later.search(text(name))] == []


def test_every_dependency_has_its_reason_and_every_reason_its_dependency() -> None:
    extras = PROJECT["optional-dependencies"]
    wanted = [*PROJECT["dependencies"], *extras["dev"], *extras["forms"]]
    wanted += [line for line in text("oracles/clients.in").splitlines() if not line.startswith("#")]
    wanted += json.loads(text("oracles/node/package.json"))["devDependencies"]
    names = {re.split(r"[\[<>=]", line)[0] for line in wanted}
    table = text("docs/decisions/README.md").split("## Every dependency")[1]
    assert set(re.findall(r"^\| ([a-z0-9@/-]+) \|", table, flags=re.MULTILINE)) - {"package", "---"} == names


def test_every_library_that_is_imported_is_a_dependency_by_name() -> None:
    distributions = packages_distributions()
    wanted = {re.split("[<>=]", line)[0].replace("[", "-").rstrip("]") for line in PROJECT["dependencies"]}
    loose = set()
    for tree in some(modules().values()):
        for node in ast.walk(tree):
            names = [a.name for a in node.names] if isinstance(node, ast.Import) else []
            names += [node.module] if isinstance(node, ast.ImportFrom) and node.module else []
            for package in {name.split(".")[0] for name in names} - {"kompeten", *sys.stdlib_module_names}:
                own = {name.lower().replace("_", "-") for name in distributions[package]}
                loose |= {package} if not own & wanted else set()
    assert loose == set()


def test_every_decision_is_listed_and_every_listed_decision_exists() -> None:
    pages = {path.name for path in (ROOT / "docs/decisions").glob("0*.md")}
    assert set(re.findall(r"\((0\d{3}-[\w-]+\.md)\)", text("docs/decisions/README.md"))) == pages


def test_mkdocs_is_capped_in_writing() -> None:
    assert "mkdocs>=1.6.1,<2" in PROJECT["dependencies"]
    assert PROJECT["requires-python"] == ">=3.11"


def test_every_line_of_the_locks_is_hashed() -> None:
    for name in ("requirements.lock", "requirements-dev.lock"):
        blocks = re.split(r"^(?=[a-z0-9])", text(name), flags=re.MULTILINE)
        pinned = some(block for block in blocks if "==" in block)
        assert [block.split()[0] for block in pinned if "--hash=sha256:" not in block] == []


def test_every_target_says_what_it_does_and_the_readme_knows_it() -> None:
    phony = re.findall(r"^\.PHONY: (.*)$", MAKEFILE, flags=re.MULTILINE)[0].split()
    assert sorted(phony) == sorted(TARGETS)
    readme = text("README.md")
    assert [target for target in TARGETS if target != "help" and f"make {target}" not in readme] == []


def test_the_papers_name_only_targets_there_are() -> None:
    named = {
        target
        for name in ("README.md", "CONTRIBUTING.md", ".ci/run", *(path.as_posix() for path in WORKFLOWS))
        for target in re.findall(r"(?:^|[`\s])make ([a-z-]+)(?=[`\s])", text(name))
    }
    prose = {"up", "sure", "it", "them", "a", "an", "the", "known"}
    assert named - prose <= set(TARGETS)


def test_the_hooks_before_a_commit_are_targets() -> None:
    hooks = [hook for repo in yaml.safe_load(text(".pre-commit-config.yaml"))["repos"] for hook in repo["hooks"]]
    assert [hook["entry"].removeprefix("make ") for hook in hooks] == ["check", "test"]
    assert {"check", "test"} <= set(TARGETS)


def test_the_list_of_changes_of_the_api_begins_with_its_version() -> None:
    assert re.findall(r"^## (.*)$", text("docs/method/api-changes.md"), flags=re.MULTILINE)[0] == SCHEMA_VERSION


@pytest.mark.parametrize("workflow", WORKFLOWS, ids=lambda path: path.name)
def test_a_workflow_calls_only_what_anybody_can_call(workflow: Path) -> None:
    body = yaml.safe_load(workflow.read_text(encoding="utf-8"))
    steps = [step for job in body["jobs"].values() for step in job["steps"]]
    for command in some(step["run"] for step in steps if "run" in step):
        make = re.fullmatch(r"make ([a-z-]+)", command)
        script = re.fullmatch(r"(?:python3? |sh )?((?:\.github/)?scripts/[\w.-]+)(?: .*)?", command)
        module = re.fullmatch(r"\.venv/bin/python -m kompeten [a-z]+(?: .*)?", command)
        assert (make and make[1] in TARGETS) or (script and (ROOT / script[1]).is_file()) or module, command
    for action in some(step["uses"] for step in steps if "uses" in step):
        assert re.fullmatch(r"[\w./-]+@[0-9a-f]{40}", action), action


@pytest.mark.parametrize("workflow", WORKFLOWS, ids=lambda path: path.name)
def test_a_workflow_has_no_more_rights_than_it_names(workflow: Path) -> None:
    body = yaml.safe_load(workflow.read_text(encoding="utf-8"))
    assert "pull_request_target" not in workflow.read_text(encoding="utf-8")
    assert body["permissions"] == {}
    assert all("permissions" in job and "timeout-minutes" in job for job in body["jobs"].values())
    writers = [j for j in body["jobs"].values() if "write" in j["permissions"].values()]
    assert all("run" not in step for job in writers for step in job["steps"])


def test_the_bare_machine_runs_the_commands_of_the_readme() -> None:
    commands = [line for line in text(".ci/run").splitlines() if line.startswith("make ")]
    assert commands == ["make check", "make test", "make test-forms"]


def test_the_worked_examples_of_the_method_are_those_of_the_tests() -> None:
    assert CHAPTER.read_text(encoding="utf-8") == chapter(), "run python -m tests.spec.printed"
    assert chapter().count("### ") > 25


@pytest.mark.parametrize("paper", ["docs/method/architecture.md", "README.md"])
def test_a_paper_names_only_files_that_exist(paper: str) -> None:
    body = re.sub(r"https?://\S+", "", text(paper))
    named = {
        name.rstrip(".")
        for name in re.findall(r"(?<![\w/.<…-])\.?[a-z_][\w.-]*(?:/[\w.-]*)+|(?<![\w/.-])[a-z_]+\.(?:py|toml)\b", body)
    }
    assert named
    assert [name for name in sorted(named) if not exists(name, paper)] == []


PLACES = (ROOT, ROOT / "kompeten", ROOT / "data")
MADE = ("site/", "site-demo/", "downloads/", "api/v1/")
"""What commands make, or what stands below the root of the site."""


def exists(name: str, paper: str) -> bool:
    """Tell whether a name in a paper is a file or folder: from the root, in the package, or beside the paper."""
    if name.startswith(MADE):
        return True
    beside = (ROOT / paper).parent
    return any((place / name).exists() for place in (*PLACES, beside)) or any(
        (ROOT / "kompeten").rglob(name.strip("/"))
    )
