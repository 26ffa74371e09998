"""A node is a value with the address a reader can follow to it."""

from __future__ import annotations

import pytest

from kompeten.pages.node import Node

DOCUMENT = Node(
    "api/v1/x.json", "", {"data": [{"id": "a", "n": 1, "a/b~c": 2}, {"id": "b", "n": 0}], "none": None, "zero": 0}
)


def test_a_step_is_remembered_in_the_pointer() -> None:
    node = DOCUMENT["data"][1]["n"]
    assert (node.value, node.address) == (0, "/api/v1/x.json#/data/1/n")


def test_strokes_and_tildes_in_a_name_are_escaped_as_rfc_6901_says() -> None:
    assert DOCUMENT["data"][0]["a/b~c"].pointer == "/data/0/a~1b~0c"


def test_the_whole_document_has_the_empty_pointer() -> None:
    assert DOCUMENT.address == "/api/v1/x.json#"


def test_items_keep_their_place_when_they_are_walked_or_found() -> None:
    assert [item.pointer for item in DOCUMENT["data"]] == ["/data/0", "/data/1"]
    assert len(DOCUMENT["data"]) == 2
    assert DOCUMENT["data"].find(id="b").pointer == "/data/1"
    assert [item["id"].value for item in DOCUMENT["data"].where(n=1)] == ["a"]


def test_what_is_not_there_is_an_error_with_its_place() -> None:
    with pytest.raises(LookupError, match=r"^api/v1/x\.json/data: no item with \{'id': 'z'\}$"):
        DOCUMENT["data"].find(id="z")
    with pytest.raises(KeyError):
        DOCUMENT["absent"]


def test_a_node_is_false_only_where_there_is_nothing() -> None:
    assert not DOCUMENT["none"]
    assert DOCUMENT["zero"]
