"""How a record points at another: by what its source knows of it, never by a hub id.

A relation is told as the source tells it: an employee number, an e-mail address, the id that the
other thing has in the same source. What it stands for is found later, and found again whenever
more is known.
"""

import re
from dataclasses import dataclass
from typing import Literal, Self, get_args

By = Literal[
    "id",
    "employee_number",
    "scim_external_id",
    "email",
    "uri",
    "code",
    "number",
    "key",
    "term",
]

KINDS: tuple[str, ...] = get_args(By)
LONGEST = 512
TYPE = re.compile(r"[A-Z][A-Za-z0-9]{0,79}")
SYSTEM = re.compile(r"[a-z][a-z0-9-]{0,39}")
UNREADABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Ref:
    """A relation as a source says it.

    Attributes:
        type: Name of the type that it points to, e.g. `Person`.
        by: What kind of knowledge `value` is; see `By`.
        value: What the source knows of the target. For a `term`, `{kind of word}|{native key}`.
        system: Source that `value` belongs to; None stands for the source of the record itself.

    Raises:
        ValueError: a part is empty, too long or unreadable.
    """

    type: str
    by: str
    value: str
    system: str | None = None

    def __post_init__(self) -> None:
        if not TYPE.fullmatch(self.type):
            raise ValueError(f"{self.type!r} is not the name of a type")
        if self.by not in KINDS:
            raise ValueError(f"{self.by!r} is none of {', '.join(KINDS)}")
        if not self.value:
            raise ValueError(f"{self.type} by {self.by}: nothing is said")
        if len(self.value) > LONGEST:
            raise ValueError(f"{self.type} by {self.by}: longer than {LONGEST} characters")
        if UNREADABLE.search(self.value):
            raise ValueError(f"{self.type} by {self.by}: {self.value!r} holds control characters")
        if self.system is not None and not SYSTEM.fullmatch(self.system):
            raise ValueError(f"{self.system!r} is not the key of a system")

    def __str__(self) -> str:
        return f"{self.type}:{self.by}:{self.system or ''}:{self.value}"

    @classmethod
    def parse(cls, text: str) -> Self:
        """Return the reference that `str()` wrote.

        Raises:
            ValueError: it is not one.
        """
        parts = text.split(":", 3)
        if len(parts) != len(("type", "by", "system", "value")):
            raise ValueError(f"{text!r} is not a reference")
        type_, by, system, value = parts
        return cls(type_, by, value, system or None)

    @classmethod
    def external(cls, type_: str, id_: str, system: str | None = None) -> Self:
        """Point at what has this id in the same source, or in `system`."""
        return cls(type_, "id", id_, system)

    @classmethod
    def employee_number(cls, number: str) -> Self:
        """Point at a person by the number that the organisation gave them."""
        return cls("Person", "employee_number", number.strip())

    @classmethod
    def scim_external_id(cls, id_: str) -> Self:
        """Point at a person by the `externalId` that directories share."""
        return cls("Person", "scim_external_id", id_.strip())

    @classmethod
    def email(cls, address: str) -> Self:
        """Point at a person by work mail, in small letters."""
        return cls("Person", "email", address.strip().lower())

    @classmethod
    def uri(cls, type_: str, uri: str) -> Self:
        """Point at what a published URI names, such as a competence of ESCO."""
        return cls(type_, "uri", uri.strip())

    @classmethod
    def code(cls, type_: str, code: str) -> Self:
        """Point at what the organisation has a short code for, such as a unit."""
        return cls(type_, "code", code.strip())

    @classmethod
    def number(cls, type_: str, number: str) -> Self:
        """Point at what bears a number, such as a nonconformity."""
        return cls(type_, "number", number.strip())

    @classmethod
    def key(cls, type_: str, key: str) -> Self:
        """Point at what the hub keeps under a key of its own."""
        return cls(type_, "key", key.strip())

    @classmethod
    def term(cls, type_: str, kind: str, key: str) -> Self:
        """Point at what a word of the source stands for, once somebody says so.

        Args:
            type_: Type of what it stands for.
            kind: What kind of word it is there, e.g. `category`.
            key: The word as the source writes it.
        """
        if not kind or "|" in kind or not key:
            raise ValueError(f"{kind!r}, {key!r} name no term")
        return cls(type_, "term", f"{kind}|{key}")
