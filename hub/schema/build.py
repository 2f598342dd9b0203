"""Makes the schema of declarations: Strawberry's types first, then where each field comes from.

Built once, when the hub starts; see `declare` for what is declared.
"""

from collections.abc import Iterable, Mapping
from enum import StrEnum
from functools import cached_property
from typing import Any

import strawberry
from graphql import (
    DirectiveDefinitionNode,
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLObjectType,
    GraphQLSchema,
    parse,
    print_directive,
    specified_directives,
)
from strawberry.annotation import StrawberryAnnotation
from strawberry.schema.config import StrawberryConfig
from strawberry.types.arguments import StrawberryArgument
from strawberry.types.base import StrawberryList, StrawberryObjectDefinition, StrawberryOptional
from strawberry.types.enum import EnumValue, StrawberryEnumDefinition
from strawberry.types.field import StrawberryField
from strawberry.types.union import StrawberryUnion

from hub.engine.origins import HUB, Answered, Children
from hub.schema import directives, scalars
from hub.schema.connections import PAGE_INFO, pages
from hub.schema.declare import (
    UNSET,
    Argument,
    Choice,
    Declared,
    Field,
    Input,
    Object,
    Union,
    sentence,
)

BUILT_IN: Mapping[str, Any] = {
    "String": str,
    "Int": int,
    "Float": float,
    "Boolean": bool,
    "ID": strawberry.ID,
    **{definition.name: marker for marker, definition in scalars.SCALARS.items()},
}


class Schema:
    """The schema.

    Attributes:
        graph: What questions are validated against and answered by.
    """

    def __init__(self, made: strawberry.Schema, declared: Mapping[str, Declared]) -> None:
        self._made = made
        self.graph: GraphQLSchema = made._schema  # noqa: SLF001, Strawberry gives no other way
        _complete(self.graph, declared)

    @cached_property
    def sdl(self) -> str:
        """How it is written down; takes a tenth of a second, once."""
        text = self._made.as_str()
        kept = [
            text[each.loc.start : each.loc.end]
            for each in parse(text).definitions
            if each.loc and not isinstance(each, DirectiveDefinitionNode)
        ]
        defined = [print_directive(each) for each in directives.definitions(self.graph)]
        return "\n\n".join([*defined, *kept]) + "\n"


def build(declared: Iterable[Declared]) -> Schema:
    """Return the schema of all that is declared, `Query` and `Mutation` among it."""
    named = {_name(each): each for each in declared}
    objects = [each for each in named.values() if isinstance(each, Object)]
    for each in (PAGE_INFO, *pages(objects)):
        named[each.name] = each
    builder = _Builder(named)
    schema = strawberry.Schema(
        query=builder.types["Query"],
        mutation=builder.types["Mutation"],
        types=[builder.types[name] for name, each in named.items() if isinstance(each, Object)],
        config=StrawberryConfig(scalar_map=dict(scalars.SCALARS)),
    )
    return Schema(schema, named)


def _name(of: Declared) -> str:
    return of.__name__ if isinstance(of, type) else of.name


