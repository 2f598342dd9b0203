"""The matcher of expectations."""

from typing import Any

import pytest

from tests.demo.expectations import unmet, values

DATA = {"people": [{"name": "Ada", "at": 1, "works": True}, {"name": "Bob", "at": None}], "a/b": 3}


@pytest.mark.parametrize(
    ("path", "found"),
    [
        ("/people/*/name", ["Ada", "Bob"]),
        ("/people/1/name", ["Bob"]),
        ("/people/2/name", []),
        ("/people/*/at", [1]),
        ("/people/*/nothing/*", []),
        ("/a~1b", [3]),
        ("", [DATA]),
    ],
)
def test_a_path_leads_to_every_value_that_fits(path: str, found: list[Any]) -> None:
    assert found == list(values(DATA, path))


@pytest.mark.parametrize(
    "expectation",
    [
        {"path": "/people/0/name", "equals": "Ada"},
        {"path": "/people/*/name", "has": "Bob"},
        {"path": "/people/*/name", "lacks": "Eve"},
        {"path": "/nothing", "lacks": None},
    ],
)
def test_what_is_met_is_not_told(expectation: dict[str, Any]) -> None:
    assert [] == unmet(DATA, [expectation])


@pytest.mark.parametrize(
    "expectation",
    [
        {"path": "/people/*/name", "equals": "Ada"},
        {"path": "/nothing", "equals": "Ada"},
        {"path": "/people/*/name", "has": "Eve"},
        {"path": "/nothing", "has": None},
        {"path": "/people/*/name", "lacks": "Ada"},
        {"path": "/people/*/works", "has": 1},
    ],
)
def test_what_is_not_met_is_told_with_what_was_found(expectation: dict[str, Any]) -> None:
    (told,) = unmet(DATA, [expectation])
    assert expectation["path"] in told


def test_an_expectation_of_nothing_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="expects nothing"):
        unmet(DATA, [{"path": "/people"}])
