"""Compares what is served with the contract, of which it may leave things out and nothing else."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from graphql import (
    DirectiveDefinitionNode,
    DirectiveNode,
    DocumentNode,
    EnumTypeDefinitionNode,
    InputObjectTypeDefinitionNode,
    InputValueDefinitionNode,
    InterfaceTypeDefinitionNode,
    ObjectTypeDefinitionNode,
    TypeDefinitionNode,
    UnionTypeDefinitionNode,
    parse,
    print_ast,
)

CONTRACT = parse((Path(__file__).parent / "contract.graphql").read_text(encoding="utf-8"))


def differences(served: DocumentNode, contract: DocumentNode = CONTRACT) -> list[str]:
    """Return what is served otherwise than the contract says, or not in it."""
    return list(_differences(_named(served), _named(contract)))


def _named(document: DocumentNode) -> dict[str, Any]:
    return {
        each.name.value: each
        for each in document.definitions
        if isinstance(each, TypeDefinitionNode | DirectiveDefinitionNode)
    }


def _differences(served: dict[str, Any], contract: dict[str, Any]) -> Iterator[str]:
    for name, type_ in served.items():
        other = contract.get(name)
        if other is None or type(type_) is not type(other):
            yield f"{name} is not in the contract"
            continue
        yield from _said(name, type_, other)
        yield from _of_type(name, type_, other)


def _of_type(name: str, type_: Any, other: Any) -> Iterator[str]:
    if isinstance(type_, DirectiveDefinitionNode):
        yield from _parts(name, type_.arguments, other.arguments)
    if isinstance(type_, EnumTypeDefinitionNode):
        yield from _parts(name, type_.values, other.values)
    if isinstance(type_, UnionTypeDefinitionNode):
        yield from _subset(name, _texts(type_.types), _texts(other.types))
    if isinstance(type_, ObjectTypeDefinitionNode | InterfaceTypeDefinitionNode):
        yield from _subset(name, _texts(type_.interfaces), _texts(other.interfaces))
    if isinstance(
        type_,
        ObjectTypeDefinitionNode | InterfaceTypeDefinitionNode | InputObjectTypeDefinitionNode,
    ):
        yield from _parts(name, type_.fields, other.fields)


def _parts(path: str, served: Any, contract: Any) -> Iterator[str]:
    known = {each.name.value: each for each in contract or ()}
    for each in served or ():
        place = f"{path}.{each.name.value}"
        other = known.get(each.name.value)
        if other is None:
            yield f"{place} is not in the contract"
            continue
        yield from _said(place, each, other)
        if hasattr(each, "type") and print_ast(each.type) != print_ast(other.type):
            yield f"{place}: {print_ast(each.type)} instead of {print_ast(other.type)}"
        if isinstance(each, InputValueDefinitionNode):
            mine, its = _default(each), _default(other)
            if mine != its:
                yield f"{place} = {mine} instead of {its}"
        if hasattr(each, "arguments"):
            yield from _parts(place, each.arguments, other.arguments)
    given = {each.name.value for each in served or ()}
    for name, other in known.items():
        required = isinstance(other, InputValueDefinitionNode) and not _default(other)
        if required and name not in given and print_ast(other.type).endswith("!"):
            yield f"{path}.{name} is required by the contract"


def _default(of: InputValueDefinitionNode) -> str | None:
    return print_ast(of.default_value) if of.default_value else None


def _said(path: str, served: Any, contract: Any) -> Iterator[str]:
    mine = served.description.value if served.description else None
    its = contract.description.value if contract.description else None
    if mine != its:
        yield f"{path} says {mine!r} instead of {its!r}"
    if _marks(served.directives) != _marks(contract.directives):
        yield f"{path} is {_marks(served.directives)} instead of {_marks(contract.directives)}"


def _marks(directives: tuple[DirectiveNode, ...] | None) -> list[str]:
    return sorted(print_ast(each) for each in directives or ())


def _texts(nodes: Any) -> set[str]:
    return {print_ast(each) for each in nodes or ()}


def _subset(path: str, served: set[str], contract: set[str]) -> Iterator[str]:
    if served - contract:
        yield f"{path}: {sorted(served - contract)} are not in the contract"
