"""Calls every operation of a client that openapi-python-client generated, with every example of today's description.

Usage: generated_client.py FOLDER DESCRIPTION TODAY ADDRESS, where FOLDER holds the package ``client``. Prints a line
for each answer that is not 200 or was not parsed, then how many answers there were.
"""

from __future__ import annotations

import importlib
import json
import pkgutil
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any


def snake(name: str) -> str:
    return re.sub(r"(?<!^)(?=[A-Z])", "_", name).lower()


def examples(path: str, operation: dict[str, Any], today: dict[str, Any]) -> Iterator[dict[str, str]]:
    parameters = today.get(path, {}).get("get", operation).get("parameters", operation.get("parameters", []))
    if not parameters:
        yield {}
    for parameter in parameters:
        schema = parameter["schema"]
        for value in schema.get("enum") or schema["examples"]:
            yield {snake(parameter["name"]): value}


def main(folder: str, description: str, newest: str, address: str) -> None:
    sys.path.insert(0, folder)
    client, api = importlib.import_module("client"), importlib.import_module("client.api")
    found = [importlib.import_module(m.name) for m in pkgutil.walk_packages(api.__path__, "client.api.")]
    functions = {module.__name__.rpartition(".")[2]: module for module in found}
    described, today = (json.loads(Path(path).read_text(encoding="utf-8"))["paths"] for path in (description, newest))
    answers = 0
    for path, item in described.items():
        operation = item["get"]
        is_json = "application/json" in operation["responses"]["200"]["content"] and "{file}" not in path
        for values in examples(path, operation, today):
            ask = functions[snake(operation["operationId"])].sync_detailed
            answer = ask(client=client.Client(base_url=address), **values)
            answers += 1
            if answer.status_code != 200 or not answer.content or (is_json and answer.parsed is None):
                print(path, *values.values(), int(answer.status_code))
    print(answers)


if __name__ == "__main__":
    main(*sys.argv[1:])
