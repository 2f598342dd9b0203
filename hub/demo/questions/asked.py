"""A question with whoever asks it, and what its answer must hold."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

TEXTS = Path(__file__).parent / "texts"
Expectation = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One question.

    Attributes:
        name: The question, and after a stroke which case of it.
        query: Text of the GraphQL document.
        variables: Its variables.
        authorization: Value of the header of that name, of somebody who may see the answer.
        expect: What the answer holds: each with a `path`, a JSON Pointer from the root of `data`
            in which `*` stands for any element, and one of `equals` (what stands there is this),
            `has` (one of all that stand there is this) and `lacks` (none of them is).
    """

    name: str
    query: str
    authorization: str
    expect: tuple[Expectation, ...]
    variables: Mapping[str, Any] = field(default_factory=dict)

    def plain(self) -> dict[str, Any]:
        """Return it as JSON has it."""
        return {
            "name": self.name,
            "query": self.query,
            "variables": dict(self.variables),
            "authorization": self.authorization,
            "expect": list(self.expect),
        }


def text(name: str) -> str:
    """Return the text of a question."""
    return (TEXTS / f"{name}.graphql").read_text(encoding="utf-8")


def as_person(number: str) -> str:
    """Return the header with which somebody signs in to the demo."""
    return f"Bearer demo:{number}"


def equals(path: str, value: Any) -> Expectation:
    """Expect what stands at a path."""
    return {"path": path, "equals": value}


def has(path: str, value: Any) -> Expectation:
    """Expect one of what stands at a path."""
    return {"path": path, "has": value}


def lacks(path: str, value: Any) -> Expectation:
    """Expect that something stands nowhere at a path."""
    return {"path": path, "lacks": value}