class _Builder:
    """Makes Strawberry's types: the classes first, then their fields, since these go in circles."""

    def __init__(self, declared: Mapping[str, Declared]) -> None:
        self.types: dict[str, Any] = {name: self._origin(each) for name, each in declared.items()}
        for each in declared.values():
            if isinstance(each, Union):
                self.types[each.name] = self._union(each)
        for each in declared.values():
            if isinstance(each, Object | Input):
                definition = self.types[each.name].__strawberry_definition__
                definition.interfaces += [
                    self.types[name].__strawberry_definition__
                    for name in getattr(each, "interfaces", ())
                ]
                definition.fields += self._fields(each)

    def _origin(self, of: Declared) -> Any:
        if isinstance(of, type):
            return _enumeration(of, sentence(of), {each.value: each.sentence for each in of})
        if isinstance(of, Choice):
            choices: Any = StrEnum(of.name, {name: name for name in of.values})  # type: ignore[misc]
            return _enumeration(choices, of.says, of.values)
        origin: Any = type(of.name, (), {})
        if not isinstance(of, Union):
            origin.__strawberry_definition__ = _definition(of, origin)
        return origin

    def _union(self, of: Union) -> StrawberryUnion:
        members = tuple(StrawberryAnnotation(self.types[name]) for name in of.types)
        return StrawberryUnion(name=of.name, type_annotations=members, description=of.says)

    def _fields(self, of: Object | Input) -> list[StrawberryField]:
        if isinstance(of, Input):
            return [self._given(name, each) for name, each in of.fields.items()]
        return [self._field(name, each) for name, each in of.fields.items()]

    def _field(self, name: str, of: Field) -> StrawberryField:
        field = StrawberryField(
            python_name=name,
            graphql_name=name,
            type_annotation=self._annotation(of.type),
            description=of.says,
            directives=_said_of_field(of),
        )
        field.arguments = [
            StrawberryArgument(
                python_name=argument,
                graphql_name=argument,
                type_annotation=self._annotation(each.type),
                description=each.says,
                default=self._default(each),
            )
            for argument, each in of.arguments.items()
        ]
        return field

    def _given(self, name: str, of: Argument) -> StrawberryField:
        default = self._default(of)
        return StrawberryField(
            python_name=name,
            graphql_name=name,
            type_annotation=self._annotation(of.type),
            description=of.says,
            default=strawberry.UNSET if default is strawberry.UNSET else default,
        )

    def _default(self, of: Argument) -> Any:
        if of.default is UNSET:
            return strawberry.UNSET
        named = self.types.get(of.type.strip("[]!"))
        if isinstance(named, type) and issubclass(named, StrEnum):
            return [named(each) for each in of.default] if "[" in of.type else named(of.default)
        return of.default

    def _annotation(self, text: str) -> StrawberryAnnotation:
        return StrawberryAnnotation(self._type(text))

    def _type(self, text: str) -> Any:
        """Return the type that is written as GraphQL writes it."""
        if not text.endswith("!"):
            return StrawberryOptional(self._strict(text))
        return self._strict(text.removesuffix("!"))

    def _strict(self, text: str) -> Any:
        if text.startswith("["):
            return StrawberryList(self._type(text[1:-1]))
        return BUILT_IN.get(text) or self.types[text]


def _definition(of: Object | Input, origin: type) -> StrawberryObjectDefinition:
    said: list[object] = []
    if isinstance(of, Input):
        said = [directives.OneOf()] if of.one_of else []
    else:
        said = _said_of_type(of)
    return StrawberryObjectDefinition(
        name=of.name,
        is_input=isinstance(of, Input),
        is_interface=isinstance(of, Object) and of.is_interface,
        origin=origin,
        description=of.says,
        interfaces=[],
        extend=False,
        directives=said,
        is_type_of=None,
        resolve_type=None,
        fields=[],
    )


def _said_of_type(of: Object) -> list[object]:
    said: list[object] = [directives.Key(fields=each) for each in of.keys]
    if of.shareable:
        said.append(directives.Shareable())
    if of.owner:
        said.append(directives.Owner(system=of.owner))
    if of.privacy:
        said.append(directives.Privacy(class_=of.privacy))
    return said


def _said_of_field(of: Field) -> list[object]:
    said: list[object] = []
    if of.semantic:
        said.append(directives.SemanticNonNull())
    if of.owner:
        said.append(directives.Owner(system=of.owner))
    if of.privacy:
        said.append(directives.Privacy(class_=of.privacy))
    return said


def _enumeration(of: type[StrEnum], says: str, values: Mapping[str, str]) -> type[StrEnum]:
    of.__strawberry_definition__ = StrawberryEnumDefinition(  # type: ignore[attr-defined]
        wrapped_cls=of,
        name=of.__name__,
        values=[
            EnumValue(name=name, value=name, description=text) for name, text in values.items()
        ],
        description=says,
    )
    return of


def _of_same_class(field: Field, declared: Mapping[str, Declared]) -> bool:
    """Return whether a field lists records of its own class, which hides them by itself."""
    listed = declared[field.origin.type] if isinstance(field.origin, Children) else None
    table = listed.table if isinstance(listed, Object) else None
    return table is not None and table.privacy is field.privacy


def _complete(graph: GraphQLSchema, declared: Mapping[str, Declared]) -> None:
    """Put what the engine reads into the schema."""
    for name, type_ in graph.type_map.items():
        of = declared.get(name)
        if isinstance(type_, GraphQLInputObjectType) and isinstance(of, Input):
            type_.is_one_of = of.one_of
        if isinstance(type_, GraphQLObjectType | GraphQLInterfaceType) and isinstance(of, Object):
            if of.table:
                type_.extensions[HUB] = of.table
            for shown, field in type_.fields.items():
                said = of.fields[shown]
                if said.origin is not None:
                    field.extensions[HUB] = Answered(
                        origin=said.origin,
                        privacy=said.privacy,
                        public=said.public,
                        open=_of_same_class(said, declared),
                    )
    graph.type_map[directives.FIELD_SET.name] = directives.FIELD_SET
    own = {each.name: each for each in directives.definitions(graph)}
    specified = [each for each in specified_directives if each.name not in own]
    graph.directives = (*specified, *own.values())
